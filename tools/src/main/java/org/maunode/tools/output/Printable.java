package org.maunode.tools.output;

/** Text from outside, made harmless: a name or a post could otherwise move the cursor or write backwards. */
public final class Printable {
    private static final String REPLACEMENT = "\uFFFD";

    private Printable() {}

    /** One line: control, format and line-breaking characters become a replacement sign. */
    public static String line(String text) {
        return filter(text, "");
    }

    /** Several lines: as {@link #line}, but line feeds and tabs stay. */
    public static String text(String text) {
        return filter(text.replace("\r\n", "\n"), "\n\t");
    }

    /** At most {@code max} characters, with dots in place of the rest. */
    public static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max
                ? text
                : text.substring(0, text.offsetByCodePoints(0, max - 1)) + "…";
    }

    private static String filter(String text, String kept) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c) || kept.indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append(REPLACEMENT);
            }
        });
        return safe.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
