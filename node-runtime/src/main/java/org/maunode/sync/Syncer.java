package org.maunode.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.maunode.discovery.Connector;
import org.maunode.identity.Fingerprint;

/**
 * Keeps in sync with everybody who is followed, whatever comes: one connection each, over which a peer tells when it has
 * something new; who is away is looked for again and again, later and later, and its files come through others meanwhile;
 * what is new here is left at those who do not fetch it. All methods may be called at any time from any thread, and none
 * blocks but {@link #close}.
 *
 * <p>Threads: those of {@link Workers}, and none while there is only waiting.
 */
public final class Syncer implements AutoCloseable {
    /** So that not all connections are tried in the same moment. */
    private static final long JITTER_MILLIS = 250;

    private final Shared shared;
    private final Map<Fingerprint, Keeper> followed = new HashMap<>();
    private boolean closed;

    /**
     * When to ask.
     *
     * @param interval between two askings of a peer that knows no waiting, spread by a quarter
     * @param renewal how long a peer may hold back its answer until there is something new; shortened by up to a quarter
     */
    public record Options(Duration interval, Duration renewal) {
        public static final Options DEFAULT = new Options(Duration.ofMinutes(1), Duration.ofSeconds(240));

        public Options {
            if (!interval.isPositive() || !renewal.isPositive()) {
                throw new IllegalArgumentException("an interval that is no time");
            }
        }
    }

    /** Hears what runs come to, on their threads. */
    @FunctionalInterface
    public interface Listener {
        /** A peer was asked, to the end or until the connection broke. */
        void synced(SyncReport report);

        /** A peer was not reached, or the connection broke. */
        default void away(Fingerprint peer, String why) {}
    }

    /**
     * @param outbox what is left at peers that do not fetch it
     * @param random used on several threads
     */
    public Syncer(
            Follower follower,
            Connector connector,
            Outbox outbox,
            Options options,
            Listener listener,
            RandomGenerator random) {
        this(follower, connector, outbox, options, listener, random, new Workers());
    }

    Syncer(
            Follower follower,
            Connector connector,
            Outbox outbox,
            Options options,
            Listener listener,
            RandomGenerator random,
            Scheduler scheduler) {
        this.shared = new Shared(
                Objects.requireNonNull(follower),
                Objects.requireNonNull(connector),
                Objects.requireNonNull(outbox),
                Objects.requireNonNull(options),
                Objects.requireNonNull(listener),
                Objects.requireNonNull(random),
                Objects.requireNonNull(scheduler),
                new Links(this::relaysChanged));
    }

    /** Follows exactly {@code peers} from now on: newcomers at once, those who are gone no more. */
    public void follow(Set<Fingerprint> peers) {
        List<Keeper> gone = new ArrayList<>();
        synchronized (followed) {
            if (closed) {
                return;
            }
            followed.entrySet().removeIf(known -> !peers.contains(known.getKey()) && gone.add(known.getValue()));
            for (Fingerprint peer : peers) {
                followed.computeIfAbsent(peer, this::begun);
            }
        }
        gone.forEach(Keeper::stop);
    }

    private Keeper begun(Fingerprint peer) {
        Keeper keeper = new Keeper(peer, shared);
        keeper.wake(Wake.DIAL);
        return keeper;
    }

    /**
     * Somebody says that {@code peer} is there: an announcement on the network. If it is followed and away it
     * is tried now, if it is connected the connection is looked at; a flood of such words makes no storm.
     */
    public void seen(Fingerprint peer) {
        keepers(Set.of(peer)).forEach(keeper -> keeper.wake(Wake.SEEN));
    }

    /** {@code peer} can be called now: if it is followed and away it is dialled at once. Nothing that anybody can bring about. */
    public void near(Fingerprint peer) {
        keepers(Set.of(peer)).forEach(keeper -> keeper.wake(Wake.DIAL));
    }

    /** A cable was plugged in or pulled, an address changed: all connections are doubted, and all who are away are tried. */
    public void networkChanged() {
        for (Keeper keeper : keepers()) {
            keeper.wake(Wake.NETWORK, Duration.ofMillis(shared.random().nextLong(JITTER_MILLIS)));
        }
    }

    /** Something in the account's own directory may have changed. */
    public void ownChanged() {
        keepers().forEach(keeper -> keeper.wake(Wake.PUSH));
    }

    /** Asks everybody who is followed now, and dials those who are away. */
    public void syncNow() {
        keepers().forEach(keeper -> keeper.wake(Wake.SYNC));
    }

    /** The same for some; who is not followed is passed over. */
    public void syncNow(Set<Fingerprint> peers) {
        keepers(peers).forEach(keeper -> keeper.wake(Wake.SYNC));
    }

    /** How it stands with each who is followed, by fingerprint. */
    public List<PeerState> state() {
        return keepers().stream()
                .map(Keeper::state)
                .sorted(Comparator.comparing(PeerState::peer))
                .toList();
    }

    private void relaysChanged(Fingerprint relay) {
        keepers().forEach(keeper -> keeper.wake(Wake.RELAYS));
    }

    private List<Keeper> keepers() {
        synchronized (followed) {
            return List.copyOf(followed.values());
        }
    }

    private List<Keeper> keepers(Set<Fingerprint> peers) {
        synchronized (followed) {
            return peers.stream().map(followed::get).filter(Objects::nonNull).toList();
        }
    }

    /** Stops within a second: running transfers are broken off, and continue where they were after the next start. */
    @Override
    public void close() {
        List<Keeper> all;
        synchronized (followed) {
            closed = true;
            all = List.copyOf(followed.values());
            followed.clear();
        }
        all.forEach(Keeper::stop);
        shared.scheduler().close();
    }
}
