package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.dbus.Exported.Interface;
import org.maunode.ble.dbus.Exported.Method;

/** Against a real dbus-daemon, with real programs at its other sockets. */
class BusTest {
    private static final String NAME = "org.maunode.Test";
    private static final String PATH = "/org/maunode/test";
    private static final Value EVERYTHING = everything();

    @TempDir
    private Path files;

    private PrivateBus daemon;
    private Bus ours;
    private Bus other;

    @BeforeEach
    void connect() throws Exception {
        daemon = PrivateBus.in(files);
        ours = daemon.connect();
        other = daemon.connect();
    }

    @AfterEach
    void close() {
        if (daemon != null) {
            ours.close();
            other.close();
            daemon.close();
        }
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("mau-dbus")));
    }

    private static Value everything() {
        return new Value.Struct(List.of(
                new Value.Whole('y', 255),
                Value.of(true),
                Value.int16(-32768),
                Value.uint16(65535),
                Value.int32(-5),
                Value.uint32(4294967295L),
                new Value.Whole('x', Long.MIN_VALUE),
                new Value.Whole('t', -1),
                new Value.Real(-0.5),
                Value.of("grüße"),
                Value.path("/a/b_1"),
                new Value.Text('g', "a{s(iv)}"),
                Value.of(new byte[] {1, 2, 3}),
                Value.strings(List.of("a", "bc")),
                Value.properties(Map.of("Key", Value.uint16(7)))));
    }

    private void exportEcho() {
        Interface echo = Interface.named(NAME)
                .method("Echo", Method.of("v", "v", Message::body))
                .method("Fail", Method.of("", "", call -> {
                    throw DBusException.error("org.maunode.Error.Sad", "no");
                }))
                .method("Never", new Method("", "", call -> new CompletableFuture<>()))
                .property("Size", "u", () -> Value.uint32(42));
        other.export(PATH, Exported.of(echo));
        other.own(NAME).join();
    }

    private MethodCall call(String member, Value... arguments) {
        return MethodCall.of(NAME, PATH, NAME, member, arguments);
    }

    @Test
    void everyTypeComesThroughTheDaemonAndBack() {
        exportEcho();
        Value back = ours.ask(call("Echo", Value.variant(EVERYTHING))).getFirst();
        assertEquals(EVERYTHING, back.bare());
    }
}
