package org.maunode.device.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.Publisher;
import org.maunode.device.SignedDocuments;
import org.maunode.device.driver.Actuator;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.OpenedActuator;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.State;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoreException;

/**
 * One actuator, the rules that keep it harmless, and the file of its state. Confined to one thread.
 *
 * <pre>
 *                 command: another state, for a time
 *   fail-safe ─────────────────────────────────────► commanded ──┐ command: longer, or another state
 *       ▲  ▲                                           │   ▲─────┘
 *       │  └──── the time is over, or a command ───────┘
 *       └─────── start, stop
 * </pre>
 *
 * How long it stays is measured by the monotonic clock alone.
 */
final class ActuatorFeed implements AutoCloseable {
    /** What failed, the driver or the disk, is tried again after this. */
    static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final NodeId node;
    private final ActuatorChannel channel;
    private final Supplier<OpenedActuator> opening;
    private final SignedDocuments documents;
    private final DeskClock clock;
    private Optional<Actuator> actuator = Optional.empty();
    private Setting value;
    private Instant since;
    private String why = "";
    private Optional<CommandId> cause = Optional.empty();
    private Optional<Instant> autoOffAt = Optional.empty();
    private OptionalLong offAt = OptionalLong.empty();
    private String whyOff = "";
    private OptionalLong switchedAt = OptionalLong.empty();
    private OptionalLong publishAt = OptionalLong.empty();
    private long sequence = -1;

    ActuatorFeed(
            NodeId node,
            ActuatorChannel channel,
            Supplier<OpenedActuator> opening,
            SignedDocuments documents,
            DeskClock clock) {
        this.node = Objects.requireNonNull(node);
        this.channel = Objects.requireNonNull(channel);
        this.opening = Objects.requireNonNull(opening);
        this.documents = Objects.requireNonNull(documents);
        this.clock = Objects.requireNonNull(clock);
        this.value = channel.safety().failSafe();
        this.since = clock.now();
    }

    ActuatorChannel channel() {
        return channel;
    }

    /** {@code pump is on until 2026-11-23T08:26:02Z}. */
    String sentence() {
        return channel.name() + " is " + channel.say(value)
                + autoOffAt.map(time -> " until " + time).orElse("");
    }

    /** Puts it into its fail-safe state, which opening does, before anything is read or written. */
    void open() {
        if (actuator.isEmpty()) {
            switch (opening.get()) {
                case OpenedActuator.Ready(Actuator ready) -> actuator = Optional.of(ready);
                case OpenedActuator.Absent(String reason) ->
                    LOG.log(Level.WARNING, "{0}: {1}", new Object[] {channel.name(), reason});
            }
        }
    }

    /** Says so, if the state that was published last is another one. */
    void begin() {
        try {
            Optional<JsonObject> last = documents.find(file());
            if (last.filter(this::isStill).isEmpty()) {
                last.ifPresent(_ -> switchedAt = OptionalLong.of(clock.nanos()));
                fallen(actuator.isPresent() ? "the node started" : "it cannot be driven", Optional.empty());
                publish();
            }
        } catch (StoreException unreadable) {
            fallen("the node started", Optional.empty());
            publishAgain(unreadable);
        }
    }

    private boolean isStill(JsonObject state) {
        State now = new State(node, channel, value, since, 1, "", Optional.empty(), Optional.empty());
        JsonObject told = Json.parse(now.toJson()).asObject();
        return state.get("mau:autoOffAt") == null && told.get("value").equals(state.get("value"));
    }

    private static long sequenceOf(JsonObject state) {
        JsonValue sequence = state.get("mau:sequence");
        try {
            return sequence == null ? 0 : Math.max(0, sequence.asLong());
        } catch (NumberFormatException | UnsupportedOperationException notACount) {
            return 0;
        }
    }

    /** Whether the channel was switched a moment ago; the way back to safety is never too soon, nor is staying. */
    boolean isTooSoonFor(Setting wanted, long nanos) {
        return !wanted.equals(value)
                && !wanted.equals(channel.safety().failSafe())
                && switchedAt.isPresent()
                && nanos - switchedAt.getAsLong()
                        < channel.safety().leastBetween().toNanos();
    }

    /**
     * Obeys.
     *
     * @param wanted a setting that the channel accepts
     * @param time for how long; the longest that the channel allows, if that is less or nothing was said
     * @return whether anything changed
     * @throws DriverException if it is not sure that it is set
     */
    boolean obey(Setting wanted, Optional<Duration> time, CommandId command) {
        Setting before = value;
        set(wanted);
        boolean isSafe = wanted.equals(channel.safety().failSafe());
        boolean changed = !isSafe || !before.equals(wanted);
        if (isSafe) {
            offAt = OptionalLong.empty();
            autoOffAt = Optional.empty();
        } else {
            stay(time.filter(asked -> asked.compareTo(channel.safety().longestOn()) < 0)
                    .orElse(channel.safety().longestOn()));
        }
        if (changed) {
            since = before.equals(wanted) ? since : clock.now();
            why = "";
            cause = Optional.of(command);
            publish();
        }
        return changed;
    }

    private void stay(Duration time) {
        offAt = OptionalLong.of(clock.nanos() + time.toNanos());
        whyOff = "the time of the command is over";
        autoOffAt = Optional.of(clock.now().plus(time).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Where the driver does not answer, nobody knows what it did: it is brought back to safety as soon as it can be. */
    private void set(Setting wanted) {
        open();
        Actuator present =
                actuator.orElseThrow(() -> new DriverException(DriverException.Reason.VANISHED, "it cannot be driven"));
        try {
            present.set(wanted);
        } catch (DriverException fault) {
            offAt = OptionalLong.of(clock.nanos() + AGAIN.toNanos());
            whyOff = "it failed, and answers again";
            throw fault;
        }
        if (!wanted.equals(value)) {
            switchedAt = OptionalLong.of(clock.nanos());
        }
        value = wanted;
    }

    /** Does what is due. */
    void tick() {
        long now = clock.nanos();
        if (offAt.isPresent() && now - offAt.getAsLong() >= 0) {
            fallBack();
        }
        if (publishAt.isPresent() && now - publishAt.getAsLong() >= 0) {
            publish();
        }
    }

    private void fallBack() {
        String reason = whyOff;
        try {
            set(channel.safety().failSafe());
            offAt = OptionalLong.empty();
            fallen(reason, cause);
            publish();
        } catch (DriverException fault) {
            whyOff = reason;
            LOG.log(Level.SEVERE, "{0} does not return to {1}: {2}; it is tried again", new Object[] {
                channel.name(), channel.say(channel.safety().failSafe()), fault.getMessage()
            });
        }
    }

    private void fallen(String reason, Optional<CommandId> by) {
        value = channel.safety().failSafe();
        since = clock.now();
        why = reason;
        cause = by;
        autoOffAt = Optional.empty();
    }

    /** When {@link #tick} has something to do, by the monotonic clock. */
    OptionalLong nextNanos() {
        if (offAt.isEmpty() || publishAt.isEmpty()) {
            return offAt.isEmpty() ? publishAt : offAt;
        }
        return offAt.getAsLong() - publishAt.getAsLong() < 0 ? offAt : publishAt;
    }

    /** The state as it is now. */
    State state() {
        return new State(node, channel, value, since, Math.max(1, sequence), why, cause, autoOffAt);
    }

    /** A disk that does not take it keeps nobody from switching; it is tried again. */
    private void publish() {
        try {
            long next = lastSequence() + 1;
            State state = new State(node, channel, value, since, next, why, cause, autoOffAt);
            documents.publishNext(file(), state.toJson(), documents.readersOf(channel), Publisher.RETENTION);
            sequence = next;
            publishAt = OptionalLong.empty();
            LOG.log(Level.INFO, "{0}{1}", new Object[] {sentence(), why.isEmpty() ? "" : ": " + why});
        } catch (StoreException | OpenPgpException failed) {
            publishAgain(failed);
        }
    }

    private void publishAgain(RuntimeException failed) {
        publishAt = OptionalLong.of(clock.nanos() + AGAIN.toNanos());
        LOG.log(Level.WARNING, "the state of {0} is not published: {1}", new Object[] {
            channel.name(), failed.getMessage()
        });
    }

    /** The file itself remembers: what others saw last is what must not be gone behind, also after a power cut. */
    private long lastSequence() {
        if (sequence < 0) {
            sequence = documents.find(file()).map(ActuatorFeed::sequenceOf).orElse(0L);
        }
        return sequence;
    }

    private FileName file() {
        return FileName.published(NodeId.documentOf(channel.name()));
    }

    /** Puts it into its fail-safe state, and says so. */
    @Override
    public void close() {
        actuator.ifPresent(Actuator::close);
        if (actuator.isPresent() && !value.equals(channel.safety().failSafe())) {
            fallen("the node stopped", Optional.empty());
            publish();
        }
        actuator = Optional.empty();
    }
}
