package org.maunode.device.sampling;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;

/**
 * Decides when a channel is sampled, and which samples are worth publishing. It reads no sensor, no clock and no file:
 *
 * <pre>
 *   untilDue(now) ── zero ──► read the driver ──► sampled(sample, now) ─┐
 *        ▲                          └─ fails ──► failed(reason, now)  ──┤
 *        │                                                              ▼
 *        └──────────── published(observed) ◄── written ◄── something to publish, or nothing
 * </pre>
 *
 * What was handed out counts as published only once {@link #published} says so: a write that fails is offered again
 * with the next sample. Not safe for use by several threads at once.
 */
public final class ChannelSampler {
    private final SensorChannel channel;
    private final Quality good;
    private Optional<Observed.Measured> lastGood = Optional.empty();
    private Optional<Observed> lastPublished = Optional.empty();
    private Optional<Instant> failingSince = Optional.empty();
    private Optional<Instant> lastAttempt = Optional.empty();
    private int failures;

    public ChannelSampler(SensorChannel channel) {
        this(channel, Quality.OK);
    }

    /** @param good the quality of a sample that was not refused: {@code SIMULATED} where the sensor is made up */
    public ChannelSampler(SensorChannel channel, Quality good) {
        this.channel = Objects.requireNonNull(channel);
        this.good = Objects.requireNonNull(good);
    }

    public SensorChannel channel() {
        return channel;
    }

    /**
     * How long to wait before the sensor is read again; zero when it is time, and at first. A clock that was set back
     * makes it due at once, rather than after the hours that the clock lost.
     */
    public Duration untilDue(Instant now) {
        return lastAttempt
                .filter(attempt -> !now.isBefore(attempt))
                .map(attempt -> Duration.between(now, attempt.plus(Backoff.after(failures, channel.period()))))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** Takes a good sample; answers with what to publish, if the value moved or the fault is over. */
    public Optional<Observed> sampled(Sample sample, Instant now) {
        Observed.Measured measured = new Observed.Measured(channel, sample, now, good);
        lastAttempt = Optional.of(now);
        lastGood = Optional.of(measured);
        failingSince = Optional.empty();
        failures = 0;
        return isNews(measured) ? Optional.of(measured) : Optional.empty();
    }

    /** Takes a failure; answers with what to publish, if that is news. */
    public Optional<Observed> failed(DriverException.Reason reason, Instant now) {
        lastAttempt = Optional.of(now);
        Instant since = failingSince.orElse(now);
        failingSince = Optional.of(since);
        failures++;
        Observed fault = lastGood.<Observed>map(last -> new Observed.Lost(last, reason, since))
                .orElseGet(() -> new Observed.Missing(channel, reason, since));
        return isNews(fault) ? Optional.of(fault) : Optional.empty();
    }

    /** Notes that {@code observed} was written and is what others see now. */
    public void published(Observed observed) {
        lastPublished = Optional.of(observed);
    }

    private boolean isNews(Observed observed) {
        return lastPublished.map(last -> differs(observed, last)).orElse(true);
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
