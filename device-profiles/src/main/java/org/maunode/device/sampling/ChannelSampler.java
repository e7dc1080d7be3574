package org.maunode.device.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;

/**
 * Decides when a channel is sampled, and which samples are worth publishing. It reads no sensor, no clock and no file:
 *
 * <pre>
 *   untilDue(now) ── zero ──► asked(now) ──► read the driver ──► sampled(sample, at) ──┐
 *        ▲                                       │    └─ fails ──► failed(reason, at) ─┤
 *        │           an edge ──► sampled(…) ─────┤                                     ▼
 *        │                                       └─ no answer ──► overdue(now) ──► something to publish, or nothing
 *        └───────────────────────────────────────────── published(observed) ◄── written ◄──┘
 * </pre>
 *
 * What was handed out counts as published only once {@link #published} says so: a write that fails is offered again
 * with the next sample. Not safe for use by several threads at once.
 */
public final class ChannelSampler {
    /**
     * How far from its time a sensor may be asked and keep that time: channels that are due about now share one wake-up,
     * and a period does not grow by the time that waking up takes.
     */
    public static final Duration TOGETHER = Duration.ofMillis(250);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final SensorChannel channel;
    private final Quality good;
    private final boolean tells;
    private Optional<Observed.Measured> lastGood = Optional.empty();
    private Optional<Observed> known = Optional.empty();
    private Optional<Observed> lastPublished = Optional.empty();
    private Optional<Instant> failingSince = Optional.empty();
    private Optional<Instant> lastTurn = Optional.empty();
    private int failures;

    public ChannelSampler(SensorChannel channel) {
        this(channel, Quality.OK);
    }

    /** @param good the quality of a sample that was not refused: {@code SIMULATED} where the sensor is made up */
    public ChannelSampler(SensorChannel channel, Quality good) {
        this.channel = Objects.requireNonNull(channel);
        this.good = Objects.requireNonNull(good);
        this.tells = channel.device().wiring() instanceof Wiring.GpioLine;
    }

    public SensorChannel channel() {
        return channel;
    }

    /**
     * How long to wait before the sensor is read again; zero when it is time, and at first. A clock that was set back
     * makes it due at once, rather than after the hours that the clock lost.
     */
    public Duration untilDue(Instant now) {
        return nextTurn()
                .filter(_ -> !wasSetBack(now))
                .map(next -> Duration.between(now, next))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private Optional<Instant> nextTurn() {
        return lastTurn.map(turn -> turn.plus(pause()));
    }

    /** The period of a line that tells by itself is that of a look beside: an hour's would be too long to be without it. */
    private Duration pause() {
        return tells && failures > 0
                ? Backoff.after(failures, FIRST_LOOK, Backoff.LONGEST)
                : Backoff.after(failures, channel.period());
    }

    private boolean wasSetBack(Instant now) {
        return lastTurn.filter(turn -> now.isBefore(turn.minus(TOGETHER))).isPresent();
    }

    /** Notes that the sensor is being asked. */
    public void asked(Instant now) {
        lastTurn = Optional.of(nextTurn().filter(next -> isAbout(next, now)).orElse(now));
    }

    private static boolean isAbout(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TOGETHER) <= 0;
    }

    /** Takes a good sample, asked for or not; answers with what to publish, if the value moved or the fault is over. */
    public Optional<Observed> sampled(Sample sample, Instant at) {
        Observed.Measured measured = new Observed.Measured(channel, sample, at, good);
        lastGood = Optional.of(measured);
        failingSince = Optional.empty();
        failures = 0;
        return news(measured);
    }

    /** Takes a failure; answers with what to publish, if that is news. */
    public Optional<Observed> failed(DriverException.Reason reason, Instant now) {
        Instant since = failingSince.orElse(now);
        failingSince = Optional.of(since);
        failures++;
        Observed fault = lastGood.<Observed>map(last -> new Observed.Lost(last, reason, since))
                .orElseGet(() -> new Observed.Missing(channel, reason, since));
        return news(fault);
    }

    /**
     * Takes that the sensor was asked and has not answered in time; answers with what to publish, if that is news: the last
     * good value as a stale one, or that there is none. What failed before it fell silent goes on being a fault.
     */
    public Optional<Observed> overdue(Instant now) {
        Observed silent = lastGood.<Observed>map(Observed.Measured::stale)
                .orElseGet(() -> new Observed.Missing(channel, DriverException.Reason.SILENT, now));
        return failingSince.isPresent() ? Optional.empty() : news(silent);
    }

    /** What is known of the channel now, though it may have been no news. */
    public Optional<Observed> known() {
        return known;
    }

    /** Since when the sensor has failed, if it does. */
    public Optional<Instant> failingSince() {
        return failingSince;
    }

    /** Notes that {@code observed} was written and is what others see now. */
    public void published(Observed observed) {
        lastPublished = Optional.of(observed);
    }

    private Optional<Observed> news(Observed observed) {
        known = Optional.of(observed);
        return known.filter(
                _ -> lastPublished.map(last -> differs(observed, last)).orElse(true));
    }

    private boolean differs(Observed observed, Observed last) {
        if (observed.quality() != last.quality()) {
            return true;
        }
        return observed instanceof Observed.Measured now
                && last instanceof Observed.Measured then
                && now.sample().isBeyond(channel.resolution().deadBand(), then.sample());
    }
}
