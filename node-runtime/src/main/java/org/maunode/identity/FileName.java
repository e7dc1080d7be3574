package org.maunode.identity;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The name of a content file, {@code .pgp} included: flat, printable, and safe as the last element of a path on every
 * file system. The suffix is part of the name everywhere: on disk, in listings and in addresses.
 *
 * @param value the name, for example {@code hello.json.pgp}
 */
public record FileName(String value) implements Comparable<FileName> {
    /** What every content file's name ends with. */
    public static final String SUFFIX = ".pgp";

    /** Bytes of a name in UTF-8; file systems take 255, and {@code .versions} must fit behind it. */
    public static final int MAX_BYTES = 240;

    /** What the store's own unfinished files begin with; no content file may. */
    public static final String RESERVED_PREFIX = ".mau-tmp-";

    public FileName {
        Objects.requireNonNull(value);
        String flaw = flaw(value);
        if (flaw != null) {
            throw new InvalidNameException("file name", value, flaw);
        }
    }

    /**
     * The name under which a file called {@code name} is published: itself, with {@code .pgp} appended where it lacks it.
     *
     * @throws InvalidNameException if that is not a name that may be published
     */
    public static FileName published(String name) {
        return new FileName(name.endsWith(SUFFIX) ? name : name + SUFFIX);
    }

    /** Whether {@code value} is a name as it stands. */
    public static boolean isWellFormed(String value) {
        return flaw(value) == null;
    }

    /** The name without {@code .pgp}: what the content was called before it was sealed. */
    public String contentName() {
        return value.substring(0, value.length() - SUFFIX.length());
    }

    /** The name of the directory that holds the old versions. */
    public String versionsDirectory() {
        return value + ".versions";
    }

    @Override
    public int compareTo(FileName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String flaw(String value) {
        if (!value.endsWith(SUFFIX) || value.length() == SUFFIX.length()) {
            return "does not end in " + SUFFIX + " behind at least one character";
        }
        if (value.equals("." + SUFFIX) || value.equals(".." + SUFFIX)) {
            return "stands for a directory";
        }
        if (value.startsWith(RESERVED_PREFIX)) {
            return "begins with the reserved " + RESERVED_PREFIX;
        }
        if (value.codePoints().anyMatch(FileName::isForbidden)) {
            return "contains a slash, a backslash, a control character or half a character";
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "is longer than " + MAX_BYTES + " bytes";
        }
        return null;
    }

    /** Separators would leave the directory. */
    private static boolean isForbidden(int c) {
        return c == '/' || c == '\\' || !InvalidNameException.isPrintable(c);
    }
}
