package org.maunode.discovery.overlay;

import java.net.InetAddress;
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
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
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
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.overlay");

    /** How long {@link #resolve} looks. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Milliseconds after the start that a search waits for somebody who could be asked. */
    private static final long JOINING = 5_000;

    /** A call ends by its dialer's limits; the engine's own, in milliseconds, lies behind them and the wait for a thread. */
    private static final long CALL = 12_000;

    private static final LongSupplier CLOCK = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime());

    private final Fingerprint self;
    private final SavedTable saved;
    private final Calls calls;
    private final Alarm alarm = new Alarm(this::ring);
    private final Engine engine;
    private final Pace pace = new Pace();
    private final Map<Long, Search> searches = new HashMap<>();
    private List<Contact> entrances = List.of();
    private Stage stage = Stage.OUTSIDE;
    private long joinedBy;

    /** How far it has come. */
    private enum Stage {
        /** Nobody to join is known. */
        OUTSIDE,
        /** Somebody is, and has not answered yet. */
        ENTERING,
        /** Somebody has answered. */
        INSIDE,
        CLOSED
    }

    /**
     * Answers and finds from now on, knowing nobody before {@link #start}. Calls nobody yet.
     *
     * @param dialer calls peers, with short limits, and says in its certificate where we are
     * @param table where the table is kept
     * @param random for refreshes and jitter
     */
    public Overlay(Fingerprint self, Dialer dialer, Path table, RandomGenerator random) {
        this.self = Objects.requireNonNull(self);
        this.saved = new SavedTable(table);
        this.engine = new Engine(self, settings(), random);
        this.calls = new Calls(Objects.requireNonNull(dialer), new Heard(), CLOCK);
    }

    private static Settings settings() {
        Settings standard = Settings.standard();
        return new Settings(standard.alpha(), standard.paths(), CALL, standard.refreshEvery());
    }

    /**
     * Reads the table of the last run and joins the network, in the background. Without a table and a bootstrap nobody is
     * called before somebody has proved to be there. A network that does not answer is tried again, later and later.
     */
    public synchronized void start(List<Contact> bootstrap) {
        entrances = List.copyOf(bootstrap);
        joinedBy = CLOCK.getAsLong() + JOINING;
        stage = calls.run(() -> enter(saved.load())) ? Stage.ENTERING : Stage.OUTSIDE;
    }

    private void enter(List<Contact> table) {
        tell(now -> {
            engine.restore(table, now);
            if (entrances.isEmpty() && engine.table().isEmpty()) {
                move(Stage.OUTSIDE);
            } else {
                engine.join(entrances, now);
            }
        });
    }

    private void move(Stage next) {
        stage = next;
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
        long end = CLOCK.getAsLong() + PATIENCE.toMillis();
        try {
            awaitEntrance();
            Search search = new Search();
            long lookup = begin(peer, search);
            try {
                for (Optional<InetSocketAddress> next; (next = search.next(end - CLOCK.getAsLong())).isPresent(); ) {
                    found.accept(next.get());
                }
            } finally {
                cancel(lookup);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** A node that has just started knows nobody who could be asked yet. */
    private synchronized void awaitEntrance() throws InterruptedException {
        for (long left; stage == Stage.ENTERING && (left = joinedBy - CLOCK.getAsLong()) > 0; ) {
            wait(left);
        }
    }

    private synchronized long begin(Fingerprint peer, Search search) {
        long now = CLOCK.getAsLong();
        long lookup = engine.lookup(peer, now);
        if (stage == Stage.CLOSED) {
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
        perform(now);
        if (stage != Stage.CLOSED && stage != Stage.INSIDE && hasCompany()) {
            if (stage == Stage.OUTSIDE) {
                engine.join(entrances, now);
            }
            move(Stage.INSIDE);
            perform(now);
        }
        alarm.set(nextMoment(), now);
        notifyAll();
    }

    private boolean hasCompany() {
        return engine.table().stream().anyMatch(Overlay::isAlive);
    }

    private void perform(long now) {
        for (Optional<Action> next; stage != Stage.CLOSED && (next = engine.poll(now)).isPresent(); ) {
            perform(next.get(), now);
        }
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
        return Stream.of(engine.deadline(), pace.due(), calls.lines().due())
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** On the alarm's thread, which must go on whatever happens. */
    private void ring() {
        try {
            calls.lines().expire(CLOCK.getAsLong());
            tell(this::rung);
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "the overlay met a defect", defect);
        }
    }

    private void rung(long now) {
        alarm.rung();
        if (pace.isDue(now)) {
            calls.run(this::save);
        }
    }

    /** Says something to the engine, and does what it wants done then. */
    private synchronized void tell(LongConsumer word) {
        long now = CLOCK.getAsLong();
        word.accept(now);
        pump(now);
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
        public boolean permits(long call, InetAddress resolved) {
            synchronized (Overlay.this) {
                return engine.permits(call, resolved);
            }
        }

        @Override
        public void answered(long call, InetAddress from, List<Contact> contacts) {
            tell(now -> engine.answered(call, from, contacts, now));
        }

        @Override
        public void failed(long call, Failure why) {
            tell(now -> engine.failed(call, why, now));
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
        List<Contact> nearest = engine.nearest(target, asker, CLOCK.getAsLong());
        note(caller);
        return new Answer.Contacts(nearest);
    }

    private void note(Caller caller) {
        Optional<InetSocketAddress> claim = caller.claim().flatMap(HostAndPort::told);
        Optional<Asker> asker = asker(caller).filter(who -> !who.fingerprint().equals(self));
        if (claim.isPresent() && asker.isPresent()) {
            tell(now -> engine.called(asker.get(), claim.get(), now));
        }
    }

    /** A connection made for another reason proved that this contact is where it says. */
    public void proved(Contact contact) {
        if (!contact.fingerprint().equals(self)) {
            tell(now -> engine.proved(contact, now));
        }
    }

    /** The network changed: a node whom nobody answers tries again now. */
    public synchronized void networkChanged() {
        if (stage == Stage.ENTERING || stage == Stage.INSIDE && !hasCompany()) {
            tell(now -> engine.join(entrances, now));
        }
    }

    /** Our certificate says another address: whoever is called on a new line hears of it, and calls back there. */
    public void moved() {
        calls.lines().expire(CLOCK.getAsLong() + Lines.KEPT);
        tell(engine::moved);
    }

    /** All that is known, nearest bucket first; times as {@link #now} counts them. */
    public synchronized List<Known> contacts() {
        return new ArrayList<>(engine.table());
    }

    /** Milliseconds of the clock of {@link Known#provedAt}. */
    public long now() {
        return CLOCK.getAsLong();
    }

    /** The contacts that the last run kept in {@code table}; none if it is lost or broken. */
    public static List<Contact> saved(Path table) {
        return new SavedTable(table).load();
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
        move(Stage.CLOSED);
        searches.values().forEach(Search::end);
        searches.clear();
        alarm.close();
    }

    /** Waits until the table is as {@code wanted}; for tests. */
    synchronized boolean await(Predicate<List<Known>> wanted, Duration patience) throws InterruptedException {
        long end = CLOCK.getAsLong() + patience.toMillis();
        for (long left; !wanted.test(contacts()) && (left = end - CLOCK.getAsLong()) > 0; ) {
            wait(left);
        }
        return wanted.test(contacts());
    }
}
