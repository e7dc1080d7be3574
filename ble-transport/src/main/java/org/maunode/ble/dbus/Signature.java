package org.maunode.ble.dbus;

import java.util.ArrayList;
import java.util.List;

/**
 * The grammar of types (D-Bus specification 0.43, "Valid Signatures").
 *
 * <pre>
 *   signature  *type
 *   type       basic | "v" | "a" type | "a{" basic type "}" | "(" 1*type ")"
 *   basic      y b n q i u x t d s o g        (h, a descriptor, is refused: none is ever passed to us)
 * </pre>
 */
final class Signature {
    private static final String BASIC = "ybnqiuxtdsog";

    private final String text;
    private int at;

    private Signature(String text) {
        this.text = text;
    }

    /**
     * Splits a signature into its complete types.
     *
     * @throws DBusException with {@code MALFORMED} if it is none
     */
    static List<String> types(String text) {
        if (text.length() > Limits.SIGNATURE) {
            throw new DBusException(DBusException.Reason.MALFORMED, "a signature of " + text.length() + " bytes");
        }
        Signature signature = new Signature(text);
        List<String> types = new ArrayList<>();
        while (signature.at < text.length()) {
            int start = signature.at;
            signature.type(0, 0);
            types.add(text.substring(start, signature.at));
        }
        return types;
    }

    /** The same for what must be one complete type. */
    static String single(String text) {
        if (types(text).size() != 1) {
            throw new DBusException(DBusException.Reason.MALFORMED, "\"" + text + "\" is not one complete type");
        }
        return text;
    }

    static boolean isBasic(String type) {
        return type.length() == 1 && BASIC.indexOf(type.charAt(0)) >= 0;
    }

    /** Bytes to whose multiple a value of this type is aligned. */
    static int alignment(char type) {
        return switch (type) {
            case 'n', 'q' -> 2;
            case 'b', 'i', 'u', 's', 'o', 'a' -> 4;
            case 'x', 't', 'd', '(', '{' -> 8;
            default -> 1;
        };
    }

    private void type(int arrays, int structs) {
        char first = next();
        if (first == 'a') {
            array(arrays + 1, structs);
        } else if (first == '(') {
            struct(arrays, structs + 1);
        } else if (first != 'v' && BASIC.indexOf(first) < 0) {
            throw malformed();
        }
    }

    private void array(int arrays, int structs) {
        require(arrays <= Limits.NESTING);
        if (peek() == '{') {
            entry(arrays, structs);
        } else {
            type(arrays, structs);
        }
    }

    private void entry(int arrays, int structs) {
        next();
        require(BASIC.indexOf(next()) >= 0);
        type(arrays, structs);
        require(next() == '}');
    }

    private void struct(int arrays, int structs) {
        require(structs <= Limits.NESTING);
        do {
            type(arrays, structs);
        } while (peek() != ')');
        next();
    }

    private char peek() {
        require(at < text.length());
        return text.charAt(at);
    }

    private char next() {
        char next = peek();
        at++;
        return next;
    }

    private void require(boolean holds) {
        if (!holds) {
            throw malformed();
        }
    }

    private DBusException malformed() {
        return new DBusException(
                DBusException.Reason.MALFORMED, "\"" + text + "\" is no signature, from character " + at + " on");
    }
}
