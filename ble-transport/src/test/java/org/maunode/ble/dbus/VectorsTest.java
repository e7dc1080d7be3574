package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maunode.ble.dbus.DBusException.Reason;
import org.maunode.ble.dbus.Value.Sequence;
import org.maunode.ble.dbus.Value.Struct;
import org.maunode.ble.dbus.Value.Text;
import org.maunode.ble.dbus.Value.Whole;

/** Messages that GLib made (make.py beside them), in both byte orders. */
class VectorsTest {
    private static final Path FILE = Path.of("src/test/resources/vectors/dbus/v1.txt");

    private static List<String[]> lines(String kind) throws IOException {
        List<String[]> lines = Files.readAllLines(FILE).stream()
                .map(line -> line.split(" "))
                .filter(words -> words[0].equals(kind))
                .toList();
        assertFalse(lines.isEmpty(), "no vectors in " + FILE);
        return lines;
    }

    private static Stream<Arguments> good() throws IOException {
        return lines("good").stream().map(words -> Arguments.of(words[1], words[2], words[3]));
    }

    private static Stream<Arguments> bad() throws IOException {
        return Stream.concat(lines("bad").stream(), lines("strict").stream())
                .map(words -> Arguments.of(words[1], words[2]));
    }

    /** What each message says. */
    private static List<Value> body(String name) {
        return switch (name) {
            case "basic" -> basic();
            case "text" ->
                List.of(Value.of("grüße \uD83D\uDCE1"), Value.path("/a/b_1"), new Text('g', "a{s(iv)}"), Value.of(""));
            case "bytes" -> List.of(Value.of(new byte[] {0, 1, 2, 3, 4, 5, 6}), Value.of(new byte[0]));
            case "arrays" ->
                List.of(
                        Value.strings(List.of("a", "bc", "")),
                        new Sequence("i", List.of(Value.int32(-1), Value.int32(2))),
                        new Sequence("t", List.of(new Whole('t', 1))),
                        new Sequence("b", List.of()));
            case "aligned" -> aligned();
            case "dictionaries" -> dictionaries();
            case "struct" -> struct();
            case "deep" -> List.of(deep());
            case "error" -> List.of(Value.of("no"));
            default -> List.of();
        };
    }

    private static List<Value> basic() {
        return List.of(
                new Whole('y', 255),
                Value.of(true),
                Value.int16(-32768),
                Value.uint16(65535),
                Value.int32(-5),
                Value.uint32(4294967295L),
                new Whole('x', Long.MIN_VALUE),
                new Whole('t', -1),
                new Value.Real(-0.5));
    }

    private static List<Value> aligned() {
        return List.of(
                new Whole('y', 1),
                new Sequence("(yt)", List.of(new Struct(List.of(new Whole('y', 2), new Whole('t', 3))))),
                Value.properties(Map.of()),
                new Whole('y', 4),
                new Sequence("t", List.of()));
    }

    private static List<Value> dictionaries() {
        Value inner = Value.properties(new TreeMap<>(Map.of("A", Value.of(new byte[] {'x', 'y', 'z'}))));
        Value.Dictionary properties = new Value.Dictionary(
                "s",
                "v",
                List.of(
                        ((Value.Dictionary) inner).entries().getFirst(),
                        entry(Value.of("B"), Value.variant(Value.variant(Value.of("in"))))));
        Value interfaces = new Value.Dictionary("s", "a{sv}", List.of(entry(Value.of("i.f"), properties)));
        return List.of(
                Value.properties(Map.of("One", Value.uint32(1))),
                new Value.Dictionary("o", "a{sa{sv}}", List.of(entry(Value.path("/o"), interfaces))));
    }

    private static Value.Dictionary.Entry entry(Value key, Value value) {
        return new Value.Dictionary.Entry(key, value);
    }

    private static List<Value> struct() {
        Value pair = new Struct(List.of(new Value.Real(1.5), Value.int32(7)));
        Value middle = new Struct(List.of(Value.of("s"), Value.variant(pair)));
        return List.of(
                new Struct(List.of(new Whole('y', 1), middle, Value.int16(-2))),
                new Sequence("x", List.of(new Whole('x', -9))));
    }

    private static Value deep() {
        Value full =
                new Sequence("ai", List.of(new Sequence("i", List.of(Value.int32(1))), new Sequence("i", List.of())));
        Value value = full;
        for (String element : List.of("aai", "aaai", "aaaai", "aaaaai")) {
            value = new Sequence(element, List.of(value));
        }
        return value;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void readsWhatGLibWrites(String name, String order, String hex) {
        Message message = Message.decode(HexFormat.of().parseHex(hex)).orElseThrow();
        assertEquals(body(name), message.body());
        assertEquals(0x01020304, message.serial());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void writesABodyByteForByteAsGLib(String name, String mark, String hex) {
        byte[] theirs = HexFormat.of().parseHex(hex);
        ByteOrder order = mark.equals("l") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        Message message = Message.decode(theirs).orElseThrow();
        byte[] ours = message.encode(order);
        assertEquals(theirs.length, ours.length);
        int body = bodyLength(theirs, order);
        assertEquals(body, bodyLength(ours, order));
        assertArrayEquals(
                Arrays.copyOfRange(theirs, theirs.length - body, theirs.length),
                Arrays.copyOfRange(ours, ours.length - body, ours.length));
        assertEquals(message, Message.decode(ours).orElseThrow());
    }

    private static int bodyLength(byte[] message, ByteOrder order) {
        return ByteBuffer.wrap(message).order(order).getInt(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refuses(String why, String hex) {
        byte[] spoilt = HexFormat.of().parseHex(hex);
        DBusException refused = assertThrows(DBusException.class, () -> Message.decode(spoilt), why);
        assertEquals(Reason.MALFORMED, refused.reason(), why);
    }

    @Test
    void readsTheHeaderFields() throws IOException {
        String[] call = lines("good").stream()
                .filter(words -> words[1].equals("call"))
                .findFirst()
                .orElseThrow();
        Message message = Message.decode(HexFormat.of().parseHex(call[3])).orElseThrow();
        assertEquals(Message.Kind.METHOD_CALL, message.kind());
        assertEquals("/org/maunode", message.path());
        assertEquals("org.maunode.Test", message.interfaceName());
        assertEquals("Ask", message.member());
        assertEquals(":1.7", message.sender());
        assertEquals("org.maunode.Test", message.text(Message.Field.DESTINATION));
    }
}
