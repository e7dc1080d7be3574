package org.maunode.discovery.kademlia;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * One node's part in the network. Pure; confined to one thread at a time. Times are milliseconds of a monotonic clock.
 * After every call of a method that takes {@code now}, {@link #poll} until it is empty.
 */
public final class Engine {
    /** Contacts in an answer, and nodes in a bucket. */
    public static final int K = 20;

    private final Fingerprint self;
    private final Settings settings;
    private final RandomGenerator random;

    /** @param random for the ids of refreshes and for jitter; nothing else is left to chance */
    public Engine(Fingerprint self, Settings settings, RandomGenerator random) {
        this.self = Objects.requireNonNull(self);
        this.settings = Objects.requireNonNull(settings);
        this.random = Objects.requireNonNull(random);
    }

    /** What was known before a restart; unproven until called again. */
    public void restore(List<Contact> table, long now) {}

    /** Calls these, then looks up itself and refreshes its buckets; may be called again. */
    public void join(List<Contact> bootstrap, long now) {}

    /**
     * The answer to find_peer: at most {@value #K} contacts that have proved themselves to us, the truly nearest first, and of
     * addresses only those that this asker may be told.
     */
    public List<Contact> nearest(Fingerprint target, Asker asker, long now) {
        return List.of();
    }

    /**
     * Somebody proved to be {@code asker} called us, and claims to be reachable at {@code claim}: believed after a call-back.
     *
     * @param claim not resolved
     */
    public void called(Asker asker, InetSocketAddress claim, long now) {}

    /** A connection made for another reason (a sync) proved this contact. */
    public void proved(Contact contact, long now) {}

    /** Looks for {@code target}; {@link Action.Found} and {@link Action.Finished} carry the number given back. */
    public long lookup(Fingerprint target, long now) {
        return 0;
    }

    /** Ends a lookup without a further word. One that is over is passed over. */
    public void cancel(long lookup) {}

    /** The next thing to do, until empty. */
    public Optional<Action> poll(long now) {
        return Optional.empty();
    }

    /** When to poll again though nothing happened, in the clock's milliseconds. */
    public OptionalLong deadline() {
        return OptionalLong.empty();
    }

    /**
     * Whom we called has proved to be the one, and answered: an Ask with contacts, a Ping with none. A call that is over is
     * passed over.
     */
    public void answered(long call, List<Contact> contacts, long now) {}

    /** A call came to nothing. A call that is over is passed over. */
    public void failed(long call, Failure why, long now) {}

    /** All that is in the table, nearest bucket first; for the disk and for people. */
    public List<Known> table() {
        return List.of();
    }
}
