package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.maunode.ble.session.SessionException.Reason;

/**
 * The central begins a session. Its form is the same in every version:
 * {@code 80}, lowest and highest version (4 bits each), largest frame (2 bytes), window (1), identifier (4).
 *
 * @param lowest lowest version it speaks, 1 to 15
 * @param highest highest version it speaks, {@code lowest} to 15
 * @param largestFrame longest frame it takes, in bytes with the check
 * @param window frames of each stream that it holds, and so the first credit of each
 * @param centralId drawn at random for this session
 */
record Hello(int lowest, int highest, int largestFrame, int window, int centralId) implements Frame {
    private static final int LENGTH = 9;
    private static final int HIGHEST_VERSION = 15;

    Hello {
        within("lowest version", lowest, 1, HIGHEST_VERSION);
        within("highest version", highest, lowest, HIGHEST_VERSION);
        within("largest frame", largestFrame, Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME);
        within("window", window, 1, Limits.LARGEST_WINDOW);
    }

    @Override
    public int length() {
        return LENGTH;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) HELLO).put((byte) (lowest << 4 | highest));
        out.putShort((short) largestFrame).put((byte) window).putInt(centralId);
    }

    static Hello parse(ByteBuffer in) {
        Frame.exactly(LENGTH, in);
        in.get();
        int versions = in.get() & 0xFF;
        return new Hello(versions >> 4, versions & 0xF, in.getShort() & 0xFFFF, in.get() & 0xFF, in.getInt());
    }

    /** The identifier in a body that is a hello at least by kind and length. */
    static Optional<Integer> idOf(ByteBuffer body) {
        int at = body.position();
        boolean hello = body.remaining() == LENGTH && (body.get(at) & 0xFF) == HELLO;
        return hello ? Optional.of(body.getInt(at + LENGTH - Integer.BYTES)) : Optional.empty();
    }

    static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new SessionException(
                    Reason.HELLO_INVALID, what + " " + value + " is not within " + least + " to " + most);
        }
    }
}
