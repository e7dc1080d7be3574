package org.maunode.ble.session;

import java.nio.ByteBuffer;

/** Asks for the acknowledgements of both streams at once: {@code 83}. */
record Ping() implements Frame {
    private static final int LENGTH = 1;

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) PING);
    }

    static Ping parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        return new Ping();
    }
}
