package org.maunode.ble.session;

import java.nio.ByteBuffer;

/**
 * Ends one call abruptly, both directions: {@code 1000100S}, number (2 bytes, upper six bits zero).
 *
 * @param stream whose stream
 * @param number its place among the frames of this stream in this direction; no earlier frame need still arrive
 */
record Reset(Side stream, int number) implements Frame {
    private static final int LENGTH = 3;

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) (RESET | stream.bit())).putShort((short) number);
    }

    static Reset parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        Side stream = Side.ofBit(in.get() & 1);
        int number = in.getShort() & 0xFFFF;
        if (number > Numbers.MASK) {
            throw Frame.malformed("reserved bits of number 0x%04x are set".formatted(number));
        }
        return new Reset(stream, number);
    }
}
