package org.maunode.store;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells what changes in directories as it happens (inotify). The one thread, {@value #THREAD}, starts with the first
 * watch; it calls what was registered, one after the other. Thread-safe; no lock is held while others are called.
 */
final class Watcher implements AutoCloseable {
    static final String THREAD = "mau-store-watch";

    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    /** What a listener that waits for the disk may take when all ends; its thread keeps nobody alive. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** What happened in a directory. */
    sealed interface Change {
        /** These names came, changed or went. */
        record Names(List<String> names) implements Change {}

        /** Too much at once: anything may have changed. */
        record Anything() implements Change {}

        /** The directory is gone, and the watch with it. */
        record Gone() implements Change {}
    }

    private final Map<Path, WatchKey> keys = new HashMap<>();
    private final Map<WatchKey, Consumer<Change>> listeners = new HashMap<>();
    private Optional<WatchService> service = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private boolean closed;

    /** Calls {@code listener} from now on; {@code false} if this directory cannot be watched. */
    synchronized boolean watch(Path directory, Consumer<Change> listener) {
        if (closed) {
            return false;
        }
        try {
            WatchKey key = directory.register(
                    service(),
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            replace(directory, key);
            listeners.put(key, listener);
            return true;
        } catch (IOException | UnsupportedOperationException limit) {
            LOG.log(Level.FINE, "unwatched directory={0}: {1}", new Object[] {directory, limit});
            return false;
        }
    }

    /**
     * The system gives the same key for the same directory, and with it come the changes that nobody was told of yet: a
     * watch that is taken twice must lose none of them.
     */
    private void replace(Path directory, WatchKey key) {
        WatchKey before = keys.put(directory, key);
        if (before != null && before != key) {
            end(before);
        }
    }

    /** Ends the watch of a directory, if there is one. */
    synchronized void forget(Path directory) {
        Optional.ofNullable(keys.remove(directory)).ifPresent(this::end);
    }

    /** A directory that was renamed has one key under two names. */
    private void end(WatchKey key) {
        if (!keys.containsValue(key)) {
            listeners.remove(key);
            key.cancel();
        }
    }

    /** Ends all watches and the thread. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            closed = true;
            running = thread;
            service.ifPresent(Watcher::closeQuietly);
        }
        running.filter(t -> t != Thread.currentThread()).ifPresent(Watcher::joinQuietly);
    }

    private WatchService service() throws IOException {
        if (service.isEmpty()) {
            WatchService started = Path.of("").getFileSystem().newWatchService();
            service = Optional.of(started);
            thread = Optional.of(Thread.ofPlatform().daemon().name(THREAD).start(() -> run(started)));
        }
        return service.get();
    }

    private void run(WatchService events) {
        try {
            while (true) {
                handle(events.take());
            }
        } catch (ClosedWatchServiceException | InterruptedException end) {
            LOG.log(Level.FINE, "watch-ended");
        }
    }

    private void handle(WatchKey key) {
        Change change = change(key.pollEvents());
        Consumer<Change> listener = listener(key);
        tell(listener, change);
        if (!key.reset()) {
            tell(listener, new Change.Gone());
        }
    }

    private synchronized Consumer<Change> listener(WatchKey key) {
        return listeners.getOrDefault(key, change -> {});
    }

    private static void tell(Consumer<Change> listener, Change change) {
        try {
            listener.accept(change);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "listener-failed: {0}", failed.toString());
        }
    }

    private static Change change(List<WatchEvent<?>> events) {
        if (events.stream().anyMatch(e -> e.kind() == StandardWatchEventKinds.OVERFLOW)) {
            return new Change.Anything();
        }
        return new Change.Names(
                events.stream().map(e -> e.context().toString()).distinct().toList());
    }

    private static void closeQuietly(WatchService service) {
        try {
            service.close();
        } catch (IOException alreadyUseless) {
            LOG.log(Level.FINE, "watch-close: {0}", alreadyUseless.toString());
        }
    }

    private static void joinQuietly(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
