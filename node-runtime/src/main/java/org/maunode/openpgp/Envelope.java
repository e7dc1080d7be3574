package org.maunode.openpgp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.maunode.openpgp.PacketReader.Packet;

/**
 * What can be told of a message without any key: whether it is sealed, and for which keys. Reads the session key packets
 * at the front and stops there; never touches the ciphertext.
 *
 * @param sealed {@code false} for a signed-only message, which is public
 * @param keyIds the recipients' key ids, in order; 0 is a hidden recipient, and matches nobody
 */
public record Envelope(boolean sealed, List<Long> keyIds) {
    /** Read ahead; two recipients and the front of the ciphertext fit. */
    private static final int BUFFER = 512;

    public Envelope {
        keyIds = List.copyOf(keyIds);
    }

    /**
     * Reads the front of a message, some hundred octets; more of it may be taken from the stream, which stays open.
     *
     * @throws OpenPgpException if it is neither a sealed nor a signed message
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static Envelope read(InputStream message) {
        try {
            return read(Grammar.START, new BufferedInputStream(message, BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Envelope read(Grammar start, InputStream in) throws IOException {
        PacketReader reader = new PacketReader(in);
        List<Long> keyIds = new ArrayList<>();
        Grammar state = start;
        while (true) {
            Packet packet = required(reader);
            state = state.then(packet.tag());
            switch (state) {
                case RECIPIENTS -> add(packet, keyIds);
                case UNSEALED -> {
                    return new Envelope(true, keyIds);
                }
                case EXPANDED -> {
                    return readExpanded(packet);
                }
                default -> {
                    OnePass.parse(packet.bytes());
                    return new Envelope(false, List.of());
                }
            }
        }
    }

    private static Packet required(PacketReader reader) throws IOException {
        Optional<Packet> packet = reader.next();
        return packet.orElseThrow(() -> OpenPgpException.malformed("the message ends too early"));
    }

    private static Envelope readExpanded(Packet packet) throws IOException {
        try (InputStream expanded = Compression.expand(packet.body())) {
            return read(Grammar.EXPANDED, expanded);
        }
    }

    /** Reads one more recipient. */
    private static void add(Packet packet, List<Long> keyIds) throws IOException {
        requireRoom(keyIds.size() + 1);
        keyIds.add(SessionKeyPacket.parse(packet.bytes()).keyId());
    }

    static void requireRoom(int recipients) {
        if (recipients > AlgorithmPolicy.MAX_RECIPIENTS) {
            throw OpenPgpException.overLimit(
                    "the message has more than " + AlgorithmPolicy.MAX_RECIPIENTS + " recipients");
        }
    }

    /** Whether the holder of any of these keys may read the message. */
    public boolean isReadableBy(Set<Long> keys) {
        return !sealed || keyIds.stream().anyMatch(id -> id != 0 && keys.contains(id));
    }
}
