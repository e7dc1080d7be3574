package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.Digest;
import org.maunode.openpgp.AlgorithmPolicy.Limits;
import org.maunode.openpgp.OpenPgpException.Reason;
import org.maunode.openpgp.PacketReader.Packet;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

/**
 * Reads one message from its first octet to its last, as {@link Grammar} draws it. What it writes to the sink is not to
 * be believed before {@link #read} returns. Used once.
 */
final class MessageReader {
    private static final int BUFFER = 16 * 1024;
    private static final int LITERAL_TIME = 4;
    private static final String LITERAL_FORMATS = "btu";

    private final SecretIdentity reader;
    private final PublicIdentity author;
    private final Limits limits;
    private final long fileBytes;
    private final OutputStream sink;

    private final List<SessionKeyPacket> sessionKeys = new ArrayList<>();
    private final ByteArrayOutputStream sessionKeyPackets = new ByteArrayOutputStream();
    private Grammar state = Grammar.START;
    private boolean isSealed;
    private Optional<Announced> announced = Optional.empty();
    private Instant signedAt = Instant.EPOCH;

    /** A signature to come, and the digest of the content so far. */
    private record Announced(OnePass onePass, BoundKey signer, Digest digest) {}

    /** What is known of a message once it was read to its end. */
    record Verified(Envelope envelope, Instant signedAt) {}

    MessageReader(SecretIdentity reader, PublicIdentity author, Limits limits, long fileBytes, OutputStream sink) {
        this.reader = reader;
        this.author = author;
        this.limits = limits;
        this.fileBytes = fileBytes;
        this.sink = sink;
    }

    Verified read(InputStream message) throws IOException {
        packets(message);
        return new Verified(
                new Envelope(
                        isSealed,
                        sessionKeys.stream().map(SessionKeyPacket::keyId).toList()),
                signedAt);
    }

    private void packets(InputStream in) throws IOException {
        PacketReader packets = new PacketReader(in);
        for (Optional<Packet> p = packets.next(); p.isPresent(); p = packets.next()) {
            state = state.then(p.get().tag());
            read(p.get());
        }
        state.requireEnd();
    }

    private void read(Packet packet) throws IOException {
        switch (state) {
            case RECIPIENTS -> sessionKey(packet.bytes());
            case UNSEALED -> unseal(packet.body());
            case EXPANDED -> expand(packet.body());
            case ANNOUNCED -> announced = Optional.of(announce(OnePass.parse(packet.bytes())));
            case READ -> literal(packet.body(), announced.orElseThrow().digest());
            case SIGNED -> signature(Signature.parse(packet.bytes()), announced.orElseThrow());
            case START -> throw new IllegalStateException("no packet leads back to the start");
        }
    }

    private void sessionKey(byte[] body) {
        Envelope.requireRoom(sessionKeys.size() + 1);
        sessionKeys.add(SessionKeyPacket.parse(body));
        sessionKeyPackets.writeBytes(Packets.of(Tag.SESSION_KEY, body));
    }

    /** Complaints about what was inside count only if the inside is what was encrypted. */
    private void unseal(InputStream body) throws IOException {
        isSealed = true;
        SealedInput plain = SealedInput.open(body, unlockSession().key());
        try {
            packets(plain);
        } catch (OpenPgpException e) {
            plain.requireIntact();
            throw e;
        }
        plain.requireIntact();
    }

    private SessionKey unlockSession() {
        for (SessionKeyPacket packet : sessionKeys) {
            Optional<SecretPart> own = reader.recipientKey(packet.keyId());
            if (own.isPresent()) {
                return packet.open(own.get());
            }
        }
        throw new OpenPgpException(Reason.NOT_FOR_US, "the message is not sealed for " + reader.fingerprint());
    }

    private void expand(InputStream body) throws IOException {
        try (InputStream expanded = Compression.expand(body)) {
            packets(expanded);
        }
    }

    private Announced announce(OnePass onePass) {
        if (onePass.type() != Signature.BINARY) {
            throw OpenPgpException.unsupported("the signature is of type " + onePass.type() + ", not over binary data");
        }
        BoundKey signer = author.key(onePass.keyId())
                .orElseThrow(() -> new OpenPgpException(
                        Reason.WRONG_SIGNER, "the message is not signed by " + author.fingerprint()));
        if (!signer.isSigner()) {
            throw OpenPgpException.unusable("key " + signer.material().fingerprint() + " may not sign");
        }
        return new Announced(onePass, signer, AlgorithmPolicy.contentDigest(onePass.hash()));
    }

    private void literal(InputStream body, Digest digest) throws IOException {
        Octets header = new Octets("literal data", body.readNBytes(2));
        int format = header.u8();
        if (LITERAL_FORMATS.indexOf(format) < 0) {
            throw OpenPgpException.unsupported("the literal data has format " + format);
        }
        int skipped = header.u8() + LITERAL_TIME;
        new Octets("literal data", body.readNBytes(skipped)).take(skipped);
        content(body, digest);
    }

    private void content(InputStream body, Digest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long plain = 0;
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            plain += n;
            limits.requirePlain(plain, fileBytes);
            digest.update(buffer, 0, n);
            sink.write(buffer, 0, n);
        }
    }

    private void signature(Signature signature, Announced announced) {
        announced.onePass().requireMatch(signature);
        KeyMaterial signer = announced.signer().material();
        byte[] result = signature.finish(announced.digest());
        if (signature.keyAlgorithm() != signer.algorithm()
                || !signature.isBy(signer.fingerprint())
                || !signature.startsLike(result)
                || !Crypto.isSigned(signer.parameters(), signature.hash(), result, signature.numbers())) {
            throw OpenPgpException.tampered("the signature does not match the content");
        }
        requireMeant(signature);
        requireAlive(announced.signer(), signature.created());
        signedAt = signature.created();
    }

    /** What the author says beside "I signed this". */
    private void requireMeant(Signature signature) {
        signature.requireUnderstood();
        if (signature.seconds(Subpacket.EXPIRES).isPresent()) {
            throw OpenPgpException.unsupported("the signature expires, and a board may not know what time it is");
        }
        if (!signature.unhashed().stream().allMatch(s -> Signature.isIssuer(s) && !s.isCritical())) {
            throw OpenPgpException.unsupported("the signature says something that it does not cover");
        }
        if (isSealed) {
            requireRecipient(signature);
        }
        requireEnvelope(signature);
    }

    /** Whoever is not meant may have it from one who is, sealed anew (RFC 9580, 5.2.3.36). */
    private void requireRecipient(Signature signature) {
        List<Subpacket> meant = signature.hashed().stream()
                .filter(s -> s.type() == Subpacket.INTENDED_RECIPIENT)
                .toList();
        byte[] own = Subpacket.ofFingerprint(
                        Subpacket.INTENDED_RECIPIENT, reader.fingerprint().bytes())
                .data();
        if (!meant.isEmpty() && meant.stream().noneMatch(s -> Arrays.equals(s.data(), own))) {
            throw OpenPgpException.tampered("the message was signed for other recipients");
        }
    }

    private void requireEnvelope(Signature signature) {
        List<Subpacket> bindings =
                signature.hashed().stream().filter(EnvelopeBinding::isBinding).toList();
        byte[] expected = EnvelopeBinding.of(sessionKeyPackets.toByteArray()).data();
        if (bindings.stream().anyMatch(s -> !Arrays.equals(s.data(), expected))) {
            throw OpenPgpException.tampered("the message was signed in another envelope");
        }
    }

    private void requireAlive(BoundKey signer, Instant time) {
        if (!signer.isValidAt(time) || !author.primary().isValidAt(time)) {
            throw OpenPgpException.unusable(
                    "key " + signer.material().fingerprint() + " was not valid when the message was signed");
        }
    }
}
