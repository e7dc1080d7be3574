package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The body of one packet: of known length, in parts, or to the end of the stream. Throws if it is cut short. */
final class PacketBody extends InputStream {
    /** Bytes that the first of several parts must have (RFC 4880, 4.2.2.4). */
    static final int MIN_FIRST_PART = 512;

    private static final long TO_THE_END = Long.MAX_VALUE;
    private final InputStream in;
    private long left;
    private boolean isLastPart;

    private PacketBody(InputStream in, long left, boolean isLastPart) {
        this.in = in;
        this.left = left;
        this.isLastPart = isLastPart;
    }

    static PacketBody ofNewHeader(Tag tag, InputStream in) throws IOException {
        PacketBody body = new PacketBody(in, 0, true);
        body.readPartLength();
        if (!body.isLastPart && (!tag.isStreamed() || body.left < MIN_FIRST_PART)) {
            throw OpenPgpException.malformed(tag + " does not come in parts of " + body.left + " bytes");
        }
        return body;
    }

    static PacketBody ofOldHeader(Tag tag, int lengthType, InputStream in) throws IOException {
        if (lengthType == 3 && tag != Tag.COMPRESSED) {
            throw OpenPgpException.malformed(tag + " does not say how long it is");
        }
        return new PacketBody(in, lengthType == 3 ? TO_THE_END : number(in, 1 << lengthType), true);
    }

    private void readPartLength() throws IOException {
        int first = octet(in);
        isLastPart = first < 224 || first == 255;
        if (first < 192) {
            left = first;
        } else if (first < 224) {
            left = (first - 192 << 8) + octet(in) + 192;
        } else {
            left = isLastPart ? number(in, 4) : 1L << (first & 0x1f);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        while (left == 0 && !isLastPart) {
            readPartLength();
        }
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        return readPart(buffer, offset, (int) Math.min(length, left));
    }

    private int readPart(byte[] buffer, int offset, int length) throws IOException {
        int n = in.read(buffer, offset, length);
        if (n >= 0) {
            left -= left == TO_THE_END ? 0 : n;
        } else if (left == TO_THE_END) {
            left = 0;
        } else {
            throw cutShort();
        }
        return n;
    }

    private static long number(InputStream in, int octets) throws IOException {
        long number = 0;
        for (int i = 0; i < octets; i++) {
            number = number << 8 | octet(in);
        }
        return number;
    }

    private static int octet(InputStream in) throws IOException {
        int octet = in.read();
        if (octet < 0) {
            throw cutShort();
        }
        return octet;
    }

    private static OpenPgpException cutShort() {
        return OpenPgpException.malformed("the data ends in the middle of a packet");
    }
}
