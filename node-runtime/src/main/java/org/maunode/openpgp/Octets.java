package org.maunode.openpgp;

import java.util.Arrays;

/** Reads the fields of a packet body in order; running out of octets, or not using all, is malformed. */
final class Octets {
    private final String what;
    private final byte[] bytes;
    private int at;

    /** @param what the packet, for messages */
    Octets(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    int u8() {
        return (int) number(1);
    }

    int u16() {
        return (int) number(2);
    }

    long u32() {
        return number(4);
    }

    long u64() {
        return number(8);
    }

    byte[] take(int length) {
        if (length > left()) {
            throw OpenPgpException.malformed(what + " is cut short");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    byte[] rest() {
        return take(left());
    }

    /** The octets of a multi-precision integer; its bit count must be exact (RFC 4880, 3.2). */
    byte[] mpi() {
        int bits = u16();
        byte[] number = take((bits + 7) / 8);
        if (bits == 0
                || number[0] == 0
                || Integer.SIZE - Integer.numberOfLeadingZeros(number[0] & 0xff) != (bits - 1) % 8 + 1) {
            throw OpenPgpException.malformed(what + " holds a number whose length is wrong");
        }
        return number;
    }

    int left() {
        return bytes.length - at;
    }

    void end() {
        if (left() != 0) {
            throw OpenPgpException.malformed(what + " has " + left() + " octets too many");
        }
    }

    private long number(int octets) {
        long number = 0;
        for (byte b : take(octets)) {
            number = number << 8 | b & 0xff;
        }
        return number;
    }
}
