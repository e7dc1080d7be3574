package org.maunode.ble.session;

import java.nio.ByteBuffer;

/**
 * The peripheral agrees to a session:
 * {@code 81}, version (1 byte), largest frame (2), window (1), the central's identifier (4), its own (4).
 *
 * @param version the one that both will speak
 * @param largestFrame longest frame it takes, in bytes with the check
 * @param window frames of each stream that it holds, and so the first credit of each
 * @param centralId the identifier of the hello that this answers
 * @param peripheralId drawn at random for this session
 */
record Welcome(int version, int largestFrame, int window, int centralId, int peripheralId) implements Frame {
    private static final int LENGTH = 13;

    Welcome {
        Hello.within("version", version, Limits.VERSION, Limits.VERSION);
        Hello.within("largest frame", largestFrame, Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME);
        Hello.within("window", window, 1, Limits.LARGEST_WINDOW);
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) WELCOME).put((byte) version).putShort((short) largestFrame);
        out.put((byte) window).putInt(centralId).putInt(peripheralId);
    }

    static Welcome parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        in.get();
        return new Welcome(in.get() & 0xFF, in.getShort() & 0xFFFF, in.get() & 0xFF, in.getInt(), in.getInt());
    }
}
