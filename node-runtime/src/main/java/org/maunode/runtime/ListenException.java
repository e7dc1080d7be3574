package org.maunode.runtime;

import java.io.IOException;

/** The node's address cannot be listened on; the message names it and says why. */
final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ListenException(IOException cause) {
        super(cause.getMessage() + "; choose another with --port or --bind", cause);
    }
}
