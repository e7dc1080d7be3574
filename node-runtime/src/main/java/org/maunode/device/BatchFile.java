package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.vocabulary.Batch;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.DocumentException;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Readings;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;

/** The hour of one channel that goes on, and its file. Not safe for several threads. */
final class BatchFile {
    static final Duration HOUR = Duration.ofHours(1);

    /** After a write that failed. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** The hour itself is the history. */
    static final Retention NO_VERSIONS = new Retention.KeepLast(0);

    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final NodeId node;
    private final SensorChannel channel;
    private final SignedDocuments documents;
    private final Duration checkpoint;
    private Optional<HourOfReadings> current = Optional.empty();
    private boolean isWritten = true;
    private Instant checkpointAt = Instant.MIN;
    private Instant notBefore = Instant.MIN;

    BatchFile(NodeId node, SensorChannel channel, SignedDocuments documents, Duration checkpoint) {
        this.node = Objects.requireNonNull(node);
        this.channel = Objects.requireNonNull(channel);
        this.documents = Objects.requireNonNull(documents);
        this.checkpoint = Objects.requireNonNull(checkpoint);
    }

    SensorChannel channel() {
        return channel;
    }

    /** A reading of another hour ends the one that goes on. What cannot be written then is lost, which is said. */
    void add(Entry entry, Instant now) {
        Instant hour = HourOfReadings.of(entry);
        if (current.filter(readings -> readings.hour().equals(hour)).isEmpty()) {
            write(now);
            current = Optional.of(HourOfReadings.of(hour, written(hour, entry.sequence())));
            isWritten = true;
        }
        if (isWritten) {
            checkpointAt = now.plus(checkpoint);
        }
        current.get().add(entry);
        isWritten = false;
    }

    /** What an earlier process wrote of this hour; a batch that is not ours, or not to be read, is written anew. */
    private List<Entry> written(Instant hour, long below) {
        try {
            return documents.content(file(hour)).map(Readings::parseBatch).map(Readings::entries).stream()
                    .flatMap(List::stream)
                    .filter(entry -> entry.sequence() < below)
                    .toList();
        } catch (StoreException | DocumentException lost) {
            LOG.log(Level.WARNING, "{0} is written anew: {1}", new Object[] {file(hour), lost.getMessage()});
            return List.of();
        }
    }

    /** How long until something is to be written; an hour at most. */
    Duration untilDue(Instant now) {
        Duration wait = current.isEmpty() ? HOUR : Duration.between(now, due());
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(HOUR) < 0 ? wait : HOUR;
    }

    private Instant due() {
        Instant next = !isWritten && checkpointAt.isBefore(end()) ? checkpointAt : end();
        return next.isAfter(notBefore) ? next : notBefore;
    }

    private Instant end() {
        return current.map(readings -> readings.hour().plus(HOUR)).orElse(Instant.MAX);
    }

    /** {@code true} if an hour was over, and is written. */
    boolean writeDue(Instant now) {
        if (current.isEmpty() || now.isBefore(due())) {
            return false;
        }
        write(now);
        boolean ended = isWritten && !now.isBefore(end());
        if (ended) {
            current = Optional.empty();
        }
        return ended;
    }

    /** Writes what is not written yet. */
    void write(Instant now) {
        if (isWritten || current.isEmpty()) {
            return;
        }
        HourOfReadings readings = current.get();
        FileName file = file(readings.hour());
        try {
            Batch batch = new Batch(node, channel, readings.hour(), readings.entries(), readings.published());
            documents.publish(file, batch.toJson(), documents.readersOf(channel), NO_VERSIONS);
            isWritten = true;
            notBefore = Instant.MIN;
        } catch (StoreException | OpenPgpException failed) {
            notBefore = now.plus(AGAIN);
            LOG.log(Level.WARNING, "{0} is not written: {1}", new Object[] {file, failed.getMessage()});
        }
    }

    private FileName file(Instant hour) {
        return FileName.published(NodeId.batchOf(channel.name(), hour));
    }
}
