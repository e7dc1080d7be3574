package org.maunode.ble.dbus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Characters on the wire: UTF-8, strictly, without U+0000. */
final class Texts {
    private Texts() {}

    static void check(char type, String value) {
        switch (type) {
            case 's' -> checkString(value);
            case 'o' -> Names.checkPath(value);
            case 'g' -> Signature.types(value);
            default -> throw new IllegalArgumentException(type + " is no type of text");
        }
    }

    private static void checkString(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new DBusException(DBusException.Reason.MALFORMED, "a string with U+0000 in it");
        }
    }

    static byte[] encode(String value) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException half) {
            throw new DBusException(DBusException.Reason.MALFORMED, "a string with half a character in it", half);
        }
    }

    static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException wrong) {
            throw new DBusException(DBusException.Reason.MALFORMED, "a string that is no UTF-8", wrong);
        }
    }
}
