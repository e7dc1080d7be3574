package org.maunode.tools.content;

/** Content that is not what its name promises; the message says what and where, fit to follow the file's name. */
public final class ContentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ContentException(String message) {
        super(message);
    }
}
