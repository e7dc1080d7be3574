package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.dbus.DBusException.Reason;
import org.maunode.ble.dbus.Value.Sequence;

/** The grammar's edges, each limit at it and one past it, and messages that chance made. */
class LimitsTest {
    private static final Signal SIGNAL = new Signal("/a", "b.c", "D", List.of());

    private static Message signal(Value... body) {
        return new Signal("/a", "b.c", "D", List.of(body)).message(1);
    }

    private static void refused(Runnable what) {
        DBusException refused = assertThrows(DBusException.class, what::run);
        assertEquals(Reason.MALFORMED, refused.reason());
    }

    @Test
    void aMessageMayBeAsLongAsTheLimitAndNoLonger() {
        int rest = signal(Value.of(new byte[0])).encode().length;
        byte[] longest = signal(Value.of(new byte[Limits.MESSAGE - rest])).encode();
        assertEquals(Limits.MESSAGE, longest.length);
        assertTrue(Message.decode(longest).isPresent());
        refused(() -> signal(Value.of(new byte[Limits.MESSAGE - rest + 1])).encode());
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeAnythingIsAllocated() {
        byte[] start = new byte[Headers.FIXED];
        start[0] = 'l';
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(Headers.BODY_LENGTH_AT, Limits.MESSAGE - Headers.FIXED);
        assertEquals(Limits.MESSAGE, Headers.length(bytes));
        bytes.putInt(Headers.BODY_LENGTH_AT, Limits.MESSAGE - Headers.FIXED + 1);
        refused(() -> Headers.length(bytes));
        bytes.putInt(Headers.BODY_LENGTH_AT, -1);
        refused(() -> Headers.length(bytes));
    }

    @Test
    void aMessageMayHaveAsManyValuesAsTheLimitAndNoMore() {
        int counted = Limits.VALUES - countedBesides();
        assertTrue(Message.decode(values(counted).encode()).isPresent());
        refused(() -> Message.decode(values(counted + 1).encode()));
    }

    private static Message values(int count) {
        return signal(new Sequence("n", Collections.nCopies(count, Value.int16(1))));
    }

    /** The header's: an array, four structs of a byte and a variant with a value; the body's array. */
    private static int countedBesides() {
        return 1 + 4 * 4 + 1;
    }

    @Test
    void containersNestAsDeepAsTheLimitAndNoDeeper() {
        assertTrue(Message.decode(signal(variants(Limits.DEPTH)).encode()).isPresent());
        refused(() -> signal(variants(Limits.DEPTH + 1)).encode());
    }

    private static Value variants(int depth) {
        Value value = Value.of(true);
        for (int i = 0; i < depth; i++) {
            value = Value.variant(value);
        }
        return value;
    }

    @Test
    void aPeersVariantsNestNoDeeperEither() {
        byte[] bytes = new byte[4 * (Limits.DEPTH + 1) + 4];
        for (int i = 0; i <= Limits.DEPTH; i++) {
            bytes[3 * i] = 1;
            bytes[3 * i + 1] = 'v';
        }
        refused(() -> new Decoder(ByteBuffer.wrap(bytes)).values("v"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "(", ")", "()", "a{", "a{s}", "a{sss}", "a{vs}", "{ss}", "h", "z", "(i", "a{(i)s}", "é"})
    void refusesSignature(String signature) {
        refused(() -> Signature.types(signature));
    }

    @Test
    void signaturesEndAtTheirLimits() {
        assertEquals(1, Signature.types("a".repeat(32) + "y").size());
        refused(() -> Signature.types("a".repeat(33) + "y"));
        assertEquals(1, Signature.types("(".repeat(32) + "y" + ")".repeat(32)).size());
        refused(() -> Signature.types("(".repeat(33) + "y" + ")".repeat(33)));
        assertEquals(255, Signature.types("y".repeat(255)).size());
        refused(() -> Signature.types("y".repeat(256)));
        assertEquals(List.of("a{sa(yv)}", "i"), Signature.types("a{sa(yv)}i"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//", "/a/", "/a//b", "/a-b", "/ä", "a/b", "/a b"})
    void refusesPath(String path) {
        refused(() -> Value.path(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ".a.b", "a.b.", "a..b", "1a.b", "a.1b", "a-b.c", "a.b c"})
    void refusesInterface(String name) {
        refused(() -> Names.checkInterface(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "1a", "a-b", " "})
    void refusesMember(String name) {
        refused(() -> Names.checkMember(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", ":", ":1", "a.1b", "a..b", ":1..2", "a.b.", "a.b/c"})
    void refusesBusName(String name) {
        refused(() -> Names.checkBusName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {":1.42", "org.bluez", "a-b.c_d", ":1-2._3"})
    void takesBusName(String name) {
        assertEquals(name, Names.checkBusName(name));
    }

    @Test
    void namesEndAtTheirLimit() {
        assertEquals(255, Names.checkMember("m".repeat(255)).length());
        refused(() -> Names.checkMember("m".repeat(256)));
    }

    @Test
    void aVeryLongPathIsReadWithoutDeepRecursion() {
        String path = "/a".repeat(100_000);
        assertEquals(path, Value.path(path).asText());
    }

    @Test
    void refusesHalfACharacterAndZeroes() {
        refused(() -> Value.of("a\0b"));
        refused(() -> signal(Value.of("\uD83D")).encode());
    }

    @Test
    void whatComesOutOfChanceIsReadOrRefusedAndNothingElse() {
        Random random = new Random(4);
        byte[] real = signal(
                        Value.properties(Map.of("A", Value.strings(List.of("x", "y")), "B", Value.of(new byte[9]))),
                        Value.path("/p"),
                        Value.variant(new Value.Struct(List.of(Value.of(1.0 > 0), Value.uint16(3)))))
                .encode();
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            read += isRead(spoilt(real, random)) ? 1 : 0;
        }
        assertTrue(read > 500 && read < 19_500, read + " read");
    }

    private static byte[] spoilt(byte[] real, Random random) {
        byte[] spoilt = real.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            spoilt[random.nextInt(spoilt.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(8));
        }
        return spoilt;
    }

    /** What is read is written again, and read as the same. */
    private static boolean isRead(byte[] bytes) {
        try {
            Message.decode(bytes)
                    .ifPresent(message -> assertEquals(
                            message, Message.decode(message.encode()).orElseThrow()));
            return true;
        } catch (DBusException refused) {
            assertEquals(Reason.MALFORMED, refused.reason());
            return false;
        }
    }

    @Test
    void aMessageOfAKindToComeIsPassedOver() {
        byte[] bytes = SIGNAL.message(1).encode();
        bytes[1] = 5;
        assertTrue(Message.decode(bytes).isEmpty());
    }

    @Test
    void numbersOutsideTheirTypeAreOurMistake() {
        for (String each : List.of("y:256", "n:32768", "q:-1", "i:2147483648", "u:4294967296", "y:-1")) {
            char type = each.charAt(0);
            long value = Long.parseLong(each.substring(2));
            assertThrows(IllegalArgumentException.class, () -> new Value.Whole(type, value));
        }
    }

    @Test
    void aValueOfAnotherTypeIsSaidSo() {
        DBusException wrong =
                assertThrows(DBusException.class, () -> Value.of("s").asLong());
        assertEquals(Reason.WRONG_TYPE, wrong.reason());
        assertThrows(DBusException.class, () -> Value.of("s").asMap());
        assertThrows(DBusException.class, () -> signal().argument(0));
        assertEquals(7, Value.variant(Value.variant(Value.uint16(7))).asLong());
    }
}
