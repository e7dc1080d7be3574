package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.Forge.join;
import static org.maunode.openpgp.Forge.literal;
import static org.maunode.openpgp.Forge.onePass;
import static org.maunode.openpgp.Forge.sealed;
import static org.maunode.openpgp.Forge.signature;
import static org.maunode.openpgp.Forge.signed;
import static org.maunode.openpgp.Forge.zipped;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.bouncycastle.apache.bzip2.CBZip2OutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.OpenPgpException.Reason;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

/** One order of packets is a message; every other is refused, with the reason that fits. */
class MessageGrammarTest {
    private static final int SHA256 = AlgorithmPolicy.SHA256;
    private static final byte[] CONTENT = "what was said".getBytes(UTF_8);
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "", TIME.minusSeconds(60));
    private static final SecretIdentity BEN = SecretIdentity.generate("Ben", "", TIME.minusSeconds(60));
    private static final byte[] SIGNED = signed(ANN, CONTENT);
    private static final byte[] ONE_PASS = onePass(ANN, Signature.BINARY, SHA256);
    private static final byte[] SIGNATURE = signature(ANN, Signature.BINARY, SHA256, CONTENT);

    @Test
    void acceptsAllSixShapes() throws IOException {
        assertOpens(SIGNED);
        assertOpens(zipped(SIGNED));
        assertOpens(sealed(BEN, SIGNED));
        assertOpens(sealed(BEN, zipped(SIGNED)));
        assertOpens(compressed(Compression.ZLIB, Forge.deflated(SIGNED, false)));
        assertOpens(compressed(Compression.BZIP2, bzip2(SIGNED)));
        assertOpens(compressed(Compression.NONE, SIGNED));
    }

    @Test
    void acceptsOldHeadersAndNewOnes() {
        byte[] literalBody = Arrays.copyOfRange(literal(CONTENT), 2, literal(CONTENT).length);
        byte[] message = join(ONE_PASS, Forge.old(Tag.LITERAL.number(), literalBody), SIGNATURE);
        assertOpens(message);
        byte[] zip = zipped(message);
        byte[] withoutLength = join(new byte[] {(byte) 0xa3}, Arrays.copyOfRange(zip, 2, zip.length));
        assertOpens(withoutLength);
        assertOpens(sealed(BEN, withoutLength));
    }

    private static void assertOpens(byte[] message) {
        assertArrayEquals(CONTENT, new Opener(BEN).open(message, ANN.publicIdentity(), 100));
    }

    private static void assertRefused(Reason reason, byte[] message) {
        assertReason(reason, () -> new Opener(BEN).open(message, ANN.publicIdentity(), 100));
        assertReason(reason, () -> new Opener(BEN).open(sealed(BEN, message), ANN.publicIdentity(), 100));
    }

    @Test
    void refusesContentWithoutASignature() {
        assertRefused(Reason.NOT_SIGNED, literal(CONTENT));
        assertRefused(Reason.NOT_SIGNED, zipped(literal(CONTENT)));
    }

    @Test
    void refusesASignatureInFrontOfItsContentOrAlone() {
        assertRefused(Reason.UNSUPPORTED, join(SIGNATURE, literal(CONTENT)));
        assertRefused(Reason.UNSUPPORTED, SIGNATURE);
    }

    @Test
    void refusesMoreThanOneSignature() {
        assertRefused(Reason.UNSUPPORTED, join(ONE_PASS, SIGNED, SIGNATURE));
        byte[] nested = ONE_PASS.clone();
        nested[nested.length - 1] = 0;
        assertRefused(Reason.UNSUPPORTED, join(nested, SIGNED, SIGNATURE));
        assertRefused(Reason.MALFORMED, join(SIGNED, SIGNATURE));
    }

    @Test
    void refusesWhatIsCutOffBetweenPackets() {
        assertRefused(Reason.MALFORMED, new byte[0]);
        assertRefused(Reason.MALFORMED, ONE_PASS);
        assertRefused(Reason.MALFORMED, join(ONE_PASS, literal(CONTENT)));
        assertRefused(Reason.MALFORMED, zipped(new byte[0]));
    }

    @Test
    void refusesPartsOfTheMessageOutsideItsContainer() {
        assertRefused(Reason.MALFORMED, join(zipped(join(ONE_PASS, literal(CONTENT))), SIGNATURE));
        assertRefused(Reason.MALFORMED, join(zipped(ONE_PASS), literal(CONTENT), SIGNATURE));
    }

    @Test
    void refusesAnythingBehindTheMessage() {
        assertRefused(Reason.MALFORMED, join(SIGNED, literal(CONTENT)));
        assertRefused(Reason.MALFORMED, join(SIGNED, new byte[] {0}));
        assertRefused(Reason.MALFORMED, join(zipped(SIGNED), SIGNED));
        assertReason(Reason.MALFORMED, () -> new Opener(BEN)
                .open(join(sealed(BEN, SIGNED), SIGNED), ANN.publicIdentity(), 100));
    }

    @Test
    void refusesAnythingBehindTheCompressedData() throws IOException {
        byte[] stray = {7};
        assertRefused(Reason.MALFORMED, compressed(Compression.ZIP, join(Forge.deflated(SIGNED, true), stray)));
        assertRefused(Reason.MALFORMED, compressed(Compression.ZLIB, join(Forge.deflated(SIGNED, false), stray)));
        assertRefused(Reason.MALFORMED, compressed(Compression.BZIP2, join(bzip2(SIGNED), stray)));
        assertRefused(Reason.MALFORMED, compressed(Compression.NONE, join(SIGNED, stray)));
    }

    @Test
    void refusesDamagedCompressedData() throws IOException {
        byte[] zip = Forge.deflated(SIGNED, true);
        assertRefused(Reason.MALFORMED, compressed(Compression.ZIP, Arrays.copyOf(zip, zip.length - 1)));
        byte[] bzip2 = bzip2(SIGNED);
        assertRefused(Reason.MALFORMED, compressed(Compression.BZIP2, Arrays.copyOf(bzip2, bzip2.length - 9)));
        assertRefused(Reason.UNSUPPORTED, compressed(4, SIGNED));
    }

    @Test
    void refusesASecondLayerOfCompression() {
        assertRefused(Reason.OVER_LIMIT, zipped(zipped(SIGNED)));
    }

    @Test
    void refusesPacketsThatNoMessageHolds() {
        assertRefused(Reason.UNSUPPORTED, join(Packets.of(Tag.MARKER, "PGP".getBytes(UTF_8)), SIGNED));
        assertRefused(Reason.UNSUPPORTED, Packets.of(Tag.UNPROTECTED, new byte[60]));
        assertRefused(Reason.UNSUPPORTED, Packets.of(Tag.AEAD, new byte[60]));
        assertRefused(Reason.UNSUPPORTED, Packets.of(Tag.PASSPHRASE, new byte[13]));
        assertRefused(Reason.MALFORMED, Packets.of(Tag.USER_ID, new byte[3]));
        assertRefused(Reason.MALFORMED, Packets.of(Tag.SEALED, new byte[60]));
        assertRefused(Reason.MALFORMED, new byte[] {(byte) 0xc0, 0});
        assertRefused(Reason.MALFORMED, new byte[] {(byte) 0xff, 0});
        assertRefused(Reason.MALFORMED, BEN.publicIdentity().encoded());
    }

    @Test
    void refusesEncryptionWithoutOrWithNewerIntegrityProtection() {
        SessionKey session = SessionKey.fresh(AlgorithmPolicy.AES128);
        KeyMaterial key = BEN.publicIdentity().recipient(TIME).orElseThrow().material();
        byte[] sessionKey = SessionKeyPacket.seal(key, session);
        assertSealedRefused(Reason.UNSUPPORTED, join(sessionKey, Packets.of(Tag.UNPROTECTED, new byte[60])));
        assertSealedRefused(Reason.UNSUPPORTED, join(sessionKey, Packets.of(Tag.AEAD, new byte[60])));
        byte[] version2 = new byte[60];
        version2[0] = 2;
        assertSealedRefused(Reason.UNSUPPORTED, join(sessionKey, Packets.of(Tag.SEALED, version2)));
        version2[0] = 3;
        assertSealedRefused(Reason.MALFORMED, join(sessionKey, Packets.of(Tag.SEALED, version2)));
        assertSealedRefused(
                Reason.UNSUPPORTED,
                join(sessionKey, Packets.of(Tag.PASSPHRASE, new byte[13]), Forge.encrypted(session, SIGNED)));
        assertSealedRefused(Reason.MALFORMED, join(sessionKey, SIGNED));
        assertSealedRefused(Reason.MALFORMED, sessionKey);
    }

    private static void assertSealedRefused(Reason reason, byte[] message) {
        assertReason(reason, () -> new Opener(BEN).open(message, ANN.publicIdentity(), 100));
    }

    @Test
    void refusesASealedMessageInsideASealedMessage() {
        assertSealedRefused(Reason.MALFORMED, sealed(BEN, sealed(BEN, SIGNED)));
    }

    @Test
    void refusesASignatureOverText() {
        int text = Signature.TEXT;
        assertRefused(
                Reason.UNSUPPORTED,
                join(onePass(ANN, text, SHA256), literal(CONTENT), signature(ANN, text, SHA256, CONTENT)));
    }

    @Test
    void refusesSha1OverContent() {
        int sha1 = AlgorithmPolicy.SHA1;
        assertRefused(
                Reason.WEAK,
                join(
                        onePass(ANN, Signature.BINARY, sha1),
                        literal(CONTENT),
                        signature(ANN, Signature.BINARY, sha1, CONTENT)));
    }

    @Test
    void refusesASignatureThatWasNotAnnounced() {
        byte[] other = signature(ANN, Signature.BINARY, AlgorithmPolicy.SHA512, CONTENT);
        assertRefused(Reason.TAMPERED, join(ONE_PASS, literal(CONTENT), other));
        byte[] bens = signature(BEN, Signature.BINARY, SHA256, CONTENT);
        assertRefused(Reason.TAMPERED, join(ONE_PASS, literal(CONTENT), bens));
        assertRefused(Reason.WRONG_SIGNER, signed(BEN, CONTENT));
    }

    @Test
    void refusesASignatureOverOtherContent() {
        byte[] other = signature(ANN, Signature.BINARY, SHA256, new byte[1]);
        assertRefused(Reason.TAMPERED, join(ONE_PASS, literal(CONTENT), other));
    }

    @Test
    void refusesWhatTheSignatureSaysAndNobodyUnderstands() {
        assertRefused(Reason.UNSUPPORTED, signed(ANN, CONTENT, new Subpacket(99, true, new byte[1])));
        assertOpens(signed(ANN, CONTENT, new Subpacket(99, false, new byte[1])));
        assertRefused(Reason.UNSUPPORTED, signed(ANN, CONTENT, Subpacket.ofTime(Subpacket.EXPIRES, 3600)));
        assertOpens(signed(ANN, CONTENT, Subpacket.ofTime(Subpacket.EXPIRES, 0)));
        assertRefused(Reason.MALFORMED, signed(ANN, CONTENT, Subpacket.ofKeyId(1)));
        assertRefused(Reason.MALFORMED, signed(ANN, CONTENT, Subpacket.ofTime(Subpacket.CREATED, 1)));
    }

    @Test
    void refusesASignatureOlderThanItsKey() {
        SecretIdentity young = SecretIdentity.generate("Young", "", TIME.plusSeconds(1));
        byte[] message = signed(young, CONTENT);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(BEN).open(message, young.publicIdentity(), 100));
    }

    @Test
    void refusesAMessageMeantForOthers() {
        byte[] ben = BEN.fingerprint().bytes();
        byte[] ann = ANN.fingerprint().bytes();
        int type = Subpacket.INTENDED_RECIPIENT;
        assertSealedRefused(Reason.TAMPERED, sealed(BEN, signed(ANN, CONTENT, Subpacket.ofFingerprint(type, ann))));
        assertOpens(sealed(
                BEN, signed(ANN, CONTENT, Subpacket.ofFingerprint(type, ann), Subpacket.ofFingerprint(type, ben))));
    }

    /** Without it, whoever may read a message could seal it for others as if its author had. */
    @Test
    void refusesAMessageThatAReaderSealedAnew() {
        Subpacket bound = EnvelopeBinding.of("another envelope".getBytes(UTF_8));
        assertRefused(Reason.TAMPERED, signed(ANN, CONTENT, bound));
        byte[] own = signed(ANN, CONTENT, EnvelopeBinding.of(new byte[0]));
        assertOpens(own);
        assertSealedRefused(Reason.TAMPERED, sealed(BEN, own));
    }

    @Test
    void refusesLiteralDataThatIsNotBytes() {
        byte[] local = literal(CONTENT);
        local[2] = 'l';
        assertRefused(Reason.UNSUPPORTED, join(ONE_PASS, local, SIGNATURE));
        assertRefused(Reason.MALFORMED, join(ONE_PASS, Packets.of(Tag.LITERAL, new byte[] {'b', 3, 'x'}), SIGNATURE));
        assertRefused(Reason.MALFORMED, join(ONE_PASS, Packets.of(Tag.LITERAL, new byte[0]), SIGNATURE));
    }

    @Test
    void refusesPartsWhereTheyAreNotAllowed() {
        assertRefused(Reason.MALFORMED, join(ONE_PASS, new byte[] {(byte) 0xcb, (byte) 0xe8}, new byte[256]));
        assertRefused(Reason.MALFORMED, join(new byte[] {(byte) 0xc4, (byte) 0xe9}, new byte[512]));
        assertRefused(Reason.MALFORMED, join(ONE_PASS, new byte[] {(byte) 0xaf}, new byte[9]));
    }

    @Test
    void aChangedCiphertextIsTamperedWhateverItsInsideLooksLike() {
        byte[] message = sealed(BEN, zipped(SIGNED));
        for (int at = 110; at < message.length; at++) {
            byte[] changed = message.clone();
            changed[at] ^= 1;
            OpenPgpException e = Assertions.assertThrows(
                    OpenPgpException.class, () -> new Opener(BEN).open(changed, ANN.publicIdentity(), 100));
            assertEquals(Reason.TAMPERED, e.reason(), e.getMessage());
        }
    }

    private static byte[] compressed(int algorithm, byte[] data) {
        return Packets.of(Tag.COMPRESSED, join(new byte[] {(byte) algorithm}, data));
    }

    private static byte[] bzip2(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new CBZip2OutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
