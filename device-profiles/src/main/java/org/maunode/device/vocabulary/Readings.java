package org.maunode.device.vocabulary;

import java.util.List;
import java.util.Objects;
import org.maunode.device.profile.ChannelName;

/**
 * What a document of somebody else says of one channel: its latest reading or state, or an hour of readings.
 *
 * @param node fingerprint of the node whose channel it is, 40 hexadecimal digits in lower case
 * @param title what people call the channel
 * @param unit of its numbers as people write it; empty where there is none
 * @param entries in the order of the document; up to {@link Batch#MAX_ENTRIES}
 */
public record Readings(String node, ChannelName channel, String title, String unit, List<Batch.Entry> entries) {
    /** Bytes of a document with one reading. */
    public static final int MAX_READING = StrictJson.MAX_BYTES;

    /** Bytes of a document with an hour of them. */
    public static final int MAX_BATCH = 2 << 20;

    public Readings {
        Objects.requireNonNull(node);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(title);
        Objects.requireNonNull(unit);
        entries = List.copyOf(entries);
    }

    /**
     * Reads a {@code mau:Reading} or a {@code mau:State} strictly. Of a fault the last good value is left out: it was read
     * before.
     *
     * @throws DocumentException if it is neither; the message says where, and what is wrong
     */
    public static Readings parseLatest(byte[] utf8) {
        return ReadingsReader.latest(utf8);
    }

    /**
     * Reads a {@code mau:Batch} strictly: every reading of it, or none.
     *
     * @throws DocumentException if it is no batch; the message says where, and what is wrong
     */
    public static Readings parseBatch(byte[] utf8) {
        return ReadingsReader.batch(utf8);
    }
}
