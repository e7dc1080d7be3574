package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.maunode.openpgp.OpenPgpException.Reason;

/**
 * Cuts a stream into packets (RFC 4880, 4.2), with old and new headers. Each body must be read to its end before the
 * next packet is asked for.
 */
final class PacketReader {
    private final InputStream in;
    private Optional<PacketBody> current = Optional.empty();

    PacketReader(InputStream in) {
        this.in = in;
    }

    /** One packet; its body is read from the same stream. */
    record Packet(Tag tag, PacketBody body) {
        /** The whole body of a small packet. */
        byte[] bytes() throws IOException {
            byte[] bytes = body.readNBytes(AlgorithmPolicy.MAX_PACKET_BYTES);
            if (body.read() >= 0) {
                throw OpenPgpException.overLimit(
                        tag + " is larger than " + AlgorithmPolicy.MAX_PACKET_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /** The next packet, or empty at the end of the stream. */
    Optional<Packet> next() throws IOException {
        if (current.isPresent() && current.get().read() >= 0) {
            throw OpenPgpException.malformed("a packet holds more than its type allows");
        }
        int first = in.read();
        return first < 0 ? Optional.empty() : Optional.of(packet(first));
    }

    private Packet packet(int first) throws IOException {
        if (first == '-') {
            throw new OpenPgpException(Reason.ARMORED, "the data is armored text, not binary");
        }
        if ((first & 0x80) == 0) {
            throw OpenPgpException.malformed("no packet begins with octet " + first);
        }
        boolean isNew = (first & 0x40) != 0;
        Tag tag = Tag.of(isNew ? first & 0x3f : first >> 2 & 0x0f);
        PacketBody body = isNew ? PacketBody.ofNewHeader(tag, in) : PacketBody.ofOldHeader(tag, first & 3, in);
        current = Optional.of(body);
        return new Packet(tag, body);
    }
}
