package org.maunode.ble.dbus;

/** The ranges of integer types. */
final class Numbers {
    private Numbers() {}

    /** Bytes of an integer on the wire, which is also what it is aligned to. */
    static int width(char type) {
        return switch (type) {
            case 'y' -> 1;
            case 'n', 'q' -> 2;
            case 'i', 'u' -> 4;
            case 'x', 't' -> 8;
            default -> throw new IllegalArgumentException(type + " is no integer type");
        };
    }

    static void checkRange(char type, long value) {
        boolean fits =
                switch (type) {
                    case 'y' -> value == (value & 0xff);
                    case 'n' -> value == (short) value;
                    case 'q' -> value == (value & 0xffff);
                    case 'i' -> value == (int) value;
                    case 'u' -> value == (value & 0xffff_ffffL);
                    default -> width(type) == Long.BYTES;
                };
        if (!fits) {
            throw new IllegalArgumentException(value + " does not fit type " + type);
        }
    }
}
