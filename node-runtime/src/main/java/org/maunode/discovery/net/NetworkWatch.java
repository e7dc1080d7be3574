package org.maunode.discovery.net;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The links and addresses of this machine, told anew when they change. Changes are awaited, and looked for by the clock
 * only where the system has nothing that tells of them.
 *
 * <p>The one thread, {@value #THREAD}, waits for changes and calls listeners, one after the other. Thread-safe; no lock
 * is held while others are called.
 */
public final class NetworkWatch implements AutoCloseable {
    static final String THREAD = "mau-net";

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.net");

    /** A listener that does not return may keep the thread; it keeps nobody alive. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final LinkSource source;
    private final List<Consumer<Links>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Links now;

    private NetworkWatch(LinkSource source) {
        this.source = source;
        this.now = read(Links.NONE);
        this.thread = Thread.ofPlatform().daemon().name(THREAD).unstarted(this::run);
    }

    /** Watches this machine. */
    public static NetworkWatch start() {
        return start(new MachineLinks());
    }

    /** Watches what {@code source} tells of; closes it in the end. */
    public static NetworkWatch start(LinkSource source) {
        NetworkWatch watch = new NetworkWatch(Objects.requireNonNull(source));
        watch.thread.start();
        return watch;
    }

    /** The links as they were at the last change. */
    public Links now() {
        return now;
    }

    /**
     * Tells of every change from now on; {@link #now} is the new state by then.
     *
     * @param listener called on the thread {@value #THREAD}; should be quick
     * @return ends it when closed; a call that is under way goes on
     */
    public AutoCloseable onChange(Consumer<Links> listener) {
        listeners.add(Objects.requireNonNull(listener));
        return () -> listeners.remove(listener);
    }

    private void run() {
        try {
            while (source.awaitChange()) {
                look();
            }
        } catch (InterruptedException end) {
            LOG.log(Level.FINE, "watch-ended");
        }
    }

    private void look() {
        Links read = read(now);
        if (!read.equals(now)) {
            LOG.log(Level.FINE, "links-changed {0}", read);
            now = read;
            listeners.forEach(listener -> tell(listener, read));
        }
    }

    private Links read(Links otherwise) {
        try {
            return source.read();
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "the network interfaces cannot be read: {0}", unreadable.getMessage());
            return otherwise;
        }
    }

    private static void tell(Consumer<Links> listener, Links links) {
        try {
            listener.accept(links);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "listener-failed: {0}", failed.toString());
        }
    }

    /** Stops watching, and ends the thread. */
    @Override
    public void close() {
        source.close();
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            join();
        }
    }

    private void join() {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
