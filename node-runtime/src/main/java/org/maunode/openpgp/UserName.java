package org.maunode.openpgp;

import java.nio.charset.StandardCharsets;

/** A user id taken apart: {@code Name (comment) <email>}, of which the comment is dropped. */
record UserName(String name, String email) {
    private static final String FORBIDDEN = "()<>";

    /** Octets that are no UTF-8, and characters that would garble a listing, are shown as U+FFFD. */
    static UserName parse(byte[] userId) {
        String text = printable(new String(userId, StandardCharsets.UTF_8));
        int open = text.lastIndexOf('<');
        if (open < 0 || !text.endsWith(">")) {
            return new UserName(withoutComment(text), "");
        }
        return new UserName(withoutComment(text.substring(0, open)), text.substring(open + 1, text.length() - 1));
    }

    /**
     * The user id of a new account: {@code Name <email>}, or what of it there is.
     *
     * @throws OpenPgpException with {@code MALFORMED} if a part holds one of <code>( ) &lt; &gt;</code> or a control character
     */
    static byte[] encode(String name, String email) {
        requirePlain("name", name);
        requirePlain("email", email);
        String address = email.isEmpty() ? "" : "<" + email + ">";
        byte[] userId = (name.isEmpty() || email.isEmpty() ? name + address : name + " " + address)
                .getBytes(StandardCharsets.UTF_8);
        if (userId.length > AlgorithmPolicy.MAX_USER_ID_BYTES) {
            throw OpenPgpException.overLimit(
                    "name and email are longer than " + AlgorithmPolicy.MAX_USER_ID_BYTES + " bytes");
        }
        return userId;
    }

    private static void requirePlain(String what, String text) {
        if (!text.equals(printable(text)) || text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
            throw OpenPgpException.malformed("the " + what + " holds one of ( ) < > or a control character");
        }
    }

    private static String withoutComment(String text) {
        String trimmed = text.strip();
        int open = trimmed.lastIndexOf('(');
        return open >= 0 && trimmed.endsWith(")") ? trimmed.substring(0, open).strip() : trimmed;
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> isHarmless(c) ? c : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
