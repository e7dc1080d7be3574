package org.maunode.ble.session;

import java.nio.ByteBuffer;

/**
 * Ends the session: {@code 84}, code (1 byte).
 *
 * @param code why, as in {@link SessionException.Reason#code()}
 */
record Close(int code) implements Frame {
    private static final int LENGTH = 2;

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) CLOSE).put((byte) code);
    }

    static Close parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        in.get();
        return new Close(in.get() & 0xFF);
    }
}
