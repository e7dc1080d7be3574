package org.maunode.ble.session;

import java.nio.ByteBuffer;

/**
 * What arrived behind a gap: {@code 1000101S}, acknowledgement (2 bytes), bitmap (8 bytes).
 *
 * @param ack where the gap begins
 * @param arrived bit i, counted from the lowest, is set if frame {@code ack.next + 1 + i} is here; never zero, bit 63 never set
 */
record Report(Ack ack, long arrived) implements Frame {
    private static final int LENGTH = 11;

    Report {
        if (arrived <= 0) {
            throw Frame.malformed("bitmap 0x%016x".formatted(arrived));
        }
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) (REPORT | ack.stream().bit()));
        ack.writeTo(out);
        out.putLong(arrived);
    }

    static Report parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        Side stream = Side.ofBit(in.get() & 1);
        return new Report(Ack.parse(stream, in), in.getLong());
    }
}
