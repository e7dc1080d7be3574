package org.maunode.ble.session;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Acknowledgements that found no data to ride on: {@code 0000AB00} and two bytes for each.
 *
 * @param acks one or two, the central's stream first
 */
record Acks(List<Ack> acks) implements Frame {
    Acks {
        if (acks.isEmpty()) {
            throw Frame.malformed("a frame without data and without acknowledgement");
        }
    }

    @Override
    public int length() {
        return 1 + Ack.LENGTH * acks.size();
    }

    @Override
    public void writeTo(ByteBuffer out) {
        out.put((byte) Ack.flags(acks));
        acks.forEach(ack -> ack.writeTo(out));
    }

    static Acks parse(ByteBuffer in) {
        int first = in.get();
        if ((first & ~Ack.FLAGS) != 0) {
            throw Frame.malformed("reserved bits of 0x%02x are set".formatted(first));
        }
        Acks parsed = new Acks(Ack.parseAll(first, in));
        if (in.hasRemaining()) {
            throw Frame.malformed(in.remaining() + " bytes behind the acknowledgements");
        }
        return parsed;
    }
}
