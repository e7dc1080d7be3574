package org.maunode.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Parts that were started, to be stopped in the reverse order. Confined to one thread at a time. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    <T extends AutoCloseable> T started(T part) {
        running.push(part);
        return part;
    }

    /** Stops everything; what cannot be stopped is logged and left. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            AutoCloseable part = running.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "{0} did not stop cleanly: {1}", new Object[] {
                    part.getClass().getSimpleName(), failed.getMessage()
                });
            }
        }
    }
}
