package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.bouncycastle.util.BigIntegers;

/** Writes packets with new headers (RFC 4880, 4.2.2). */
final class Packets {
    /** Bytes of one part of a streamed packet. */
    static final int PART = 1 << 13;

    private Packets() {}

    static void write(OutputStream out, Tag tag, byte[] body) throws IOException {
        out.write(0xc0 | tag.number());
        writeLength(out, body.length);
        out.write(body);
    }

    /** One packet as bytes. */
    static byte[] of(Tag tag, byte[] body) {
        var out = new ByteArrayOutputStream(body.length + 6);
        try {
            write(out, tag, body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /**
     * A packet whose length is not known yet: in parts of {@value #PART} bytes, or of definite length if it ends within
     * the first. Closing it ends the packet and leaves {@code out} open.
     */
    static OutputStream stream(OutputStream out, Tag tag) {
        return new Parts(out, tag);
    }

    /** A multi-precision integer without leading zeros, behind its length in bits (RFC 4880, 3.2). */
    static byte[] mpi(byte[] number) {
        BigInteger value = new BigInteger(1, number);
        byte[] digits = BigIntegers.asUnsignedByteArray(value);
        return ByteBuffer.allocate(2 + digits.length)
                .putShort((short) value.bitLength())
                .put(digits)
                .array();
    }

    private static void writeLength(OutputStream out, int length) throws IOException {
        if (length < 192) {
            out.write(length);
        } else if (length < 8384) {
            out.write((length - 192 >> 8) + 192);
            out.write(length - 192);
        } else {
            out.write(255);
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(length >> shift);
            }
        }
    }

    private static final class Parts extends OutputStream {
        private static final int PART_HEADER = 224 + Integer.numberOfTrailingZeros(PART);
        private final OutputStream out;
        private final byte[] part = new byte[PART];
        private final Tag tag;
        private int filled;
        private boolean isBegun;
        private boolean isClosed;

        Parts(OutputStream out, Tag tag) {
            this.out = out;
            this.tag = tag;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int n = Math.min(length - done, PART - filled);
                System.arraycopy(bytes, offset + done, part, filled, n);
                filled += n;
                done += n;
                if (filled == PART) {
                    writePart();
                }
            }
        }

        private void writePart() throws IOException {
            begin();
            out.write(PART_HEADER);
            out.write(part);
            filled = 0;
        }

        private void begin() throws IOException {
            if (!isBegun) {
                out.write(0xc0 | tag.number());
                isBegun = true;
            }
        }

        @Override
        public void close() throws IOException {
            if (isClosed) {
                return;
            }
            isClosed = true;
            begin();
            writeLength(out, filled);
            out.write(part, 0, filled);
        }
    }
}
