package org.maunode.device.profile;

import java.util.regex.Pattern;

/**
 * The name of a channel, safe as the stem of a file name everywhere: it becomes {@code <name>.json} beside the node's
 * own files.
 *
 * @param value lower-case letters, digits and single inner hyphens, beginning with a letter
 */
public record ChannelName(String value) implements Comparable<ChannelName> {
    public static final int MAX_LENGTH = 40;

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The vocabulary gives these names, and all that begin so, to other files of the node. */
    private static final Pattern RESERVED = Pattern.compile("node|account|(cmd|res)(-.*)?");

    public ChannelName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a channel name: " + value);
        }
    }

    /** Whether {@code value} may name a channel. */
    public static boolean isWellFormed(String value) {
        return value.length() <= MAX_LENGTH
                && FORM.matcher(value).matches()
                && !RESERVED.matcher(value).matches();
    }

    @Override
    public int compareTo(ChannelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
