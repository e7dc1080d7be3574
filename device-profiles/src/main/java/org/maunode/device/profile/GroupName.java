package org.maunode.device.profile;

import java.nio.charset.StandardCharsets;

/**
 * The name of a group of people, as the account that runs the node names it. Whether there is such a group is for the
 * node to say, not for the profile.
 *
 * @param value what may be the name of a directory: printable, no slash or backslash, no dot at its beginning; and not
 *     {@code public}, which stands for everyone
 */
public record GroupName(String value) {
    /** Bytes in UTF-8; the largest file name there is. */
    public static final int MAX_BYTES = 255;

    /** What profiles write for everyone. */
    static final String EVERYONE = "public";

    public GroupName {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a group's name: " + value);
        }
    }

    /** Whether {@code value} may name a group. */
    public static boolean isWellFormed(String value) {
        return !value.isBlank()
                && !value.startsWith(".")
                && !value.equals(EVERYONE)
                && value.codePoints().allMatch(GroupName::isAllowed)
                && value.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static boolean isAllowed(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != '/' && c != '\\';
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
