package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How far one stream has arrived, and how much more of it may come. Two bytes, {@code nnnnnnnn nnwwwwww}.
 *
 * @param stream whose stream
 * @param next number of the first frame that has not arrived, low ten bits
 * @param window frames from {@code next} on that may be sent; 0 to 63 on the wire, up to the hello's window in truth
 */
record Ack(Side stream, int next, int window) {
    static final int LENGTH = 2;
    private static final int CENTRAL_FLAG = 0x08;
    private static final int PERIPHERAL_FLAG = 0x04;
    static final int FLAGS = CENTRAL_FLAG | PERIPHERAL_FLAG;
    private static final int WINDOW_BITS = 6;
    private static final int WINDOW_MASK = (1 << WINDOW_BITS) - 1;

    int flag() {
        return stream == Side.CENTRAL ? CENTRAL_FLAG : PERIPHERAL_FLAG;
    }

    void writeTo(ByteBuffer out) {
        out.putShort((short) (next << WINDOW_BITS | window));
    }

    static Ack parse(Side stream, ByteBuffer in) {
        int value = in.getShort() & 0xFFFF;
        return new Ack(stream, value >> WINDOW_BITS, value & WINDOW_MASK);
    }

    /** The acks that the first byte announces; the central's stream first. */
    static List<Ack> parseAll(int first, ByteBuffer in) {
        if (in.remaining() < LENGTH * Integer.bitCount(first & FLAGS)) {
            throw Frame.malformed("the frame ends inside an acknowledgement");
        }
        List<Ack> acks = new ArrayList<>(2);
        for (Side stream : Side.values()) {
            if ((first & (stream == Side.CENTRAL ? CENTRAL_FLAG : PERIPHERAL_FLAG)) != 0) {
                acks.add(parse(stream, in));
            }
        }
        return acks;
    }

    static int flags(List<Ack> acks) {
        int flags = 0;
        for (Ack ack : acks) {
            flags |= ack.flag();
        }
        return flags;
    }
}
