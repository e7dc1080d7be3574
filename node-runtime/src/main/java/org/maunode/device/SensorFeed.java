package org.maunode.device;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.DriverException;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.ChannelSampler;
import org.maunode.device.sampling.Observed;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Reading;
import org.maunode.identity.FileName;
import org.maunode.store.Retention;

/** One sensor and the file of its latest reading. Confined to the publisher's thread. */
final class SensorFeed {
    private static final Logger LOG = Logger.getLogger("org.maunode.device");
    private static final String SEQUENCE = "mau:sequence";

    private final NodeId node;
    private final Driver driver;
    private final ChannelSampler sampler;
    private final SignedDocuments documents;
    private final Retention retention;
    private long lastSequence = -1;

    SensorFeed(NodeId node, SensorChannel channel, Driver driver, SignedDocuments documents, Retention retention) {
        this.node = Objects.requireNonNull(node);
        this.driver = Objects.requireNonNull(driver);
        this.sampler = new ChannelSampler(channel);
        this.documents = Objects.requireNonNull(documents);
        this.retention = Objects.requireNonNull(retention);
    }

    SensorChannel channel() {
        return sampler.channel();
    }

    Duration untilDue(Instant now) {
        return sampler.untilDue(now);
    }

    /** Reads the sensor, and writes its file if there is news. */
    void sample(Instant now) {
        observe(now).ifPresent(this::publish);
    }

    private Optional<Observed> observe(Instant now) {
        try {
            return sampler.sampled(driver.read(), now);
        } catch (DriverException fault) {
            Optional<Observed> news = sampler.failed(fault.reason(), now);
            news.ifPresent(_ ->
                    LOG.log(Level.WARNING, "{0}: {1}", new Object[] {channel().name(), fault.getMessage()}));
            return news;
        }
    }

    private void publish(Observed observed) {
        long sequence = lastSequence() + 1;
        String json = new Reading(node, observed, driver.technique(), sequence).toJson();
        documents.publish(file(), json, retention);
        lastSequence = sequence;
        sampler.published(observed);
        LOG.log(Level.FINE, "{0}: reading {1} published", new Object[] {
            channel().name(), sequence
        });
    }

    /** The file itself remembers: what others saw last is what must not be gone behind, also after a power cut. */
    private long lastSequence() {
        if (lastSequence < 0) {
            lastSequence = documents.find(file()).map(SensorFeed::sequenceOf).orElse(0L);
        }
        return lastSequence;
    }

    private static long sequenceOf(JsonObject reading) {
        JsonValue sequence = reading.get(SEQUENCE);
        try {
            return sequence == null ? 0 : Math.max(0, sequence.asLong());
        } catch (NumberFormatException | UnsupportedOperationException notACount) {
            return 0;
        }
    }

    private FileName file() {
        return FileName.published(NodeId.documentOf(channel().name()));
    }
}
