package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.maunode.openpgp.Forge.TIME;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives, the answer is an answer or an {@link OpenPgpException}, never another exception. */
class MalformedInputTest {
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "a@b.c", TIME);
    private static final Opener OPENER = new Opener(ANN);

    /** One way in from outside, with real traffic for it. */
    record Door(String name, byte[] real, Reader reader) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    interface Reader {
        void read(byte[] data);
    }

    private static Stream<Door> doors() {
        byte[] content = "some content, and some content".getBytes(UTF_8);
        byte[] signed = Forge.signed(ANN, content);
        byte[] sealed = SealAndOpenTest.written(new Sealer(ANN).seal(SealAndOpenTest.from(content), List.of(), TIME));
        return Stream.of(
                new Door("sealed message", sealed, MalformedInputTest::open),
                new Door("signed message", signed, MalformedInputTest::open),
                new Door("compressed message", Forge.zipped(signed), MalformedInputTest::open),
                new Door("inside of a sealed message", signed, d -> open(Forge.sealed(ANN, d))),
                new Door("inside of a compressed message", signed, d -> open(Forge.zipped(d))),
                new Door(
                        "message made by Go",
                        GoPeer.bytes("alice/.mau/" + GoPeer.BOB + ".pgp"),
                        MalformedInputTest::open),
                new Door("envelope", sealed, MalformedInputTest::envelope),
                new Door("envelope of a compressed message", Forge.zipped(signed), MalformedInputTest::envelope),
                new Door("public key", ANN.publicIdentity().encoded(), PublicIdentity::parse),
                new Door("armored key", ANN.publicIdentity().armored().getBytes(UTF_8), PublicIdentity::parse),
                new Door("secret key", secretKey(), MalformedInputTest::unlock));
    }

    private static byte[] secretKey() {
        return new NewAccount(TIME).secretPackets("Ann".getBytes(UTF_8));
    }

    private static void open(byte[] message) {
        OPENER.open(message, ANN.publicIdentity(), 1 << 16);
    }

    private static void envelope(byte[] message) {
        Envelope.read(new ByteArrayInputStream(message));
    }

    private static void unlock(byte[] account) {
        SecretIdentity.unlock(new ByteArrayInputStream(account), new char[] {'x'});
    }

    @ParameterizedTest
    @MethodSource("doors")
    void everyTruncationIsRefused(Door door) {
        int enough = door.name().startsWith("envelope") ? front(door) : door.real().length;
        if (door.name().equals("armored key")) {
            enough--;
        }
        for (int length = 0; length < enough; length++) {
            byte[] cut = Arrays.copyOf(door.real(), length);
            if (!isWholeKey(door, length)) {
                assertThrows(OpenPgpException.class, () -> door.reader().read(cut), door + " cut to " + length);
            }
        }
    }

    /** A key that ends behind its user id's signature is a key, only without its subkey. */
    private static boolean isWholeKey(Door door, int length) {
        int subkey =
                switch (door.name()) {
                    case "public key" -> find(door.real(), (byte) 0xce);
                    case "secret key" -> find(door.real(), (byte) 0xc7);
                    default -> -1;
                };
        return length == subkey;
    }

    /** Where the second packet of the wanted type begins: behind key, user id and signature. */
    private static int find(byte[] packets, byte header) {
        int at = 0;
        while (packets[at] != header) {
            at += 2 + (packets[at + 1] & 0xff);
        }
        return at;
    }

    /** What is needed to tell a message's envelope. */
    private static int front(Door door) {
        return door.name().equals("envelope") ? 97 : 12;
    }

    @ParameterizedTest
    @MethodSource("doors")
    void randomChangesAreAnsweredOrRefused(Door door) {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 3000; i++) {
            byte[] data = mutated(door.real(), random);
            try {
                door.reader().read(data);
            } catch (OpenPgpException expected) {
                continue;
            }
        }
    }

    private static byte[] mutated(byte[] real, Random random) {
        byte[] data = random.nextInt(4) == 0 ? Arrays.copyOf(real, random.nextInt(real.length + 40)) : real.clone();
        for (int i = random.nextInt(6); i >= 0 && data.length > 0; i--) {
            data[random.nextInt(data.length)] = (byte) random.nextInt(256);
        }
        return data;
    }
}
