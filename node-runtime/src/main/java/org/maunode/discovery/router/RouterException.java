package org.maunode.discovery.router;

import java.util.Objects;

/** Asking a router failed: why, for whoever decides what to ask next, and in words for the log. */
final class RouterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    enum Reason {
        /** Nothing, or nothing that could be believed, came in time. */
        SILENT(false),
        /** Nobody listens there, or the wire is down. */
        UNREACHABLE(false),
        /** It speaks the other protocol of port 5351. */
        OTHER_VERSION(false),
        /** An answer that the protocol does not allow, or that we do not take. */
        MALFORMED(false),
        /** An answer over one of the named limits. */
        OVER_LIMIT(false),
        /** The router says no. */
        REFUSED(true),
        /** The router has no address outside at this time. */
        NO_EXTERNAL_ADDRESS(true),
        /** Others have the outer port. */
        PORT_TAKEN(true),
        /** The router keeps mappings for ever or not at all. */
        PERMANENT_ONLY(true),
        /** The router knows of no such mapping. */
        NO_SUCH_MAPPING(true),
        /** This node is closing. */
        STOPPED(false);

        private final boolean answer;

        Reason(boolean answer) {
            this.answer = answer;
        }

        /** Whether a router that maps ports said so itself. */
        boolean isAnswer() {
            return answer;
        }
    }

    private final Reason reason;

    RouterException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    RouterException(Reason reason, String message) {
        this(reason, message, null);
    }

    Reason reason() {
        return reason;
    }
}
