package org.maunode.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of a file, for {@code Range} and {@code Content-Range} (RFC 9110, 14).
 *
 * @param first the first byte's place
 * @param last the last byte's place, not before {@code first}
 */
record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final Pattern CONTENT = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** What a {@code Range} header asks for. */
    sealed interface Asked {
        /** The whole file: no range, several of them, or nothing that can be read (RFC 9110 allows to ignore all these). */
        record Whole() implements Asked {}

        /** One part that the file has. */
        record Part(ByteRange range) implements Asked {}

        /** One part that lies outside the file: 416. */
        record Outside() implements Asked {}
    }

    /** Where an answer's bytes begin, as its {@code Content-Range} says; {@code total} is -1 if that is not known. */
    record Content(ByteRange range, long total) {
        /** Reads {@code bytes first-last/total}; empty for anything else, and for places that contradict each other. */
        static Optional<Content> parse(String header) {
            Matcher matcher = CONTENT.matcher(header);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            ByteRange range = new ByteRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
            long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
            boolean sound = range.first <= range.last && (total < 0 || range.last < total);
            return sound ? Optional.of(new Content(range, total)) : Optional.empty();
        }
    }

    long length() {
        return last - first + 1;
    }

    /** How {@code Content-Range} names this part of a file of {@code total} bytes. */
    String of(long total) {
        return "bytes " + first + "-" + last + "/" + total;
    }

    /** Reads a {@code Range} header for a file of {@code size} bytes. */
    static Asked parse(String header, long size) {
        Matcher matcher = ONE.matcher(header);
        if (!matcher.matches() || header.endsWith("=-")) {
            return new Asked.Whole();
        }
        return matcher.group(1).isEmpty()
                ? suffix(Long.parseLong(matcher.group(2)), size)
                : from(Long.parseLong(matcher.group(1)), matcher.group(2), size);
    }

    private static Asked suffix(long length, long size) {
        return length == 0 || size == 0
                ? new Asked.Outside()
                : new Asked.Part(new ByteRange(Math.max(0, size - length), size - 1));
    }

    private static Asked from(long first, String end, long size) {
        long last = end.isEmpty() ? size - 1 : Math.min(Long.parseLong(end), size - 1);
        if (!end.isEmpty() && Long.parseLong(end) < first) {
            return new Asked.Whole();
        }
        return first >= size ? new Asked.Outside() : new Asked.Part(new ByteRange(first, last));
    }
}
