package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.bouncycastle.crypto.Digest;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

/** Makes messages packet by packet, right ones and wrong ones. */
final class Forge {
    static final Instant TIME = Instant.parse("2026-11-23T10:00:00Z");

    private Forge() {}

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] onePass(SecretIdentity author, int type, int hash) {
        SecretPart signer = author.signer();
        return Packets.of(
                Tag.ONE_PASS,
                new OnePass(type, hash, signer.key().algorithm(), signer.key().keyId()).encoded());
    }

    static byte[] literal(byte[] content) {
        return Packets.of(Tag.LITERAL, join(new byte[] {'b', 0, 0, 0, 0, 0}, content));
    }

    /** A signature over {@code content} that says {@code more}, too. */
    static byte[] signature(SecretIdentity author, int type, int hash, byte[] content, Subpacket... more) {
        Digest digest = AlgorithmPolicy.digest(hash);
        digest.update(content, 0, content.length);
        return Packets.of(
                Tag.SIGNATURE,
                Signature.make(type, hash, author.signer(), statements(author, more), digest)
                        .body());
    }

    private static List<Subpacket> statements(SecretIdentity author, Subpacket... more) {
        List<Subpacket> all = new ArrayList<>(List.of(
                Subpacket.ofTime(Subpacket.CREATED, TIME.getEpochSecond()),
                Subpacket.ofKeyId(author.fingerprint().keyId())));
        all.addAll(Arrays.asList(more));
        return all;
    }

    /** One-pass signature, literal data and signature: what a signed message holds. */
    static byte[] signed(SecretIdentity author, byte[] content, Subpacket... more) {
        int hash = AlgorithmPolicy.SHA256;
        return join(
                onePass(author, Signature.BINARY, hash),
                literal(content),
                signature(author, Signature.BINARY, hash, content, more));
    }

    static byte[] zipped(byte[] packets) {
        return Packets.of(Tag.COMPRESSED, join(new byte[] {Compression.ZIP}, deflated(packets, true)));
    }

    static byte[] deflated(byte[] bytes, boolean isRaw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, isRaw);
        try (OutputStream zip = new DeflaterOutputStream(out, deflater)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** {@code packets} sealed for one reader, whatever they are. */
    static byte[] sealed(SecretIdentity reader, byte[] packets) {
        SessionKey session = SessionKey.fresh(AlgorithmPolicy.AES128);
        KeyMaterial key = reader.publicIdentity().recipient(TIME).orElseThrow().material();
        return join(SessionKeyPacket.seal(key, session), encrypted(session, packets));
    }

    static byte[] encrypted(SessionKey session, byte[] packets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream sealed = new SealedOutput(out, session.key())) {
            sealed.write(packets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A packet with an old header whose length has 4 octets. */
    static byte[] old(int tag, byte[] body) {
        return join(new byte[] {(byte) (0x82 | tag << 2), 0, 0, (byte) (body.length >> 8), (byte) body.length}, body);
    }
}
