package org.maunode.exchange;

import java.util.Objects;

/** Asking a remote peer failed: why, for whoever decides whether to try again, and in words for the log. */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** No connection, or it broke. Worth another try. */
        UNREACHABLE(true),
        /** Nothing came for longer than the limit. Worth another try. */
        TIMED_OUT(true),
        /** The peer says it is busy or at fault (429, 5xx). Worth another try. */
        BUSY(true),
        /** Somebody else answered: the TLS leaf does not prove the expected fingerprint. */
        WRONG_IDENTITY(false),
        /** 401: not for us. */
        NOT_ALLOWED(false),
        /** 404. */
        NOT_FOUND(false),
        /** 416: what we hold is not the beginning of what the peer has. */
        RANGE(false),
        /** The peer does not know this kind of request (405, or 404 where nothing is asked for by name). */
        NOT_SUPPORTED(false),
        /** The peer looked at what we left there, and does not take it (409, 413, 422). */
        REFUSED(false),
        /** An answer that the protocol does not allow. */
        PROTOCOL(false),
        /** An answer over one of the named limits. */
        OVER_LIMIT(false);

        private final boolean transitory;

        Reason(boolean transitory) {
            this.transitory = transitory;
        }

        /** Whether the same request may succeed later. */
        public boolean isTransitory() {
            return transitory;
        }
    }

    private final Reason reason;

    public ExchangeException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public ExchangeException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
