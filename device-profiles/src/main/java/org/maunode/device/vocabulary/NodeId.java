package org.maunode.device.vocabulary;

import java.util.Objects;
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

    String nodeAddress() {
        return path + "/node" + SUFFIX;
    }

    String fileOf(ChannelName channel) {
        return channel + SUFFIX;
    }

    String addressOf(ChannelName channel) {
        return path + "/" + fileOf(channel);
    }

    /** The channel as a part of the node's description. */
    String partOf(ChannelName channel) {
        return nodeAddress() + "#" + channel;
    }
}
