package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.Forge.join;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;
import static org.maunode.openpgp.SealAndOpenTest.from;
import static org.maunode.openpgp.SealAndOpenTest.written;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.AlgorithmPolicy.Limits;
import org.maunode.openpgp.OpenPgpException.Reason;

/** Every limit, at the limit and one past it. */
class LimitsTest {
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "", TIME);
    private static final byte[] CONTENT = new byte[1000];

    @TempDir
    Path directory;

    @Test
    void theStandardLimitsAreWhatTheDocumentationSays() {
        assertEquals(new Limits(8L << 30, 8L << 30, 16 << 20, 200), Limits.STANDARD);
    }

    @Test
    void limitsTheFile() throws IOException {
        byte[] message = written(new Sealer(ANN).seal(from(CONTENT), List.of(), TIME));
        Path file = Files.write(directory.resolve("a.pgp"), message);
        assertDoesNotThrow(() -> opener(message.length, 1000, 1000, 1).verify(file, ANN.publicIdentity()));
        assertReason(Reason.OVER_LIMIT, () -> opener(message.length - 1, 1000, 1000, 1)
                .verify(file, ANN.publicIdentity()));
    }

    @Test
    void limitsTheContent() {
        byte[] message = written(new Sealer(ANN).sign(from(CONTENT), TIME));
        assertArrayEquals(CONTENT, new Opener(ANN).open(message, ANN.publicIdentity(), 1000));
        assertReason(Reason.OVER_LIMIT, () -> new Opener(ANN).open(message, ANN.publicIdentity(), 999));
    }

    @Test
    void limitsTheExpansionBeyondWhatIsFree() {
        byte[] message = written(new Sealer(ANN).sign(from(CONTENT), TIME));
        int size = message.length;
        assertDoesNotThrow(() -> open(opener(size, 1000, 1000 - 2 * size, 2), message));
        assertReason(Reason.OVER_LIMIT, () -> open(opener(size, 1000, 999 - 2 * size, 2), message));
        assertDoesNotThrow(() -> open(opener(size, 1000, 1000, 0), message));
    }

    private static byte[] open(Opener opener, byte[] message) {
        return opener.open(message, ANN.publicIdentity(), 1 << 20);
    }

    private static Opener opener(long file, long plain, long free, int expansion) {
        return new Opener(ANN, new Limits(file, plain, free, expansion));
    }

    /** What shrinks too well is stored as it is, so that no Mau node writes what no Mau node reads. */
    @Test
    void readsBackWhateverItSealedHoweverWellItShrinks() throws IOException {
        Path file = directory.resolve("zeros.pgp");
        long size = 64 << 20;
        try (OutputStream out = Files.newOutputStream(file)) {
            new Sealer(ANN).sign(() -> zeros(size), TIME).writeTo(out);
        }
        assertTrue(Files.size(file) < size / 10);
        new Opener(ANN).verify(file, ANN.publicIdentity());
    }

    private static InputStream zeros(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                throw new AssertionError("to be read in blocks");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int n = (int) Math.min(length, left);
                left -= n;
                return n == 0 ? -1 : n;
            }
        };
    }

    @Test
    void limitsRecipientsWhenReading() {
        byte[] sealed = Forge.sealed(ANN, Forge.signed(ANN, CONTENT));
        byte[] other = Arrays.copyOf(sealed, 96);
        other[5] ^= 1;
        byte[] most = join(repeated(other, AlgorithmPolicy.MAX_RECIPIENTS - 1), sealed);
        assertArrayEquals(CONTENT, new Opener(ANN).open(most, ANN.publicIdentity(), 1000));
        assertEquals(
                AlgorithmPolicy.MAX_RECIPIENTS,
                Envelope.read(new ByteArrayInputStream(most)).keyIds().size());
        assertReason(Reason.OVER_LIMIT, () -> new Opener(ANN).open(join(other, most), ANN.publicIdentity(), 1000));
        assertReason(Reason.OVER_LIMIT, () -> Envelope.read(new ByteArrayInputStream(join(other, most))));
    }

    private static byte[] repeated(byte[] packet, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IntStream.range(0, times).forEach(i -> out.writeBytes(packet));
        return out.toByteArray();
    }

    @Test
    void limitsRecipientsWhenSealing() {
        List<PublicIdentity> friends = IntStream.range(0, AlgorithmPolicy.MAX_RECIPIENTS)
                .mapToObj(i -> SecretIdentity.generate("", "", TIME).publicIdentity())
                .toList();
        Sealer sealer = new Sealer(ANN);
        assertDoesNotThrow(() -> sealer.seal(from(CONTENT), friends.subList(1, friends.size()), TIME));
        assertReason(Reason.OVER_LIMIT, () -> sealer.seal(from(CONTENT), friends, TIME));
        assertDoesNotThrow(() -> sealer.seal(from(CONTENT), Collections.nCopies(2000, friends.getFirst()), TIME));
    }

    @Test
    void limitsOnePacketThatIsReadWhole() {
        int max = AlgorithmPolicy.MAX_PACKET_BYTES;
        assertReason(Reason.MALFORMED, () -> parseKey(Packets.of(Tag.PUBLIC_KEY, keyBody(max))));
        assertReason(Reason.OVER_LIMIT, () -> parseKey(Packets.of(Tag.PUBLIC_KEY, keyBody(max + 1))));
    }

    private static byte[] keyBody(int length) {
        byte[] key = ANN.publicIdentity().primary().material().body();
        return join(key, new byte[length - key.length]);
    }

    @Test
    void limitsTheSizeOfAKey() {
        byte[] key = ANN.publicIdentity().encoded();
        byte[] padding = Packets.of(Tag.USER_ID, new byte[8000]);
        int room = AlgorithmPolicy.MAX_KEY_BYTES - key.length;
        int whole = room / padding.length;
        byte[] last = Packets.of(Tag.USER_ID, new byte[room - whole * padding.length - 3]);
        byte[] largest = join(key, repeated(padding, whole), last);
        assertEquals(AlgorithmPolicy.MAX_KEY_BYTES, largest.length);
        assertEquals(ANN.publicIdentity(), parseKey(largest));
        assertReason(Reason.OVER_LIMIT, () -> parseKey(join(largest, new byte[1])));
    }

    @Test
    void limitsTheArmoredKeyAndTheAccountFile() {
        int max = AlgorithmPolicy.MAX_KEY_FILE_BYTES;
        byte[] armored = ANN.publicIdentity().armored().getBytes(StandardCharsets.US_ASCII);
        byte[] largest = join("\n".repeat(max - armored.length).getBytes(StandardCharsets.US_ASCII), armored);
        assertEquals(ANN.publicIdentity(), parseKey(largest));
        assertReason(Reason.OVER_LIMIT, () -> parseKey(join(new byte[] {'\n'}, largest)));
        assertReason(
                Reason.OVER_LIMIT,
                () -> SecretIdentity.unlock(new ByteArrayInputStream(new byte[max + 1]), new char[] {'x'}));
    }

    private static PublicIdentity parseKey(byte[] key) {
        return PublicIdentity.parse(key);
    }

    @Test
    void limitsRsaKeys() {
        assertReason(Reason.WEAK, () -> rsa(AlgorithmPolicy.MIN_RSA_BITS - 1, 17));
        assertEquals(AlgorithmPolicy.RSA, rsa(AlgorithmPolicy.MIN_RSA_BITS, 17).algorithm());
        assertEquals(
                AlgorithmPolicy.RSA,
                rsa(AlgorithmPolicy.MAX_RSA_BITS, AlgorithmPolicy.MAX_RSA_EXPONENT_BITS)
                        .algorithm());
        assertReason(Reason.OVER_LIMIT, () -> rsa(AlgorithmPolicy.MAX_RSA_BITS + 1, 17));
        assertReason(Reason.OVER_LIMIT, () -> rsa(4096, AlgorithmPolicy.MAX_RSA_EXPONENT_BITS + 1));
    }

    /** Numbers of the right size; the library refuses those with small factors. */
    private static KeyMaterial rsa(int bits, int exponentBits) {
        BigInteger exponent = BigInteger.TWO.pow(exponentBits - 1).add(BigInteger.ONE);
        Random random = new Random(bits);
        while (true) {
            BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
            try {
                return rsa(new RSAPublicBCPGKey(modulus, exponent));
            } catch (OpenPgpException e) {
                if (e.reason() != Reason.MALFORMED) {
                    throw e;
                }
            }
        }
    }

    private static KeyMaterial rsa(RSAPublicBCPGKey key) {
        byte[] body = join(new byte[] {4, 0, 0, 0, 0, AlgorithmPolicy.RSA}, key.getEncoded());
        return KeyMaterial.parse(new Octets("a key", body));
    }

    @Test
    void limitsAUserId() {
        String longest = "n".repeat(AlgorithmPolicy.MAX_USER_ID_BYTES);
        assertEquals(
                longest,
                SecretIdentity.generate(longest, "", TIME).publicIdentity().name());
        assertReason(Reason.OVER_LIMIT, () -> SecretIdentity.generate(longest + "n", "", TIME));
    }

    @Test
    void contentUpToTheHeldLimitIsReadOnceAndMoreTwice() throws IOException {
        for (int size : new int[] {AlgorithmPolicy.MAX_HELD_BYTES, AlgorithmPolicy.MAX_HELD_BYTES + 1}) {
            byte[] content = new byte[size];
            Path file = Files.write(directory.resolve("held.pgp"), written(new Sealer(ANN).sign(from(content), TIME)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Opener(ANN).open(file, ANN.publicIdentity(), out);
            assertArrayEquals(content, out.toByteArray());
        }
    }
}
