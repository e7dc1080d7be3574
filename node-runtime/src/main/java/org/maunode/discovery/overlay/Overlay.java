package org.maunode.discovery.overlay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.maunode.discovery.Resolver;
import org.maunode.discovery.kademlia.Action;
import org.maunode.discovery.kademlia.Asker;
import org.maunode.discovery.kademlia.Engine;
import org.maunode.discovery.kademlia.Failure;
import org.maunode.discovery.kademlia.Known;
import org.maunode.discovery.kademlia.Settings;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Request;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/**
 * This node in the Kademlia network: answers what peers ask about peers, finds peers, and keeps what it knows over restarts.
 *
 * <pre>
 *   peers ──answer──►          ──Ping, Ask──► calls ──dialer──► peers
 *                     engine
 *   resolve ──────►            ──Changed────► saved table
 * </pre>
 *
 * The engine decides all; here its wishes are carried out. Its lock is this object's, held for a computation and never
 * over a call, the disk or a listener. Thread-safe.
 */
public final class Overlay implements Resolver, Exchange, AutoCloseable {
    /** How long {@link #resolve} looks. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Contacts of the last run that are called when nobody answers, besides the bootstrap. */
    private static final int MAX_REVIVED = 20;

    private final Fingerprint self;
    private final SavedTable saved;
    private final LongSupplier clock;
    private final Calls calls;
    private final Alarm alarm = new Alarm(this::ring);
    private final Engine engine;
    private final Pace pace = new Pace();
    private final Comeback comeback;
    private final Map<Long, Search> searches = new HashMap<>();
    private List<Contact> entrances = List.of();
    private boolean joining;
    private boolean closed;

    /**
     * Answers and finds from now on, knowing nobody before {@link #start}. Calls nobody yet.
     *
     * @param dialer calls peers, with short limits, and says in its certificate where we are
     * @param table where the table is kept
     * @param random for refreshes and jitter
     */
    public Overlay(Fingerprint self, Dialer dialer, Path table, RandomGenerator random) {
        this(self, dialer, table, random, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    Overlay(Fingerprint self, Dialer dialer, Path table, RandomGenerator random, LongSupplier clock) {
        this.self = Objects.requireNonNull(self);
        this.saved = new SavedTable(table);
        this.clock = Objects.requireNonNull(clock);
        this.engine = new Engine(self, Settings.standard(), random);
        this.comeback = new Comeback(random);
        this.calls = new Calls(Objects.requireNonNull(dialer), new Heard(), clock);
    }

    /**
     * Reads the table of the last run and joins the network, in the background; without a table and a bootstrap nobody is
     * called. A network that does not answer is tried again, later and later.
     */
    public synchronized void start(List<Contact> bootstrap) {
        joining = calls.run(() -> join(bootstrap, saved.load()));
    }

    private synchronized void join(List<Contact> bootstrap, List<Contact> table) {
        long now = clock.getAsLong();
        entrances = Stream.concat(bootstrap.stream(), table.stream().limit(MAX_REVIVED))
                .distinct()
                .toList();
        if (entrances.isEmpty()) {
            settled();
            return;
        }
        engine.restore(table, now);
        engine.join(bootstrap, now);
        comeback.alone(now);
        pump(now);
    }

    /** Whoever waits for the network to be joined waits no more. */
    private void settled() {
        joining = false;
        notifyAll();
    }

    @Override
    public String name() {
        return "kademlia";
    }

    /** Addresses at which {@code peer} has proved itself; looks for {@link #PATIENCE} at most. */
    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        if (peer.equals(self)) {
            return;
        }
        long end = clock.getAsLong() + PATIENCE.toMillis();
        try {
            awaitJoined(end);
            Search search = new Search();
            long lookup = begin(peer, search);
            try {
                for (Optional<InetSocketAddress> next; (next = search.next(end - clock.getAsLong())).isPresent(); ) {
                    found.accept(next.get());
                }
            } finally {
                cancel(lookup);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitJoined(long end) throws InterruptedException {
        for (long left; joining && !closed && (left = end - clock.getAsLong()) > 0; ) {
            wait(left);
        }
    }

    private synchronized long begin(Fingerprint peer, Search search) {
        long now = clock.getAsLong();
        long lookup = engine.lookup(peer, now);
        if (closed) {
            search.end();
        } else {
            searches.put(lookup, search);
            pump(now);
        }
        return lookup;
    }

    private synchronized void cancel(long lookup) {
        if (searches.remove(lookup) != null) {
            engine.cancel(lookup);
        }
    }

    /** Does what the engine wants done; nothing of it waits. After every word to the engine, with the lock held. */
    private void pump(long now) {
        for (Optional<Action> next; !closed && (next = engine.poll(now)).isPresent(); ) {
            perform(next.get(), now);
        }
        alarm.set(nextMoment(), now);
    }

    private void perform(Action action, long now) {
        switch (action) {
            case Action.Ping(long call, Contact to) -> call(call, to, Overlay::pinged, now);
            case Action.Ask(long call, Contact to, Fingerprint target) ->
                call(call, to, peer -> peer.contactsNear(target), now);
            case Action.Found(long lookup, Contact contact) ->
                Optional.ofNullable(searches.get(lookup)).ifPresent(search -> search.found(contact.address()));
            case Action.Finished(long lookup, boolean _) ->
                Optional.ofNullable(searches.remove(lookup)).ifPresent(Search::end);
            case Action.Changed() -> pace.changed(now);
        }
    }

    private void call(long call, Contact to, Function<RemotePeer, List<Contact>> question, long now) {
        if (!calls.make(call, to, question)) {
            engine.failed(call, Failure.UNREACHABLE, now);
        }
    }

    private static List<Contact> pinged(RemotePeer peer) {
        peer.ping();
        return List.of();
    }

    private OptionalLong nextMoment() {
        return Stream.of(
                        engine.deadline(),
                        pace.due(),
                        comeback.due(),
                        calls.lines().due())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** On the alarm's thread. */
    private void ring() {
        long now = clock.getAsLong();
        calls.lines().expire(now);
        synchronized (this) {
            alarm.rung();
            if (closed) {
                return;
            }
            if (pace.isDue(now)) {
                calls.run(this::save);
            }
            if (comeback.isDue(now)) {
                comeBack(now);
            }
            pump(now);
        }
    }

    private void comeBack(long now) {
        settled();
        if (isAlone()) {
            engine.join(entrances, now);
            comeback.alone(now);
        } else {
            comeback.joined();
        }
    }

    private boolean isAlone() {
        return engine.table().stream().noneMatch(Overlay::isAlive);
    }

    /** Whether it has answered, and not failed since. */
    static boolean isAlive(Known known) {
        return known.provedAt().isPresent() && !known.suspect();
    }

    private void save() {
        saved.save(contacts());
    }

    /** What came of calls, told on their threads. */
    private final class Heard implements Calls.Outcomes {
        @Override
        public void answered(long call, List<Contact> contacts) {
            synchronized (Overlay.this) {
                long now = clock.getAsLong();
                engine.answered(call, contacts, now);
                pump(now);
                if (joining && !isAlone()) {
                    settled();
                }
            }
        }

        @Override
        public void failed(long call, Failure why) {
            synchronized (Overlay.this) {
                long now = clock.getAsLong();
                engine.failed(call, why, now);
                if (!entrances.isEmpty() && isAlone()) {
                    comeback.alone(now);
                }
                pump(now);
            }
        }
    }

    /** Answers peers; whoever asks and says where it is is noted, and believed after it was called back. */
    @Override
    public Answer answer(Request request, Caller caller) {
        return switch (request) {
            case Request.AboutFiles _ -> new Answer.Refused(Refusal.NOT_FOUND);
            case Request.Ping() -> {
                note(caller);
                yield new Answer.Pong();
            }
            case Request.FindPeer(Fingerprint target) ->
                asker(caller)
                        .map(asker -> nearest(target, asker, caller))
                        .orElse(new Answer.Refused(Refusal.BAD_REQUEST));
        };
    }

    /** Whoever comes over a wire without addresses has no use for any. */
    private static Optional<Asker> asker(Caller caller) {
        return caller.fingerprint().flatMap(who -> caller.origin().map(from -> new Asker(who, from)));
    }

    private synchronized Answer nearest(Fingerprint target, Asker asker, Caller caller) {
        List<Contact> nearest = engine.nearest(target, asker, clock.getAsLong());
        note(caller);
        return new Answer.Contacts(nearest);
    }

    private synchronized void note(Caller caller) {
        Optional<InetSocketAddress> claim = caller.claim().flatMap(HostAndPort::told);
        Optional<Asker> asker = asker(caller).filter(who -> !who.fingerprint().equals(self));
        if (closed || claim.isEmpty() || asker.isEmpty()) {
            return;
        }
        long now = clock.getAsLong();
        engine.called(asker.get(), claim.get(), now);
        pump(now);
    }

    /** A connection made for another reason proved that this contact is where it says. */
    public synchronized void proved(Contact contact) {
        long now = clock.getAsLong();
        engine.proved(contact, now);
        pump(now);
    }

    /** The network changed: a node that nobody answers tries again now. */
    public synchronized void networkChanged() {
        long now = clock.getAsLong();
        comeback.soon(now);
        pump(now);
    }

    /** All that is known, nearest bucket first; times as {@link #now} counts them. */
    public synchronized List<Known> contacts() {
        return new ArrayList<>(engine.table());
    }

    /** Milliseconds of the clock of {@link Known#provedAt}. */
    public long now() {
        return clock.getAsLong();
    }

    /** Breaks off calls and searches, and keeps the table. */
    @Override
    public void close() {
        stop();
        calls.close();
        alarm.awaitEnd();
        save();
    }

    private synchronized void stop() {
        closed = true;
        searches.values().forEach(Search::end);
        searches.clear();
        alarm.close();
        settled();
    }
}
