package org.maunode.ble.session;

import java.nio.ByteBuffer;

/**
 * The peripheral does not agree: {@code 82}, code (1 byte), the central's identifier (4). Its form is the same in every version.
 *
 * @param code why, as in {@link SessionException.Reason#code()}
 * @param centralId the identifier of the hello that this answers
 */
record Refuse(int code, int centralId) implements Frame {
    private static final int LENGTH = 6;

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) REFUSE).put((byte) code).putInt(centralId);
    }

    static Refuse parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        in.get();
        return new Refuse(in.get() & 0xFF, in.getInt());
    }
}
