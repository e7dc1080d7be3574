package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The next bytes of one stream: {@code 01SFABnn nnnnnnnn}, acknowledgements, payload.
 *
 * @param stream whose stream
 * @param number its place among the frames of this stream in this direction, low ten bits
 * @param last whether the sender's half of the call ends here; only then may the payload be empty
 * @param acks none to two that ride along, the central's stream first
 * @param payload owned by this frame, never changed
 */
record Data(Side stream, int number, boolean last, List<Ack> acks, byte[] payload) implements Frame {
    private static final int STREAM_SHIFT = 5;
    private static final int LAST = 0x10;
    private static final int HEADER = 2;

    /** Bytes of a frame that are not payload if no acknowledgement rides along. */
    static final int OVERHEAD = HEADER + Check.LENGTH;

    Data {
        if (payload.length == 0 && !last) {
            throw Frame.malformed("data without a byte");
        }
    }

    /** The same data with these acknowledgements. */
    Data carrying(List<Ack> riding) {
        return riding.isEmpty() ? this : new Data(stream, number, last, riding, payload);
    }

    @Override
    public int length() {
        return HEADER + Ack.LENGTH * acks.size() + payload.length;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte)
                (DATA | stream.bit() << STREAM_SHIFT | (last ? LAST : 0) | Ack.flags(acks) | number >> Byte.SIZE));
        out.put((byte) number);
        for (Ack ack : acks) {
            ack.writeTo(out);
        }
        out.put(payload);
    }

    static Data parse(ByteBuffer in) {
        if (in.remaining() < HEADER) {
            throw Frame.malformed("the frame ends inside its number");
        }
        int first = in.get();
        int number = (first & 3) << Byte.SIZE | in.get() & 0xFF;
        List<Ack> acks = Ack.parseAll(first, in);
        return new Data(Side.ofBit(first >> STREAM_SHIFT & 1), number, (first & LAST) != 0, acks, rest(in));
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }
}
