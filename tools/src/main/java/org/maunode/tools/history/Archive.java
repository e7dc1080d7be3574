package org.maunode.tools.history;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.DocumentException;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Readings;
import org.maunode.identity.FileName;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.ContentStore;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.content.HeldContent;

/**
 * The files of one channel that are here: batches of an hour each, the latest reading, and its old versions. One is read at
 * a time; what is not the node's, or not about the channel, is told and passed over.
 */
public final class Archive {
    /** Old versions that are read, the newest. */
    static final int MAX_VERSIONS = 20_000;

    /** How much later a clock here may be than one there. */
    private static final Duration SLACK = Duration.ofDays(1);

    private final ContentStore store;
    private final Opener opener;
    private final PublicIdentity node;
    private final ChannelName channel;
    private final BiConsumer<FileName, String> refused;
    private final SortedMap<Instant, FileName> batches = new TreeMap<>();
    private Optional<Readings> described = Optional.empty();

    /**
     * Finds the batches, and reads none.
     *
     * @param refused is told of each file that is passed over, and why
     */
    public Archive(
            ContentStore store,
            Opener opener,
            PublicIdentity node,
            ChannelName channel,
            BiConsumer<FileName, String> refused) {
        this.store = Objects.requireNonNull(store);
        this.opener = Objects.requireNonNull(opener);
        this.node = Objects.requireNonNull(node);
        this.channel = Objects.requireNonNull(channel);
        this.refused = Objects.requireNonNull(refused);
        FileWalk.all(store, node.fingerprint()).forEachRemaining(this::index);
    }

    private void index(StoredFile file) {
        NodeId.hourOf(channel, file.name().contentName()).ifPresent(hour -> batches.put(hour, file.name()));
    }

    private FileName latestName() {
        return FileName.published(NodeId.documentOf(channel));
    }

    /** Whether there is any file of the channel, readable or not. */
    public boolean isEmpty() {
        return batches.isEmpty() && store.find(node.fingerprint(), latestName()).isEmpty();
    }

    /** What the first document that was read says of the channel: its title and its unit. */
    Optional<Readings> described() {
        return described;
    }

    /** The hours of which there are batches, in their order. */
    List<Instant> hours(Span span) {
        return batches.keySet().stream().filter(span::meetsHour).toList();
    }

    /** The readings of an hour, as its document has them; none if it cannot be read. */
    List<Entry> batch(Instant hour) {
        return store.find(node.fingerprint(), batches.get(hour)).stream()
                .flatMap(file -> read(file, Readings.MAX_BATCH, Readings::parseBatch).stream())
                .flatMap(opened -> opened.readings().entries().stream())
                .toList();
    }

    /** The latest reading and the versions of it that came here since, in no order. */
    List<Entry> latest(Span span) {
        Instant before = span.since().isBefore(Instant.EPOCH.plus(SLACK))
                ? Instant.EPOCH
                : span.since().minus(SLACK);
        List<StoredFile> versions = store.versions(node.fingerprint(), latestName());
        List<Entry> found = new ArrayList<>();
        Stream.concat(
                        store.find(node.fingerprint(), latestName()).stream(),
                        versions.stream().skip(Math.max(0, versions.size() - MAX_VERSIONS)))
                .filter(file -> !file.modified().isBefore(before))
                .flatMap(file -> read(file, Readings.MAX_READING, Readings::parseLatest).stream())
                .forEach(opened -> opened.readings().entries().forEach(entry -> found.add(dated(entry, opened))));
        return found;
    }

    /** The document of a fault carries the time of its last good value; the fault itself is as old as the signature. */
    private static Entry dated(Entry entry, Opened opened) {
        return entry.quality() == Quality.FAULT && opened.signedAt().isAfter(entry.at())
                ? new Entry(opened.signedAt(), entry.sample(), entry.quality(), entry.sequence())
                : entry;
    }

    private record Opened(Readings readings, Instant signedAt) {}

    private Optional<Opened> read(StoredFile file, int maxBytes, Function<byte[], Readings> parser) {
        try {
            HeldContent content = new HeldContent(maxBytes);
            Instant signedAt = opener.open(file.path(), node, content).signedAt();
            byte[] document =
                    content.bytes().orElseThrow(() -> new IOException("is larger than " + maxBytes + " bytes"));
            Readings readings = parser.apply(document);
            if (isOurs(readings)) {
                described = described.or(() -> Optional.of(readings));
                return Optional.of(new Opened(readings, signedAt));
            }
            refused.accept(file.name(), "is about " + readings.channel() + " of " + readings.node());
        } catch (OpenPgpException | DocumentException | IOException wrong) {
            refused.accept(file.name(), wrong.getMessage());
        }
        return Optional.empty();
    }

    private boolean isOurs(Readings readings) {
        return readings.channel().equals(channel)
                && readings.node().equals(node.fingerprint().toString());
    }
}
