package org.maunode.identity;

/** A name from outside that is not well formed; the message says which and why, fit for a user. */
public final class InvalidNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    /** {@code what offered why}, as in: file name "x" does not end in .pgp. */
    public InvalidNameException(String what, String offered, String why) {
        super(what + " \"" + shown(offered) + "\" " + why);
    }

    /** Control and direction characters lie to whoever reads them; half a character is none. */
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** What a peer sends may be long or hold control characters; neither belongs in a log line. */
    private static String shown(String offered) {
        String printable = offered.codePoints()
                .limit(SHOWN)
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return offered.codePointCount(0, offered.length()) > SHOWN ? printable + "..." : printable;
    }
}
