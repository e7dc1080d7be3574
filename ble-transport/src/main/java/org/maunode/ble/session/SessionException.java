package org.maunode.ble.session;

import java.util.Arrays;
import java.util.Objects;

/** The one way in which a session fails. The reason decides what is done and what the other side is told; the message is for people. */
public final class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why, with the code that stands for it in CLOSE and REFUSE. */
    public enum Reason {
        /** Nothing is wrong: somebody closed the session in order. */
        CLOSED(0),
        /** No version of the protocol is spoken by both sides. */
        VERSION(1),
        /** The other side has no room for a session now. */
        BUSY(2),
        /** A frame outside the grammar: unknown kind, reserved bit set, wrong length. */
        MALFORMED(3),
        /** A frame longer than what the hello allowed. */
        OVERSIZE(4),
        /** Anything but a hello where the hello belongs. */
        BEFORE_HELLO(5),
        /** A hello with a value outside its limits. */
        HELLO_INVALID(6),
        /** A second hello for the same session that says something else. */
        HELLO_CHANGED(7),
        /** A greeting that only the other role may send. */
        WRONG_ROLE(8),
        /** An acknowledgement or report of a frame that was never sent. */
        ACK_OF_UNSENT(9),
        /** More credit than the window of the hello. */
        CREDIT_OVERFLOW(10),
        /** Credit that was given is taken back. */
        CREDIT_SHRUNK(11),
        /** Data for which no credit was given. */
        BEYOND_CREDIT(12),
        /** A frame number repeated with other content. */
        CONFLICTING_REPEAT(13),
        /** Data behind the end of a call. */
        AFTER_END(14),
        /** An answer where nobody called. */
        UNCALLED(15),
        /** Nothing came for {@link Limits#SILENCE_LIMIT}, or no answer to a greeting for {@link Limits#SETUP_LIMIT}. */
        SILENCE(16),
        /** The other side began a new session on the same connection. */
        RESTARTED(17),
        /** This side gave the session up. */
        ABORTED(18),
        /** The connection under the session is gone. Never on the wire. */
        LINK_LOST(254),
        /** This one call was reset; the session goes on. Never on the wire. */
        RESET(253),
        /** A code that this version does not know. Never sent. */
        UNKNOWN(255);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /** The byte that stands for this reason on the wire. */
        public int code() {
            return code;
        }

        static Reason ofCode(int code) {
            return Arrays.stream(values())
                    .filter(reason -> reason.code == code && code <= ABORTED.code)
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    private final Reason reason;

    SessionException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
