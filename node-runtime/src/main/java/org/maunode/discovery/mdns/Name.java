package org.maunode.discovery.mdns;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A domain name. Compared as DNS compares: letters of ASCII in either case are the same, all else is bytes (RFC 6762, 16).
 * Immutable.
 */
final class Name {
    private static final int LENGTH_BYTE = 1;

    private final List<String> labels;

    /** The same for names that are equal: lengths and labels, letters in lower case. */
    private final String key;

    /**
     * @param labels from the left, without the root; each character of one is one byte
     * @throws IllegalArgumentException if a label or all of them are too long
     */
    Name(List<String> labels) {
        if (!labels.stream().allMatch(label -> !label.isEmpty() && label.length() <= Limits.LABEL)) {
            throw new IllegalArgumentException("a label of a name is empty or over " + Limits.LABEL + " bytes");
        }
        if (length(labels) > Limits.NAME) {
            throw new IllegalArgumentException("a name is over " + Limits.NAME + " bytes");
        }
        this.labels = List.copyOf(labels);
        this.key = key(labels);
    }

    /** The name that people write with dots, as {@code _mau._tcp.local}. */
    static Name of(String text) {
        return new Name(Arrays.asList(text.split("\\.")));
    }

    List<String> labels() {
        return labels;
    }

    /** Bytes of these labels on the wire, without compression. */
    static int length(List<String> labels) {
        return labels.stream().mapToInt(label -> LENGTH_BYTE + label.length()).sum() + LENGTH_BYTE;
    }

    /** The name of {@code label} below this one. */
    Name child(String label) {
        return new Name(Stream.concat(Stream.of(label), labels.stream()).toList());
    }

    /** What is left without the first label; the root's is the root. */
    Name parent() {
        return labels.isEmpty() ? this : new Name(labels.subList(1, labels.size()));
    }

    private static String key(List<String> labels) {
        StringBuilder key = new StringBuilder();
        for (String label : labels) {
            key.append((char) label.length());
            label.chars().forEach(c -> key.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        }
        return key.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return String.join(".", labels) + ".";
    }
}
