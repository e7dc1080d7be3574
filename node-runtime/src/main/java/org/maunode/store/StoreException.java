package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The one way in which the account directory fails: why, at which path, and in words that say what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        NO_ACCOUNT,
        ACCOUNT_EXISTS,
        BROKEN_ACCOUNT,
        WRONG_PASSPHRASE,
        DISK_FULL,
        NOT_PERMITTED,
        NOT_FOUND,
        IN_USE,
        INPUT_OUTPUT
    }

    private final Reason reason;
    private final transient Path path;

    public StoreException(Reason reason, Path path, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
        this.path = Objects.requireNonNull(path);
    }

    /** What a failed read or write of {@code path} means. */
    public static StoreException of(Path path, IOException failure) {
        return new StoreException(Reason.INPUT_OUTPUT, path, path + ": " + failure.getMessage(), failure);
    }

    public Reason reason() {
        return reason;
    }

    public Path path() {
        return path;
    }
}
