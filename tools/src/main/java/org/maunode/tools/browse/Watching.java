package org.maunode.tools.browse;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.shell.Stop;

/**
 * Finds what is new in directories from the moment it is made, and waits for the store to say that one changed.
 *
 * <p>Threads: the store's thread only fills the queue; everything else happens on the thread that calls {@link #run}.
 */
public final class Watching implements AutoCloseable {
    /** Times of files are no finer than a tick of the kernel: what is as old as the newest may have come after it. */
    private static final Duration OVERLAP = Duration.ofSeconds(2);

    private static final int FORGET_AT = 256;

    private final ContentStore store;
    private final Map<Fingerprint, Seen> seen = new LinkedHashMap<>();
    private final BlockingQueue<Optional<Fingerprint>> changed = new LinkedBlockingQueue<>();
    private final AutoCloseable subscription;

    /** How far a directory was looked through, and what lay at its end. */
    private static final class Seen {
        private Instant newest = Instant.MIN;
        private final Map<FileName, StoredFile> recent = new HashMap<>();

        Position from() {
            return newest.equals(Instant.MIN) ? Position.START : Position.at(newest.minus(OVERLAP));
        }

        /** Whether {@code file} was not seen before. */
        boolean add(StoredFile file) {
            newest = file.modified().isAfter(newest) ? file.modified() : newest;
            StoredFile before = recent.put(file.name(), file);
            forgetOld();
            return before == null || !before.sum().equals(file.sum());
        }

        private void forgetOld() {
            if (recent.size() >= FORGET_AT) {
                recent.values().removeIf(file -> file.modified().isBefore(newest.minus(OVERLAP)));
            }
        }
    }

    public Watching(ContentStore store, List<Fingerprint> authors) {
        this.store = Objects.requireNonNull(store);
        authors.forEach(author -> seen.put(author, new Seen()));
        this.subscription = store.onChange(owner -> changed.add(Optional.of(owner)));
    }

    /** Tells what is there, or new since the last time. */
    public void catchUp(Consumer<StoredFile> listener) {
        seen.keySet().forEach(author -> look(author, listener));
    }

    /** Tells what is new until it is asked to stop. */
    public void run(Stop stop, Consumer<StoredFile> listener) throws InterruptedException {
        stop.onRequest(() -> changed.add(Optional.empty()));
        Optional<Fingerprint> next = changed.take();
        while (next.isPresent()) {
            if (seen.containsKey(next.get())) {
                look(next.get(), listener);
            }
            next = changed.take();
        }
    }

    private void look(Fingerprint author, Consumer<StoredFile> listener) {
        Seen before = seen.get(author);
        new FileWalk(store, author, before.from()).forEachRemaining(file -> {
            if (before.add(file)) {
                listener.accept(file);
            }
        });
    }

    @Override
    public void close() {
        try {
            subscription.close();
        } catch (Exception never) {
            throw new AssertionError("unsubscribing does nothing that fails", never);
        }
    }
}
