package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bouncycastle.crypto.Digest;
import org.maunode.openpgp.AlgorithmPolicy.Limits;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

/**
 * Makes messages signed by one account: public ones, and ones sealed for named recipients. Thread-safe.
 *
 * <pre>
 * public:  compressed( one-pass, literal, signature )
 * sealed:  session key+, encrypted( compressed( one-pass, literal, signature ) )
 * </pre>
 */
public final class Sealer {
    private static final int HASH = AlgorithmPolicy.SHA256;
    private static final int BUFFER = 16 * 1024;
    /** Binary, no name, no time: what is not signed is better not said. */
    private static final byte[] LITERAL_HEADER = {'b', 0, 0, 0, 0, 0};

    private final SecretIdentity author;

    public Sealer(SecretIdentity author) {
        this.author = Objects.requireNonNull(author);
    }

    /** Where the plain content comes from; opened once each time the message is written. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /**
     * A public message: signed, compressed, not encrypted.
     *
     * @param signedAt cut to the second
     * @throws OpenPgpException with {@code UNUSABLE_KEY} if the account's key is not valid at that time
     */
    public OutgoingMessage sign(Content content, Instant signedAt) {
        return new Message(content, Map.of(), AlgorithmPolicy.AES128, checked(signedAt));
    }

    /**
     * A message for the author and {@code recipients}; the author comes first, nobody twice.
     *
     * @param signedAt cut to the second; also the time at which the recipients' keys must not have expired
     * @throws OpenPgpException with {@code UNUSABLE_KEY} for a recipient without an encryption key, {@code OVER_LIMIT} for
     *     too many
     */
    public OutgoingMessage seal(Content content, List<PublicIdentity> recipients, Instant signedAt) {
        return seal(content, recipients, signedAt, signedAt);
    }

    /**
     * The same for a signature that has to name another time than it is now, because the one before it did.
     *
     * @param now the time at which the recipients' keys must not have expired
     */
    public OutgoingMessage seal(Content content, List<PublicIdentity> recipients, Instant signedAt, Instant now) {
        Instant time = checked(signedAt);
        Map<Long, KeyMaterial> keys = new LinkedHashMap<>();
        boolean allPreferAes256 = true;
        for (PublicIdentity recipient : withAuthor(recipients)) {
            KeyMaterial key = recipientKey(recipient, now);
            keys.putIfAbsent(key.keyId(), key);
            allPreferAes256 &= recipient.prefers(AlgorithmPolicy.AES256);
        }
        Envelope.requireRoom(keys.size());
        return new Message(content, keys, allPreferAes256 ? AlgorithmPolicy.AES256 : AlgorithmPolicy.AES128, time);
    }

    private List<PublicIdentity> withAuthor(List<PublicIdentity> recipients) {
        return Stream.concat(Stream.of(author.publicIdentity()), recipients.stream())
                .toList();
    }

    private static KeyMaterial recipientKey(PublicIdentity recipient, Instant time) {
        return recipient
                .recipient(time)
                .map(BoundKey::material)
                .orElseThrow(() ->
                        OpenPgpException.unusable("key " + recipient.fingerprint() + " has no valid encryption key"));
    }

    private Instant checked(Instant signedAt) {
        Instant time = signedAt.truncatedTo(ChronoUnit.SECONDS);
        BoundKey primary = author.publicIdentity().primary();
        if (!primary.isSigner() || !primary.isValidAt(time) || time.getEpochSecond() > 0xffffffffL) {
            throw OpenPgpException.unusable("key " + author.fingerprint() + " cannot sign at " + time);
        }
        return time;
    }

    /** A message of this account, ready to be written; only {@link Sealer} makes them. */
    public sealed interface OutgoingMessage {
        /**
         * Writes the binary message; needs the same heap for a gigabyte as for a kilobyte. Each time it is sealed with a
         * new session key. {@code out} is left open.
         */
        void writeTo(OutputStream out) throws IOException;

        /** What everybody will be able to tell of it. */
        Envelope envelope();

        /** The time inside the signature, to the second. */
        Instant signedAt();
    }

    private final class Message implements OutgoingMessage {
        private final Content content;
        private final Map<Long, KeyMaterial> recipients;
        private final int cipher;
        private final Instant signedAt;

        Message(Content content, Map<Long, KeyMaterial> recipients, int cipher, Instant signedAt) {
            this.content = Objects.requireNonNull(content);
            this.recipients = recipients;
            this.cipher = cipher;
            this.signedAt = signedAt;
        }

        @Override
        public Envelope envelope() {
            return new Envelope(!recipients.isEmpty(), List.copyOf(recipients.keySet()));
        }

        @Override
        public Instant signedAt() {
            return signedAt;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (recipients.isEmpty()) {
                writeCompressed(out, EnvelopeBinding.of(new byte[0]));
                return;
            }
            SessionKey session = SessionKey.fresh(cipher);
            byte[] packets = sessionKeyPackets(session);
            out.write(packets);
            try (OutputStream sealed = new SealedOutput(out, session.key())) {
                writeCompressed(sealed, EnvelopeBinding.of(packets));
            }
        }

        private byte[] sessionKeyPackets(SessionKey session) {
            ByteArrayOutputStream packets = new ByteArrayOutputStream();
            recipients.values().forEach(key -> packets.writeBytes(SessionKeyPacket.seal(key, session)));
            return packets.toByteArray();
        }

        private void writeCompressed(OutputStream out, Subpacket binding) throws IOException {
            try (OutputStream packet = Packets.stream(out, Tag.COMPRESSED);
                    OutputStream compressed = Compression.compress(packet, Limits.STANDARD)) {
                writeSigned(compressed, binding);
            }
        }

        private void writeSigned(OutputStream out, Subpacket binding) throws IOException {
            SecretPart signer = author.signer();
            OnePass onePass = new OnePass(
                    Signature.BINARY,
                    HASH,
                    signer.key().algorithm(),
                    signer.key().keyId());
            Packets.write(out, Tag.ONE_PASS, onePass.encoded());
            Digest digest = AlgorithmPolicy.contentDigest(HASH);
            writeLiteral(out, digest);
            Signature signature =
                    Signature.make(Signature.BINARY, HASH, signer, author.statements(signedAt, binding), digest);
            Packets.write(out, Tag.SIGNATURE, signature.body());
        }

        private void writeLiteral(OutputStream out, Digest digest) throws IOException {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = content.open();
                    OutputStream literal = Packets.stream(out, Tag.LITERAL)) {
                literal.write(LITERAL_HEADER);
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                    literal.write(buffer, 0, n);
                }
            }
        }
    }
}
