package org.maunode.sync;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/**
 * Leaves our files at a peer while somebody waits for it: what it lists of us is compared with what it may read, and the rest
 * is given to it, oldest first. What {@link Pushing} does for a node, once and to its end. Confined to one thread.
 */
public final class Courier {
    private static final int BATCH = 128;

    private final Outbox outbox;

    public Courier(Outbox outbox) {
        this.outbox = Objects.requireNonNull(outbox);
    }

    /** Hears how it goes on. */
    public interface Progress {
        /** A file is about to be left there. */
        void begins(StoredFile file);

        /** It was taken. */
        void taken(StoredFile file);

        /** It was turned down. */
        void refused(StoredFile file, String why);
    }

    /** What it came to. */
    public enum Delivery {
        /** The peer holds all that it may read and wants. */
        COMPLETE,
        /** The peer takes nothing from us: it does not follow us. */
        NOT_WANTED,
        /** The peer knows no pushing. */
        NOT_SUPPORTED
    }

    /**
     * Leaves there what is missing.
     *
     * @throws ExchangeException if the connection broke; what was taken stays there
     */
    public Delivery deliver(RemotePeer remote, Progress progress) {
        Optional<HeldFiles> held = HeldFiles.listedBy(remote, outbox.self());
        return held.isEmpty() ? Delivery.NOT_SUPPORTED : deliver(remote, wanted(remote, held.get()), progress);
    }

    private Delivery deliver(RemotePeer remote, Predicate<StoredFile> wanted, Progress progress) {
        Position reached = Position.START;
        for (List<StoredFile> batch = behind(reached); !batch.isEmpty(); batch = behind(reached)) {
            for (StoredFile file : batch.stream().filter(wanted).toList()) {
                Optional<Delivery> end = leave(remote, file, progress);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            reached = Position.after(batch.getLast());
        }
        return Delivery.COMPLETE;
    }

    /** How many files it may read and does not hold; none if it cannot tell what it holds. */
    public long missing(RemotePeer remote) {
        return HeldFiles.listedBy(remote, outbox.self())
                .map(held -> count(wanted(remote, held)))
                .orElse(0L);
    }

    private long count(Predicate<StoredFile> wanted) {
        long count = 0;
        Position reached = Position.START;
        for (List<StoredFile> batch = behind(reached); !batch.isEmpty(); batch = behind(reached)) {
            count += batch.stream().filter(wanted).count();
            reached = Position.after(batch.getLast());
        }
        return count;
    }

    private List<StoredFile> behind(Position reached) {
        return outbox.behind(reached, BATCH);
    }

    private Predicate<StoredFile> wanted(RemotePeer remote, HeldFiles held) {
        return outbox.meantFor(remote.fingerprint()).and(file -> !held.contains(file));
    }

    private static Optional<Delivery> leave(RemotePeer remote, StoredFile file, Progress progress) {
        progress.begins(file);
        try {
            remote.push(file);
            progress.taken(file);
            return Optional.empty();
        } catch (IOException gone) {
            progress.refused(file, "it changed meanwhile");
            return Optional.empty();
        } catch (ExchangeException refused) {
            return afterRefusal(file, refused, progress);
        }
    }

    private static Optional<Delivery> afterRefusal(StoredFile file, ExchangeException refused, Progress progress) {
        return switch (refused.reason()) {
            case NOT_ALLOWED -> Optional.of(Delivery.NOT_WANTED);
            case NOT_SUPPORTED -> Optional.of(Delivery.NOT_SUPPORTED);
            case REFUSED, NOT_FOUND, OVER_LIMIT -> {
                progress.refused(file, refused.getMessage());
                yield Optional.empty();
            }
            default -> throw refused;
        };
    }
}
