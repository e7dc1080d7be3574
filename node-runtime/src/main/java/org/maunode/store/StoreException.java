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

    /**
     * What a failure of the disk means, in words that say what to do.
     *
     * @param doing what was tried, as in "cannot ..."
     */
    public static StoreException of(String doing, Path at, IOException failure) {
        return Failures.of(doing, at, failure);
    }

    public Reason reason() {
        return reason;
    }

    public Path path() {
        return path;
    }
}
