package org.maunode.exchange;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;

/**
 * Those who wait for news of a directory, on one wire (EX-60). A waiter is an entry in a table and holds no thread; when its
 * directory changes it is told to look, all waiters of a directory in one go:
 *
 * <pre>
 *   directory   quiet ──changed──► due ──its turn──► looking ──► quiet
 *                                   ▲                   │ changed meanwhile, or somebody must look later
 *                                   └───────────────────┘
 *   waiter      WAITING ◄──► LOOKING ◄──► AGAIN         (one look at a time)
 *                  └────────────┴───────────┴──► ENDED  (told, or closed)
 * </pre>
 *
 * Thread-safe; no lock is held while others are called.
 */
public final class Waiters implements AutoCloseable {
    /** From one look at a directory to the next: what changes in bursts is looked at ten times a second. */
    public static final Duration PACE = Duration.ofMillis(100);

    /** For so long after a wait its caller is taken to fetch what it was told of, and to come back. */
    public static final Duration LATELY = Duration.ofSeconds(2);

    /** Those who waited lately; of more, the longest gone are forgotten. */
    static final int MOST_LATELY = 1024;

    private static final Logger LOG = Logger.getLogger("org.maunode.exchange");

    /** Whether somebody hears of news without being called. */
    public enum Attention {
        /** It waits. */
        NOW,
        /** It waited a moment ago. */
        LATELY,
        NONE
    }

    /** Threads and time, lent by the wire. */
    public interface Crew {
        /** Runs {@code look} soon on a thread that may wait for the disk, or never if all ends. */
        void run(Runnable look);

        /** Runs {@code action}, which does not block, behind {@code delay}, unless what it returns is run before. */
        Runnable later(Runnable action, Duration delay);

        /** Nanoseconds of a clock that never jumps. */
        long nanos();
    }

    /** Who waits. Looks one after the other, on threads that may wait for the disk. */
    public interface Waiter {
        /** What came of a look. */
        enum Look {
            /** Nothing new. */
            NOTHING,
            /** There was something, and the answer is given. */
            TOLD,
            /** There is something, and it cannot be told just now. */
            LATER
        }

        /** Looks for something new, and gives the answer if there is. */
        Look look();

        /** Gives the answer, new or not: the time is over. */
        void timeOver();

        /** It is over, told or closed. Called once, on any thread; must not block. */
        void ended();
    }

    private final Exchange exchange;
    private final Crew crew;
    private final Map<Fingerprint, Directory> directories = new HashMap<>();
    private final Map<Ear, Long> lately = new LinkedHashMap<>();
    private final ReentrantLock listening = new ReentrantLock();
    private Optional<AutoCloseable> news = Optional.empty();
    private boolean closed;

    /** Who waits for news of whom. */
    private record Ear(Fingerprint caller, Fingerprint owner) {}

    public Waiters(Exchange exchange, Crew crew) {
        this.exchange = exchange;
        this.crew = crew;
    }

    /**
     * Adds a waiter, and has it look for the first time on this thread: what changes from now on it will not miss.
     *
     * @param longest until its time is over
     */
    public Waiting add(Caller caller, Fingerprint owner, Duration longest, Waiter waiter) {
        listen();
        Waiting waiting = new Waiting(caller.fingerprint(), owner, waiter);
        if (enter(waiting)) {
            waiting.begin(longest);
        } else {
            waiting.close();
        }
        return waiting;
    }

    /** With the first waiter; held over that, so that no second one looks before. */
    private void listen() {
        listening.lock();
        try {
            if (news.isEmpty()) {
                news = Optional.of(exchange.onChange(this::changed));
            }
        } finally {
            listening.unlock();
        }
    }

    private synchronized boolean enter(Waiting waiting) {
        if (!closed) {
            directories.computeIfAbsent(waiting.owner, Directory::new).waiting.add(waiting);
        }
        return !closed;
    }

    /** An entry that nobody waits for any more keeps the pace for whoever comes back at once. */
    private void leave(Waiting waiting) {
        emptied(waiting).ifPresent(directory -> crew.later(() -> forget(directory), PACE));
    }

    private synchronized Optional<Directory> emptied(Waiting waiting) {
        waiting.caller.ifPresent(caller -> remember(new Ear(caller, waiting.owner)));
        return Optional.ofNullable(directories.get(waiting.owner))
                .filter(directory -> directory.waiting.remove(waiting) && directory.waiting.isEmpty());
    }

    private void remember(Ear ear) {
        lately.remove(ear);
        lately.put(ear, crew.nanos());
        if (lately.size() > MOST_LATELY) {
            lately.remove(lately.keySet().iterator().next());
        }
    }

    private synchronized void forget(Directory directory) {
        if (directory.waiting.isEmpty()) {
            directories.remove(directory.owner, directory);
        }
    }

    /** Whether {@code caller} waits for news of {@code owner}, or did less than {@link #LATELY} ago. */
    public synchronized Attention attention(Fingerprint caller, Fingerprint owner) {
        Directory directory = directories.get(owner);
        if (directory != null
                && directory.waiting.stream().anyMatch(waiting -> waiting.caller.equals(Optional.of(caller)))) {
            return Attention.NOW;
        }
        Long end = lately.get(new Ear(caller, owner));
        return end != null && crew.nanos() - end < LATELY.toNanos() ? Attention.LATELY : Attention.NONE;
    }

    /** How many wait. */
    public synchronized int count() {
        return directories.values().stream().mapToInt(d -> d.waiting.size()).sum();
    }

    private void changed(Fingerprint owner) {
        Optional<Directory> due;
        synchronized (this) {
            due = Optional.ofNullable(directories.get(owner)).filter(Directory::becomesDue);
        }
        due.ifPresent(this::schedule);
    }

    private void schedule(Directory directory) {
        Duration delay = directory.untilTurn(crew.nanos());
        if (delay.isPositive()) {
            crew.later(() -> crew.run(() -> look(directory)), delay);
        } else {
            crew.run(() -> look(directory));
        }
    }

    private void look(Directory directory) {
        List<Waiting> all;
        synchronized (this) {
            directory.begins(crew.nanos());
            all = List.copyOf(directory.waiting);
        }
        boolean later = false;
        for (Waiting waiting : all) {
            later |= waiting.look() == Waiter.Look.LATER;
        }
        if (ends(directory, later)) {
            schedule(directory);
        }
    }

    private synchronized boolean ends(Directory directory, boolean later) {
        directory.looking = false;
        return directory.due || later && directory.becomesDue();
    }

    /** Ends every wait; nobody is told. */
    @Override
    public void close() {
        List<Waiting> all;
        synchronized (this) {
            closed = true;
            all = directories.values().stream()
                    .flatMap(directory -> directory.waiting.stream())
                    .toList();
        }
        all.forEach(Waiting::close);
        stopListening();
    }

    private void stopListening() {
        listening.lock();
        try {
            if (news.isPresent()) {
                news.get().close();
            }
        } catch (Exception unexpected) {
            LOG.log(Level.WARNING, "still listening for changes: {0}", unexpected.toString());
        } finally {
            listening.unlock();
        }
    }

    /** The waiters of one directory. Guarded by the table's lock. */
    private static final class Directory {
        private final Fingerprint owner;
        private final Set<Waiting> waiting = new HashSet<>();
        private Optional<Long> lookedAt = Optional.empty();
        private boolean due;
        private boolean looking;

        Directory(Fingerprint owner) {
            this.owner = owner;
        }

        /** Whether a look is to be scheduled now: not if one is already, or follows the one that goes on. */
        boolean becomesDue() {
            boolean first = !due && !looking;
            due = true;
            return first;
        }

        void begins(long now) {
            due = false;
            looking = true;
            lookedAt = Optional.of(now);
        }

        Duration untilTurn(long now) {
            return lookedAt.map(then -> PACE.minusNanos(now - then)).orElse(Duration.ZERO);
        }
    }

    private enum State {
        WAITING,
        LOOKING,
        AGAIN,
        ENDED
    }

    /** One wait. */
    public final class Waiting implements AutoCloseable {
        private final Optional<Fingerprint> caller;
        private final Fingerprint owner;
        private final Waiter waiter;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
        private volatile Runnable alarm = () -> {};
        private volatile boolean over;

        private Waiting(Optional<Fingerprint> caller, Fingerprint owner, Waiter waiter) {
            this.caller = caller;
            this.owner = owner;
            this.waiter = waiter;
        }

        private void begin(Duration longest) {
            alarm = crew.later(this::hurry, longest);
            if (state.get() == State.ENDED) {
                alarm.run();
            } else if (look() == Waiter.Look.LATER) {
                changed(owner);
            }
        }

        /** Ends the wait soon, as if the time were over. */
        public void hurry() {
            over = true;
            crew.run(this::look);
        }

        private Waiter.Look look() {
            if (!isOurs()) {
                return Waiter.Look.NOTHING;
            }
            Waiter.Look last;
            do {
                state.compareAndSet(State.AGAIN, State.LOOKING);
                last = lookOnce();
            } while (state.get() != State.ENDED && !state.compareAndSet(State.LOOKING, State.WAITING));
            return last;
        }

        /** Whether it is on us to look. If not, whoever looks now looks once more, or all is over. */
        private boolean isOurs() {
            State now = state.get();
            while (now == State.WAITING || now == State.LOOKING) {
                State next = now == State.WAITING ? State.LOOKING : State.AGAIN;
                if (state.compareAndSet(now, next)) {
                    return next == State.LOOKING;
                }
                now = state.get();
            }
            return false;
        }

        private Waiter.Look lookOnce() {
            Waiter.Look found = Waiter.Look.TOLD;
            try {
                if (over) {
                    waiter.timeOver();
                } else {
                    found = waiter.look();
                }
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "a waiter failed: {0}", failed.toString());
            }
            if (found == Waiter.Look.TOLD) {
                close();
            }
            return found;
        }

        /** Ends the wait at once; who waits is not told. Nothing if it has ended. */
        @Override
        public void close() {
            if (state.getAndSet(State.ENDED) != State.ENDED) {
                alarm.run();
                leave(this);
                waiter.ended();
            }
        }
    }
}
