package org.maunode.device;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.NodeId;

/**
 * The hours of all channels, one file for each hour of each channel: written when it is over, at checkpoints, and at the end.
 * Not safe for several threads.
 */
final class Batches {
    private final NodeId node;
    private final SignedDocuments documents;
    private final WritePolicy policy;
    private final Map<ChannelName, BatchFile> files = new LinkedHashMap<>();
    private final BatchShelf shelf;

    Batches(NodeId node, SignedDocuments documents, WritePolicy policy) {
        this.node = Objects.requireNonNull(node);
        this.documents = Objects.requireNonNull(documents);
        this.policy = Objects.requireNonNull(policy);
        this.shelf = new BatchShelf(documents, policy.batches());
    }

    /** Takes a reading that was published. */
    void add(SensorChannel channel, Observed observed, long sequence, Instant now) {
        files.computeIfAbsent(channel.name(), _ -> new BatchFile(node, channel, documents, policy.checkpoint()))
                .add(Entry.of(observed, sequence), now);
    }

    /** How long until something is to be written; an hour at most. */
    Duration untilDue(Instant now) {
        return files.values().stream()
                .map(file -> file.untilDue(now))
                .min(Duration::compareTo)
                .orElse(BatchFile.HOUR);
    }

    /** Writes what is due. When an hour is over, the oldest that are too many go. */
    void writeDue(Instant now) {
        boolean ended = false;
        for (BatchFile file : files.values()) {
            ended |= file.writeDue(now);
        }
        if (ended) {
            clear(files.values().stream().map(BatchFile::channel).toList());
        }
    }

    /** Deletes hours that are too many, and those that an earlier run left open of a channel that is sealed now. */
    void clear(List<SensorChannel> channels) {
        shelf.clear(channels);
    }

    /** Writes everything; a process that starts in the same hour goes on with it. */
    void writeAll(Instant now) {
        files.values().forEach(file -> file.write(now));
    }
}
