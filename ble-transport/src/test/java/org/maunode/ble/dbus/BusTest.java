package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.dbus.DBusException.Reason;
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
        assertEquals(0, threads());
    }

    static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mau-dbus"))
                .count();
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

    @Test
    void anErrorComesWithItsNameAndWord() {
        exportEcho();
        DBusException sad = assertThrows(DBusException.class, () -> ours.ask(call("Fail")));
        assertEquals(Reason.ERROR, sad.reason());
        assertEquals("org.maunode.Error.Sad", sad.errorName());
        assertTrue(sad.getMessage().contains("no"), sad.getMessage());
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        exportEcho();
        assertEquals("org.freedesktop.DBus.Error.UnknownMethod", errorOf(call("Other")));
        assertEquals("org.freedesktop.DBus.Error.InvalidArgs", errorOf(call("Echo", Value.of("s"))));
        assertEquals("org.freedesktop.DBus.Error.UnknownObject", errorOf(MethodCall.of(NAME, "/other", NAME, "Echo")));
        assertEquals("org.freedesktop.DBus.Error.UnknownInterface", errorOf(MethodCall.of(NAME, PATH, "a.b", "Echo")));
        assertEquals(
                "org.freedesktop.DBus.Error.NameHasNoOwner", errorOf(MethodCall.of("org.nobody", PATH, "a.b", "C")));
    }

    private String errorOf(MethodCall call) {
        return assertThrows(DBusException.class, () -> ours.ask(call)).errorName();
    }

    @Test
    void aCallWithoutAnswerEndsInTime() {
        exportEcho();
        DBusException late =
                assertThrows(DBusException.class, () -> ours.ask(call("Never").within(Duration.ofMillis(50))));
        assertEquals(Reason.TIMED_OUT, late.reason());
    }

    @Test
    void callsBeyondThoseAllowedWaitForTheirTurn() {
        exportEcho();
        List<CompletableFuture<List<Value>>> answers = new ArrayList<>();
        for (int i = 0; i < Limits.OUTSTANDING * 4; i++) {
            answers.add(ours.call(call("Echo", Value.variant(Value.uint32(i)))));
        }
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(i, answers.get(i).join().getFirst().asLong());
        }
    }

    @Test
    void signalsAreHeardByWhoAskedAndNoLonger() throws Exception {
        exportEcho();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Subscription subscription = ours.onSignal(
                Match.from(NAME).path(PATH).member(NAME, "Told").firstArgument("yes"),
                signal -> heard.add(signal.argument(1).asText()));
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        other.emit(told("no", "a"), () -> {});
        other.emit(told("yes", "b"), () -> {});
        assertEquals("b", heard.poll(10, TimeUnit.SECONDS));
        subscription.close();
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        other.emit(told("yes", "c"), () -> {});
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        assertTrue(heard.isEmpty(), heard.toString());
    }

    private static Signal told(String first, String second) {
        return new Signal(PATH, NAME, "Told", List.of(Value.of(first), Value.of(second)));
    }

    /** A signal may be sent to one alone, past every match rule: who it says it is from does not matter, who sent it does. */
    @Test
    void aSignalOfAnotherIsNotHeardAsThatOfTheNamesOwner() throws Exception {
        exportEcho();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ours.onSignal(
                Match.from(NAME).path(PATH).member(NAME, "Told"),
                signal -> heard.add(signal.argument(0).asText()));
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        daemon.run(
                "dbus-send",
                "--system",
                "--type=signal",
                "--dest=" + ours.uniqueName(),
                PATH,
                NAME + ".Told",
                "string:forged");
        other.emit(told("true", ""), () -> {});
        assertEquals("true", heard.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatIsToldToOneAloneNobodyElseHears() throws Exception {
        exportEcho();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        BlockingQueue<String> overheard = new LinkedBlockingQueue<>();
        Match match = Match.from(NAME).member(NAME, "Told");
        try (Bus third = daemon.connect()) {
            ours.onSignal(match, signal -> heard.add(signal.argument(0).asText()));
            third.onSignal(match, signal -> overheard.add(signal.argument(0).asText()));
            ours.ask(call("Echo", Value.variant(Value.of(true))));
            third.ask(call("Echo", Value.variant(Value.of(true))));
            other.tell(ours.uniqueName(), told("secret", ""), () -> {});
            other.emit(told("open", ""), () -> {});
            assertEquals("secret", heard.poll(10, TimeUnit.SECONDS));
            assertEquals("open", overheard.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void tellsWhoHasANameAndWhenAnotherHas() throws Exception {
        BlockingQueue<Optional<String>> owners = new LinkedBlockingQueue<>();
        ours.onOwner(NAME, owners::add);
        assertEquals(Optional.empty(), owners.poll(10, TimeUnit.SECONDS));
        other.own(NAME).join();
        assertEquals(Optional.of(other.uniqueName()), owners.poll(10, TimeUnit.SECONDS));
        BlockingQueue<Optional<String>> late = new LinkedBlockingQueue<>();
        ours.onOwner(NAME, late::add);
        assertEquals(Optional.of(other.uniqueName()), late.poll(10, TimeUnit.SECONDS));
        other.close();
        assertEquals(Optional.empty(), owners.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aNameThatAnotherHasIsNotOurs() {
        other.own(NAME).join();
        other.own(NAME).join();
        CompletionException refused =
                assertThrows(CompletionException.class, () -> ours.own(NAME).join());
        assertTrue(refused.getCause() instanceof DBusException);
    }

    @Test
    void othersProgramsCallUs() throws Exception {
        exportEcho();
        String echoed = daemon.run(
                "dbus-send", "--system", "--print-reply", "--dest=" + NAME, PATH, NAME + ".Echo", "variant:int32:-7");
        assertTrue(echoed.contains("int32 -7"), echoed);
        String size = daemon.run(
                "gdbus",
                "call",
                "--system",
                "--dest",
                NAME,
                "--object-path",
                PATH,
                "--method",
                "org.freedesktop.DBus.Properties.Get",
                NAME,
                "Size");
        assertTrue(size.contains("uint32 42"), size);
        String all = daemon.run(
                "gdbus",
                "call",
                "--system",
                "--dest",
                NAME,
                "--object-path",
                PATH,
                "--method",
                "org.freedesktop.DBus.Properties.GetAll",
                NAME);
        assertTrue(all.contains("{'Size': <uint32 42>}"), all);
        String set = daemon.run(
                "gdbus",
                "call",
                "--system",
                "--dest",
                NAME,
                "--object-path",
                PATH,
                "--method",
                "org.freedesktop.DBus.Properties.Set",
                NAME,
                "Size",
                "<uint32 1>");
        assertTrue(set.contains("PropertyReadOnly"), set);
        String pinged = daemon.run(
                "gdbus",
                "call",
                "--system",
                "--dest",
                NAME,
                "--object-path",
                PATH,
                "--method",
                "org.freedesktop.DBus.Peer.Ping");
        assertTrue(pinged.contains("()"), pinged);
    }

    @Test
    void busctlReadsWhatWeSayOfOurselves() throws Exception {
        exportEcho();
        String tree = daemon.run("busctl", "--system", "--no-pager", "--list", "tree", NAME);
        assertTrue(tree.contains(PATH), tree);
        String described = daemon.run("busctl", "--system", "--no-pager", "introspect", NAME, PATH);
        assertTrue(described.contains(".Echo"), described);
        assertTrue(described.contains(".Size"), described);
    }

    @Test
    void whoWantsNoAnswerGetsNone() throws Exception {
        exportEcho();
        Process monitor =
                daemon.started("dbus-monitor", "--system", "type='error'", "type='method_call',member='Echo'");
        monitor.inputReader().readLine();
        daemon.run("busctl", "--system", "--expect-reply=no", "call", NAME, PATH, NAME, "Fail");
        daemon.run("dbus-send", "--system", "--print-reply", "--dest=" + NAME, PATH, NAME + ".Echo", "variant:int32:1");
        String line = monitor.inputReader().readLine();
        while (!line.startsWith("method call") || !line.contains("Echo")) {
            assertFalse(line.contains("Sad"), line);
            line = monitor.inputReader().readLine();
        }
        monitor.destroyForcibly().onExit().join();
    }

    @Test
    void whenTheBusIsGoneEveryoneHearsIt() throws Exception {
        exportEcho();
        CompletableFuture<List<Value>> unanswered = ours.call(call("Never"));
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        daemon.kill();
        assertEquals(
                "the bus ended the connection",
                ours.lost().toCompletableFuture().get(10, TimeUnit.SECONDS));
        CompletionException lost = assertThrows(CompletionException.class, unanswered::join);
        assertEquals(Reason.LOST, ((DBusException) lost.getCause()).reason());
        assertEquals(
                Reason.LOST,
                assertThrows(DBusException.class, () -> ours.ask(call("Echo"))).reason());
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        ours.emit(told("", ""), () -> taken.complete(true));
        assertTrue(taken.getNow(false));
        CompletableFuture<String> instead = new CompletableFuture<>();
        ours.execute(() -> instead.complete("run"), () -> instead.complete("not run"));
        assertEquals("not run", instead.getNow(""));
    }

    @Test
    void whatIsWantedLaterIsDoneLaterUnlessTakenBack() throws Exception {
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        ours.after(Duration.ofMillis(60), () -> done.add("second"));
        ours.after(Duration.ofMillis(30), () -> done.add("never")).close();
        ours.after(Duration.ofMillis(20), () -> done.add("first"));
        assertEquals("first", done.poll(10, TimeUnit.SECONDS));
        assertEquals("second", done.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aLongMessageComesWhole() {
        exportEcho();
        byte[] much = new byte[500_000];
        much[499_999] = 7;
        assertArrayEquals(
                much,
                ours.ask(call("Echo", Value.variant(Value.of(much)))).getFirst().asBytes());
    }

    @Test
    void aListenersMistakeSilencesNobodyElse() throws Exception {
        exportEcho();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Match match = Match.from(NAME).member(NAME, "Told");
        ours.onSignal(match, signal -> {
            throw new IllegalStateException("a test's mistake");
        });
        ours.onSignal(match, signal -> heard.add(signal.argument(0).asText()));
        ours.ask(call("Echo", Value.variant(Value.of(true))));
        other.emit(told("x", ""), () -> {});
        assertEquals("x", heard.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void theBussOwnThreadMayNotWaitForItself() {
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        ours.execute(() -> {
            try {
                ours.ask(call("Echo"));
            } catch (IllegalStateException mistake) {
                refused.complete(true);
            }
        });
        assertTrue(refused.orTimeout(10, TimeUnit.SECONDS).join());
    }

    @Test
    void noBusIsSaidWithItsAddress() {
        BusAddress nowhere = new BusAddress(files.resolve("nowhere"));
        DBusException none = assertThrows(DBusException.class, () -> Bus.connect(nowhere, Duration.ofSeconds(1)));
        assertEquals(Reason.NO_BUS, none.reason());
        assertTrue(none.getMessage().contains("nowhere"), none.getMessage());
    }
}
