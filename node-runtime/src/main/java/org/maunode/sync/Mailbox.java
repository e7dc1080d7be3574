package org.maunode.sync;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.maunode.sync.Scheduler.Alarm;

/**
 * The wakes of one keeper: however many come, of a kind they count once, and no two steps run at a time. What is held is
 * bounded whoever wakes how often. Thread-safe.
 *
 * <pre>
 *   idle ── wake ──► busy: step(wakes) ── more came? ──► step again, behind others that wait for a thread
 *    ▲                                └── a dial? ─────► dial, then as above
 *    └──────────────── nothing came ──┘
 * </pre>
 */
final class Mailbox {
    private final Scheduler scheduler;
    private final Consumer<Set<Wake>> step;
    private final Set<Wake> pending = EnumSet.noneOf(Wake.class);
    private final Map<Wake, Alarm> alarms = new EnumMap<>(Wake.class);
    private boolean busy;
    private boolean closed;
    private Optional<Dial> dial = Optional.empty();

    private record Dial(int rank, Runnable task) {}

    Mailbox(Scheduler scheduler, Consumer<Set<Wake>> step) {
        this.scheduler = scheduler;
        this.step = step;
    }

    void wake(Wake why) {
        if (enter(why)) {
            scheduler.run(this::work);
        }
    }

    /** Whether somebody must work. */
    private synchronized boolean enter(Wake why) {
        pending.add(why);
        boolean begins = !busy;
        busy = true;
        return begins;
    }

    /** Wakes after a while; replaces an earlier wish of the kind. */
    synchronized void wake(Wake why, Duration wait) {
        cancel(why);
        if (!closed) {
            alarms.put(why, scheduler.after(wait, () -> wake(why)));
        }
    }

    synchronized void cancel(Wake why) {
        Alarm alarm = alarms.remove(why);
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** Asks, in a step, for {@code task} to be run as a dial behind it; no other step comes between. */
    void dial(int rank, Runnable task) {
        dial = Optional.of(new Dial(rank, task));
    }

    private void work() {
        step.accept(take());
        Optional<Dial> asked = dial;
        dial = Optional.empty();
        asked.ifPresentOrElse(this::begin, this::leave);
    }

    private void begin(Dial asked) {
        scheduler.dial(asked.rank(), () -> {
            asked.task().run();
            leave();
        });
    }

    /** Whether such a wake waits for the step that goes on to end. */
    synchronized boolean isPending(Predicate<Wake> such) {
        return pending.stream().anyMatch(such);
    }

    private synchronized Set<Wake> take() {
        Set<Wake> taken = EnumSet.copyOf(pending);
        pending.clear();
        return taken;
    }

    private void leave() {
        if (isMore()) {
            scheduler.run(this::work);
        }
    }

    private synchronized boolean isMore() {
        busy = !pending.isEmpty();
        return busy;
    }

    /** No alarm rings from now on. */
    synchronized void close() {
        closed = true;
        alarms.values().forEach(Alarm::cancel);
        alarms.clear();
    }
}
