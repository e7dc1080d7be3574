package org.maunode.device.vocabulary;

import java.util.Objects;

/** The one way in which a document of somebody else is not what it should be: why, where, and in words for whoever wrote it. */
public final class DocumentException extends RuntimeException {
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
    DocumentException(Reason reason, String place, String what) {
        super(place + ": " + what);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
