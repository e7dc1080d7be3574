package org.maunode.device.vocabulary;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.profile.ChannelName;

/**
 * The node that speaks, as its documents name it.
 *
 * @param path where its files are found, without a slash at the end: {@code /p2p/<fingerprint>}
 * @param fingerprint of its OpenPGP key, in the form that peers use
 * @param name what people call it
 */
public record NodeId(String path, String fingerprint, String name) {
    /** What every published document's name ends with. */
    static final String SUFFIX = ".json.pgp";

    /** The name of the node's own description, before it is signed. */
    public static final String DOCUMENT = "node.json";

    private static final DateTimeFormatter HOUR = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMdd'T'HH")
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public NodeId {
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(name);
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("not a path without a slash at its end: " + path);
        }
    }

    /** The name of the file that a channel's latest reading is published as, before it is signed: {@code air.json}. */
    public static String documentOf(ChannelName channel) {
        return channel + ".json";
    }

    /**
     * The name of the file that a channel's readings of an hour are published as, before it is signed:
     * {@code air-20261123T08.json}. No channel can be called so: its name has no capitals.
     *
     * @param hour when it begins
     */
    public static String batchOf(ChannelName channel, Instant hour) {
        return channel + "-" + HOUR.format(hour) + ".json";
    }

    /** Which hour of {@code channel} a document of that name holds; empty if it is no batch of that channel. */
    public static Optional<Instant> hourOf(ChannelName channel, String document) {
        String before = channel + "-";
        if (!document.startsWith(before) || !document.endsWith(".json")) {
            return Optional.empty();
        }
        String hour = document.substring(before.length(), document.length() - ".json".length());
        try {
            return Optional.of(HOUR.parse(hour, Instant::from))
                    .filter(time -> HOUR.format(time).equals(hour));
        } catch (DateTimeException another) {
            return Optional.empty();
        }
    }

    String nodeAddress() {
        return path + "/node" + SUFFIX;
    }

    String fileOf(ChannelName channel) {
        return channel + SUFFIX;
    }

    String addressOf(ChannelName channel) {
        return path + "/" + fileOf(channel);
    }

    String addressOf(ChannelName channel, Instant hour) {
        return path + "/" + batchOf(channel, hour) + ".pgp";
    }

    /** The channel as a part of the node's description. */
    String partOf(ChannelName channel) {
        return nodeAddress() + "#" + channel;
    }
}
