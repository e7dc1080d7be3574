package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.ChannelSampler;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.StoreException;

/**
 * The readings of one channel, and the file of the latest one. Confined to the publisher's thread, but for {@link #latest}.
 */
final class SensorFeed {
    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final ChannelSampler sampler;
    private final ReadingFile file;
    private String technique;
    private boolean isHeldUp;
    private volatile Optional<Observed> latest = Optional.empty();

    /** @param good the quality of what was measured: {@code OK}, or {@code SIMULATED} on a board that is made up */
    SensorFeed(SensorChannel channel, Quality good, ReadingFile.Place place) {
        this.sampler = new ChannelSampler(channel, good);
        this.file = new ReadingFile(place, channel);
        this.technique = channel.driver().id();
    }

    SensorChannel channel() {
        return sampler.channel();
    }

    /** What is known of the channel now, though it may be no news. For any thread. */
    Optional<Observed> latest() {
        return latest;
    }

    Duration untilDue(Instant now) {
        return sampler.untilDue(now);
    }

    Optional<Instant> failingSince() {
        return sampler.failingSince();
    }

    /** Whether something is published under the channel's name, also by an earlier run. */
    boolean isPublished() {
        return file.exists();
    }

    /** Notes that the sensor is being asked. */
    void asked(Instant now) {
        sampler.asked(now);
    }

    /** Takes what the sensor answered, and writes the channel's file if that is news. */
    void answered(Answer answer, String how, Instant at) {
        technique = how;
        switch (answer) {
            case Answer.Value(Sample sample) -> measured(sample, at);
            case Answer.Fault(DriverException.Reason reason, String message) -> failed(reason, message, at);
        }
    }

    /** Takes a value, asked for or told. */
    void measured(Sample sample, Instant at) {
        Optional<Observed> news = sampler.sampled(sample, at);
        latest = sampler.known();
        news.ifPresent(found -> publish(found, at));
    }

    /** @param message for the log */
    void failed(DriverException.Reason reason, String message, Instant at) {
        Optional<Observed> news = sampler.failed(reason, at);
        latest = sampler.known();
        news.ifPresent(
                _ -> LOG.log(Level.WARNING, "{0}: {1}", new Object[] {channel().name(), message}));
        news.ifPresent(found -> publish(found, at));
    }

    /** Takes that the sensor does not answer. */
    void overdue(Instant now) {
        Optional<Observed> news = sampler.overdue(now);
        latest = sampler.known();
        news.ifPresent(_ -> LOG.log(Level.WARNING, "{0}: {1} does not answer", new Object[] {
            channel().name(), technique
        }));
        news.ifPresent(found -> publish(found, now));
    }

    /** The one place where a reading goes out. One that cannot be written is offered again with the next sample. */
    private void publish(Observed observed, Instant now) {
        try {
            long sequence = file.publish(observed, technique, now);
            sampler.published(observed);
            isHeldUp = false;
            LOG.log(Level.FINE, "{0}: reading {1} published", new Object[] {
                channel().name(), sequence
            });
        } catch (StoreException | OpenPgpException failed) {
            heldUp(failed);
        }
    }

    /** A disk that is full is said once, and not each second. */
    private void heldUp(RuntimeException failed) {
        LOG.log(isHeldUp ? Level.FINE : Level.WARNING, "{0} is not published: {1}; it is tried again", new Object[] {
            channel().name(), failed.getMessage()
        });
        isHeldUp = true;
    }
}
