package org.maunode.runtime;

/** A command line that is not understood; the message says which word and why. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
