package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.OpenPgpException.Reason;

/**
 * Every file is refused after any one byte is changed. "Changed" is each of its eight bits turned. One kind of byte is out
 * of a reader's reach: in a message by others than Mau nodes, what seals the session key for <em>another</em> recipient.
 */
class OneByteTest {
    private static final int MAX = 1 << 20;
    private static final SecretIdentity ALICE = GoPeer.alice();
    private static final SecretIdentity BOB = GoPeer.bob();
    private static final String ALICES = "bob/" + GoPeer.ALICE + "/";
    private static final Instant TIME = Instant.parse("2026-11-23T12:00:00Z");

    /** In Go's first packet, for Alice: key id; the point behind its 0x40; the wrapped key behind its length. */
    private static boolean isOnlyAlicesToCheck(int at) {
        return at >= 3 && at < 11 || at >= 15 && at < 47 || at >= 48 && at < 96;
    }

    private static Optional<byte[]> attempt(Function<byte[], byte[]> reader, byte[] data) {
        try {
            return Optional.of(reader.apply(data));
        } catch (OpenPgpException e) {
            return Optional.empty();
        }
    }

    /** Where a turned bit went unnoticed; what then came out must be what was there before. */
    private static Set<Integer> unnoticed(byte[] original, IntStream places, Function<byte[], byte[]> reader) {
        byte[] expected = reader.apply(original);
        Set<Integer> unnoticed = new TreeSet<>();
        places.forEach(at -> {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] changed = original.clone();
                changed[at] ^= (byte) bit;
                attempt(reader, changed).ifPresent(out -> {
                    assertArrayEquals(expected, out);
                    unnoticed.add(at);
                });
            }
        });
        return unnoticed;
    }

    private static Set<Integer> unnoticed(byte[] original, Function<byte[], byte[]> reader) {
        return unnoticed(original, IntStream.range(0, original.length), reader);
    }

    private static Function<byte[], byte[]> opening(SecretIdentity reader, SecretIdentity author) {
        return message -> new Opener(reader).open(message, author.publicIdentity(), MAX);
    }

    @Test
    void friendFilesAreRefused() {
        assertEquals(Set.of(), unnoticed(GoPeer.bytes("alice/.mau/" + GoPeer.BOB + ".pgp"), opening(ALICE, ALICE)));
        assertEquals(Set.of(), unnoticed(GoPeer.bytes("bob/.mau/" + GoPeer.ALICE + ".pgp"), opening(BOB, BOB)));
    }

    @Test
    void bothVersionsOfAFileAreRefusedByOneOfItsReaders() {
        for (String name : List.of(
                ALICES + "hello.json.pgp",
                "alice/" + GoPeer.ALICE
                        + "/hello.json.pgp.versions/ac133e1df20184af23541f21c4f2633baf8f047693d14ac039b687a1a46b04b2")) {
            byte[] file = GoPeer.bytes(name);
            Set<Integer> byBob = unnoticed(file, opening(BOB, ALICE));
            assertTrue(byBob.stream().allMatch(OneByteTest::isOnlyAlicesToCheck), () -> name + byBob);
            Set<Integer> byBoth = unnoticed(file, byBob.stream().mapToInt(i -> i), opening(ALICE, ALICE));
            assertEquals(Set.of(), byBoth);
        }
    }

    @Test
    void aLargeFileIsRefused() {
        byte[] file = GoPeer.bytes(ALICES + "photo.bin.pgp");
        IntStream front = IntStream.range(0, 260).filter(at -> !isOnlyAlicesToCheck(at));
        IntStream sample = new Random(1).ints(12, 260, file.length);
        IntStream end = IntStream.range(file.length - 22, file.length);
        IntStream places = IntStream.concat(
                IntStream.concat(front.filter(at -> at % 16 == 0 || at > 190 && at < 216), sample), end);
        assertEquals(Set.of(), unnoticed(file, places, opening(BOB, ALICE)));
    }

    @Test
    void exportedKeysAreRefused() {
        Function<byte[], byte[]> reader = data -> PublicIdentity.parse(data).encoded();
        assertEquals(Set.of(), unnoticed(GoPeer.bytes("alice.asc"), reader));
        assertEquals(Set.of(), unnoticed(GoPeer.bytes("bob.asc"), reader));
        assertEquals(Set.of(), unnoticed(ALICE.publicIdentity().encoded(), reader));
    }

    /** One bit of each byte at the front, and of a sample behind: each try hashes 16 MiB for the passphrase. */
    @Test
    void accountsAreRefused() {
        byte[] account = GoPeer.bytes("alice/.mau/account.pgp");
        Random random = new Random(2);
        IntStream places = IntStream.concat(IntStream.range(0, 36), random.ints(12, 36, account.length));
        places.forEach(at -> {
            byte[] changed = account.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertTrue(attempt(OneByteTest::unlock, changed).isEmpty(), "byte " + at);
        });
    }

    private static byte[] unlock(byte[] account) {
        return SecretIdentity.unlock(new ByteArrayInputStream(account), "alice passphrase".toCharArray())
                .fingerprint()
                .bytes();
    }

    @Test
    void whatAMauNodeSealedIsRefusedByEachReader() {
        byte[] message = SealAndOpenTest.written(new Sealer(ALICE)
                .seal(SealAndOpenTest.from("some content".getBytes(UTF_8)), List.of(BOB.publicIdentity()), TIME));
        assertEquals(Set.of(), unnoticed(message, opening(BOB, ALICE)));
        assertEquals(Set.of(), unnoticed(message, opening(ALICE, ALICE)));
    }

    /** Deflate can say the same thing in two ways; what is said stays the author's. */
    @Test
    void aPublicFileIsRefusedOrItsContentIsTheSame() {
        byte[] message = SealAndOpenTest.written(
                new Sealer(ALICE).sign(SealAndOpenTest.from("some content".getBytes(UTF_8)), TIME));
        Set<Integer> unnoticed = unnoticed(message, opening(BOB, ALICE));
        assertTrue(unnoticed.size() <= 8, unnoticed::toString);
    }

    @Test
    void aChangeToAnotherReadersKeyIsSeenInTheSum() {
        SealAndOpenTest.assertReason(
                Reason.NOT_FOR_US, () -> new Opener(BOB).open(forAliceOnly(), ALICE.publicIdentity(), MAX));
    }

    private static byte[] forAliceOnly() {
        byte[] file = GoPeer.bytes(ALICES + "hello.json.pgp");
        file[99] ^= 1;
        return file;
    }
}
