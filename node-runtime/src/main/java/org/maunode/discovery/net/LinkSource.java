package org.maunode.discovery.net;

import java.io.IOException;

/** Where a {@link NetworkWatch} learns of links. The machine is one; tests have their own. */
public interface LinkSource extends AutoCloseable {
    /** The links as they are now. */
    Links read() throws IOException;

    /**
     * Waits until they may have changed. Called by one thread.
     *
     * @return whether there will be more to wait for; {@code false} after {@link #close}
     */
    boolean awaitChange() throws InterruptedException;

    /** Ends the wait. */
    @Override
    void close();
}
