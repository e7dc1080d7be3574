package org.maunode.control;

import java.util.Objects;

/** Asking a running node failed: why, and in words for people. */
public final class ControlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. The names of those that a node says are part of the protocol (CS-22). */
    public enum Reason {
        /** Nobody listens at the socket. */
        NOT_RUNNING,
        /** The socket's path is longer than the system takes, so no node can have one. */
        PATH_TOO_LONG,
        /** The socket belongs to somebody else. */
        NOT_PERMITTED,
        /** The node has as many clients as it takes. */
        BUSY,
        /** Nothing came, or nothing was taken, for longer than the limit. */
        TIMED_OUT,
        /** A line is longer than the limit. */
        TOO_LONG,
        /** What was said is no question, or no answer. */
        NOT_UNDERSTOOD,
        /** The node did not manage to answer. */
        FAILED,
        /** The connection broke. */
        BROKEN
    }

    private final Reason reason;

    public ControlException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public ControlException(Reason reason, String message) {
        this(reason, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
