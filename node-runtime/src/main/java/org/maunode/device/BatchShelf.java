package org.maunode.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/** The batches that are kept: of each channel the newest, by when they were written, so that no clock takes them all. */
final class BatchShelf {
    private static final Logger LOG = Logger.getLogger("org.maunode.device");

    private final SignedDocuments documents;
    private final int kept;

    BatchShelf(SignedDocuments documents, int kept) {
        this.documents = Objects.requireNonNull(documents);
        this.kept = kept;
    }

    /** Deletes the oldest of these channels that are too many, and those that are open where the channel is not any more. */
    void clear(List<SensorChannel> channels) {
        if (channels.isEmpty()) {
            return;
        }
        Map<String, Integer> surplus = new HashMap<>();
        Map<String, Readers> readers = new HashMap<>();
        channels.forEach(channel -> surplus.put(channel.name().value(), -kept));
        channels.forEach(channel -> readers.put(channel.name().value(), documents.readersOf(channel)));
        try {
            forEach((channel, _) -> surplus.computeIfPresent(channel, (_, count) -> count + 1));
            forEach((channel, file) -> {
                boolean tooMany = surplus.getOrDefault(channel, 0) > 0;
                boolean tooOpen = isClosed(readers, channel) && !file.envelope().sealed();
                if (tooMany) {
                    surplus.merge(channel, -1, Integer::sum);
                }
                if (tooMany || tooOpen) {
                    documents.delete(file.name());
                }
            });
        } catch (StoreException later) {
            LOG.log(Level.WARNING, "old batches are not deleted: {0}", later.getMessage());
        }
    }

    private static boolean isClosed(Map<String, Readers> readers, String channel) {
        return readers.containsKey(channel) && !(readers.get(channel) instanceof Readers.Everyone);
    }

    /** What is done with a batch. */
    @FunctionalInterface
    private interface Visitor {
        void visit(String channel, StoredFile batch);
    }

    /** Oldest first. */
    private void forEach(Visitor visitor) {
        documents.forEachFile(file -> channel(file).ifPresent(channel -> visitor.visit(channel, file)));
    }

    private static Optional<String> channel(StoredFile file) {
        String document = file.name().contentName();
        return NodeId.isBatch(document) ? NodeId.channelOf(document).map(ChannelName::value) : Optional.empty();
    }
}
