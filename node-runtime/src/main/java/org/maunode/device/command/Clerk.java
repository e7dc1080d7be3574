package org.maunode.device.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.maunode.device.command.Hearing.Received;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** Takes commands from commanders' directories in the order in which they came, and answers each. Confined to one thread. */
final class Clerk implements AutoCloseable {
    /** Commands that are read before others get their turn, and what is due is done. */
    static final int AT_A_TIME = 4;

    /** What the disk did not take is tried again after this. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    private static final int BATCH = 128;
    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final Account account;
    private final ContentStore store;
    private final List<ActuatorFeed> feeds;
    private final Ledger ledger;
    private final Hearing hearing;
    private final Results results;
    private final DeskClock clock;
    private final Map<Fingerprint, Commander> commanders = new LinkedHashMap<>();
    private final Deque<Intent> leftOpen;
    private OptionalLong leftOpenAt = OptionalLong.empty();

    Clerk(
            Account account,
            ContentStore store,
            List<ActuatorFeed> feeds,
            Ledger ledger,
            Hearing hearing,
            Results results,
            DeskClock clock) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.feeds = List.copyOf(feeds);
        this.ledger = Objects.requireNonNull(ledger);
        this.hearing = Objects.requireNonNull(hearing);
        this.results = Objects.requireNonNull(results);
        this.clock = Objects.requireNonNull(clock);
        this.leftOpen = new ArrayDeque<>(ledger.open());
    }

    /** Says how the actuators are, and what became of the commands that the last run left open. */
    void begin() {
        feeds.forEach(ActuatorFeed::begin);
        answerLeftOpen();
    }

    private void answerLeftOpen() {
        leftOpenAt = OptionalLong.empty();
        try {
            while (!leftOpen.isEmpty()) {
                Intent intent = leftOpen.element();
                if (!results.answers(intent.id(), intent.sha256())) {
                    say(hearing.afterRestart(intent));
                }
                ledger.done(intent.id());
                leftOpen.remove();
            }
        } catch (StoreException full) {
            LOG.log(Level.WARNING, "a command of the last run is not answered yet: {0}", full.getMessage());
            leftOpenAt = OptionalLong.of(clock.nanos() + AGAIN.toNanos());
        }
    }

    /**
     * Deals with the next files of a followed peer.
     *
     * @return whether there may be more
     * @throws StoreException if the disk fails; the same file is dealt with again the next time
     */
    boolean look(Fingerprint owner) {
        Optional<PublicIdentity> key = account.keyring().find(owner);
        return key.isPresent() && look(commander(owner), key.get());
    }

    private Commander commander(Fingerprint owner) {
        return commanders.computeIfAbsent(owner, who -> new Commander(who, ledger.settled(who), clock.nanos()));
    }

    private boolean look(Commander commander, PublicIdentity key) {
        List<StoredFile> files = store.list(commander.who(), commander.reached(), BATCH);
        int read = 0;
        for (StoredFile file : files) {
            if (read == AT_A_TIME) {
                return true;
            }
            read += take(commander, key, file);
            commander.reach(Position.after(file));
        }
        return files.size() == BATCH;
    }

    /** How many commands were read: 0 or 1. */
    private int take(Commander commander, PublicIdentity key, StoredFile file) {
        Optional<Ulid> ulid = CommandId.ofFile(file.name().value());
        if (ulid.isEmpty()) {
            return 0;
        }
        CommandId named = new CommandId(commander.who().toString(), ulid.get());
        if (!commander.isHeard(clock.nanos())) {
            commander.pass(named, file, clock.nanos());
            return 0;
        }
        Position settled = commander.hasCrowd() ? Position.START : commander.reached();
        answer(commander, new Received(named, file, key, settled));
        if (!commander.hasCrowd()) {
            settle(commander.who(), Position.after(file));
        }
        return 1;
    }

    private void answer(Commander commander, Received received) {
        Optional<CommandResult> result = commander.unsaid(received.named(), received.sha256());
        if (result.isEmpty() && !results.answers(received.named(), received.sha256())) {
            result = hearing.hear(received);
        }
        result.ifPresent(commander::toSay);
        result.ifPresent(this::say);
        commander.said();
        ledger.done(received.named());
        if (result.filter(said -> !said.code().isSuccess()).isPresent()) {
            commander.refused(clock.nanos());
        }
    }

    private void say(CommandResult result) {
        try {
            results.publish(result);
            LOG.log(Level.INFO, "command {0}: {1}: {2}", new Object[] {
                result.about().id().address(), result.code().word(), result.words()
            });
        } catch (OpenPgpException unusable) {
            LOG.log(Level.SEVERE, "the result of {0} cannot be signed: {1}", new Object[] {
                result.about().id().address(), unusable.getMessage()
            });
        }
    }

    private void settle(Fingerprint who, Position place) {
        try {
            ledger.settle(who, place);
        } catch (StoreException later) {
            LOG.log(Level.FINE, "the journal of commands is behind: {0}", later.getMessage());
        }
    }

    /** Does what is due: switches back, answers crowds, tries again what failed. */
    void tick() {
        feeds.forEach(ActuatorFeed::tick);
        long now = clock.nanos();
        if (leftOpenAt.isPresent() && now - leftOpenAt.getAsLong() >= 0) {
            answerLeftOpen();
        }
        commanders.values().forEach(commander -> commander.due(now).ifPresent(crowd -> answer(commander, crowd)));
    }

    /** The intent goes first: who was told that it is too many must not be obeyed after a restart. */
    private void answer(Commander commander, Crowd crowd) {
        try {
            CommandResult result = hearing.together(crowd);
            ledger.begin(Intent.of(result, crowd.end()));
            say(result);
            ledger.done(crowd.last());
            commander.answered(clock.nanos(), Commander.GATHERED_AGAIN);
            settle(commander.who(), commander.reached());
        } catch (StoreException full) {
            LOG.log(Level.WARNING, "{0} commands of {1} are not answered yet: {2}", new Object[] {
                crowd.count(), commander.who(), full.getMessage()
            });
            commander.later(clock.nanos(), AGAIN);
        }
    }

    /** When {@link #tick} has something to do, by the monotonic clock. */
    OptionalLong nextNanos() {
        return LongStream.concat(
                        leftOpenAt.stream(),
                        Stream.concat(
                                        feeds.stream().map(ActuatorFeed::nextNanos),
                                        commanders.values().stream().map(Commander::nextNanos))
                                .flatMapToLong(OptionalLong::stream))
                .boxed()
                .min((one, other) -> Long.signum(one - other))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Puts everything into its fail-safe state first. */
    @Override
    public void close() {
        feeds.forEach(ActuatorFeed::close);
        try {
            ledger.keep();
        } catch (StoreException lost) {
            LOG.log(Level.FINE, "the journal of commands stays behind: {0}", lost.getMessage());
        }
    }
}
