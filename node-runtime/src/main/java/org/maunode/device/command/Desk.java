package org.maunode.device.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.clock.NodeClock;
import org.maunode.device.Readers;
import org.maunode.device.SignedDocuments;
import org.maunode.device.driver.Actuators;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Audience;
import org.maunode.device.profile.Profile;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.wire.Wires;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.StoreException;

/**
 * Where a node takes commands to its actuators: from when it is made until it is closed, each of them is in its fail-safe
 * state or in one that a member of its group commanded for a time.
 *
 * <p>Threads: one, {@code mau-desk}, which alone touches the actuators. The store's thread wakes it when a directory changed;
 * it waits for that and for what is due next, and polls nothing. Thread-safe.
 */
public final class Desk implements AutoCloseable {
    /** The node's own file, beside its other private ones. */
    static final String JOURNAL = "commands.journal";

    /** What one command may take at most before the thread counts as stuck. */
    private static final Duration STUCK = Duration.ofSeconds(5);

    /** What closing may wait for the thread. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final AtomicBoolean closed = new AtomicBoolean();
    private final ContentStore store;
    private final Fingerprint self;
    private final Clerk clerk;
    private final DeskClock clock;
    private final ScheduledThreadPoolExecutor executor;
    private final Set<Fingerprint> changed = ConcurrentHashMap.newKeySet();
    private Optional<AutoCloseable> subscription = Optional.empty();
    private Optional<ScheduledFuture<?>> alarm = Optional.empty();

    private Desk(ContentStore store, Fingerprint self, Clerk clerk, DeskClock clock) {
        this.store = store;
        this.self = self;
        this.clerk = clerk;
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name("mau-desk").unstarted(task));
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Opens the actuators of a profile, and with that puts them into their fail-safe states; obeys nobody yet.
     *
     * @param readers of states where the profile leaves that to the node
     * @return empty if the profile has no actuators
     * @throws StoreException if the journal of commands cannot be read or written
     */
    public static Optional<Desk> open(
            Account account, ContentStore store, Profile profile, Wires wires, Readers readers, NodeClock clock) {
        return profile.actuators().isEmpty()
                ? Optional.empty()
                : Optional.of(new Opening(account, store, readers, DeskClock.of(clock)).desk(profile, wires));
    }

    /** What a desk is put together from. */
    private record Opening(Account account, ContentStore store, Readers readers, DeskClock clock) {
        Desk desk(Profile profile, Wires wires) {
            List<ActuatorFeed> feeds = profile.actuators().stream()
                    .map(channel -> feed(channel, wires))
                    .toList();
            feeds.forEach(ActuatorFeed::open);
            boolean opened = false;
            try {
                Desk desk = new Desk(store, account.fingerprint(), clerk(feeds), clock);
                opened = true;
                return desk;
            } finally {
                if (!opened) {
                    feeds.forEach(ActuatorFeed::close);
                }
            }
        }

        private ActuatorFeed feed(ActuatorChannel channel, Wires wires) {
            return new ActuatorFeed(
                    node(), channel, () -> Actuators.open(channel, wires), documents(channel.readers()), clock);
        }

        private SignedDocuments documents(Audience audience) {
            Readers chosen =
                    switch (audience) {
                        case Audience.OfTheNode _ -> readers;
                        case Audience.Everyone _ -> new Readers.Everyone();
                        case Audience.Members(var group) -> new Readers.Group(group.value());
                    };
            return new SignedDocuments(account, store, chosen, clock.time());
        }

        private NodeId node() {
            String fingerprint = account.fingerprint().toString();
            return new NodeId(
                    "/p2p/" + fingerprint,
                    fingerprint,
                    account.identity().publicIdentity().name());
        }

        private Clerk clerk(List<ActuatorFeed> feeds) {
            Path journal = account.privateDirectory().resolve(JOURNAL);
            Ledger ledger = Ledger.open(Journal.in(journal));
            Judge judge = new Judge(account.fingerprint(), feeds, this::mayCommand, clock);
            Results results = new Results(account, store, new SignedDocuments(account, store, readers, clock.time()));
            Hearing hearing = new Hearing(node(), account.identity(), judge, ledger, clock);
            return new Clerk(account, store, feeds, ledger, hearing, results, clock);
        }

        private boolean mayCommand(Fingerprint who, ActuatorChannel channel) {
            account.keyring().lookAgain();
            return account.keyring().members(channel.controllers().value()).stream()
                    .anyMatch(member -> member.fingerprint().equals(who));
        }
    }

    /** Begins to obey: first what came while the node was away. */
    public void start() {
        executor.execute(() -> work(clerk::begin));
        subscription = Optional.of(store.onChange(this::changed));
        store.followed().forEach(this::changed);
    }

    private void changed(Fingerprint owner) {
        if (!owner.equals(self) && changed.add(owner)) {
            later(owner, Duration.ZERO);
        }
    }

    private void later(Fingerprint owner, Duration delay) {
        try {
            executor.schedule(() -> work(() -> look(owner)), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.log(Level.FINE, "not looked at: {0}", owner);
        }
    }

    private void look(Fingerprint owner) {
        changed.remove(owner);
        try {
            if (clerk.look(owner)) {
                changed(owner);
            }
        } catch (StoreException failed) {
            LOG.log(Level.WARNING, "commands of {0} wait: {1}", new Object[] {owner, failed.getMessage()});
            later(owner, Clerk.AGAIN);
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "a command of " + owner + " met a defect", defect);
            later(owner, Clerk.AGAIN);
        }
    }

    /** Whatever is done, what is due is done with it, and the alarm is set for what is due next. */
    private void work(Runnable task) {
        try {
            clerk.tick();
            task.run();
        } catch (StoreException | OpenPgpException failed) {
            LOG.log(Level.WARNING, "the desk goes on without: {0}", failed.getMessage());
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "the desk met a defect", defect);
        } finally {
            setAlarm();
        }
    }

    private void setAlarm() {
        alarm.ifPresent(old -> old.cancel(false));
        OptionalLong next = clerk.nextNanos();
        alarm = next.isEmpty() || executor.isShutdown()
                ? Optional.empty()
                : Optional.of(executor.schedule(
                        () -> work(() -> {}), Math.max(0, next.getAsLong() - clock.nanos()), TimeUnit.NANOSECONDS));
    }

    /** Whether its thread still does what it is asked to, within {@link #STUCK}; the watchdog's question. */
    public boolean isAlive() {
        try {
            executor.submit(() -> {}).get(STUCK.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException dead) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Puts everything into its fail-safe state, and obeys nobody any more. Once; a second call does nothing. */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            stop();
        }
    }

    private void stop() {
        subscription.ifPresent(Desk::end);
        try {
            executor.submit(this::putAway).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException stuck) {
            LOG.log(Level.SEVERE, "the desk does not stop: {0}", stuck.toString());
            executor.shutdown();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            executor.shutdown();
        }
    }

    /** What waits behind this is dropped: nothing may be switched on again. */
    private void putAway() {
        try {
            clerk.close();
        } finally {
            executor.shutdown();
        }
    }

    private static void end(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception never) {
            throw new AssertionError("unsubscribing does nothing that fails", never);
        }
    }
}
