package org.maunode.device.vocabulary;

import java.util.Objects;

/** The one way in which a document is no command: why, where, and in words for whoever wrote it. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        NOT_JSON,
        DUPLICATE_KEY,
        OVER_LIMIT,
        MISSING,
        MALFORMED
    }

    private final Reason reason;

    /** @param place a line and column, or a key: {@code mau:setValue/value} */
    CommandException(Reason reason, String place, String what) {
        super(place + ": " + what);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
