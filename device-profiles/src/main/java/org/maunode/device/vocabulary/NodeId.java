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
import java.util.regex.Pattern;
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

    private static final Pattern READINGS = Pattern.compile("(?<channel>.*?)(-\\d{8}T\\d{2})?\\.json");

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

    /** The channel whose latest reading or batch a document of that name could be. */
    public static Optional<ChannelName> channelOf(String document) {
        return Optional.of(READINGS.matcher(document))
                .filter(matcher -> matcher.matches() && ChannelName.isWellFormed(matcher.group("channel")))
                .map(matcher -> new ChannelName(matcher.group("channel")));
    }

    /** Whether a document of that name is a batch of some channel. */
    public static boolean isBatch(String document) {
        return channelOf(document).flatMap(channel -> hourOf(channel, document)).isPresent();
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
