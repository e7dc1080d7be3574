package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.control.ControlException.Reason;
import org.maunode.identity.Fingerprint;

/** A real socket, and programs that behave and misbehave at it: CS-1 to CS-34. */
@ExtendWith(ControlThreads.class)
@Timeout(60)
class ControlSocketTest {
    private static final Fingerprint PEER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path home;

    private final FakeDesk desk = new FakeDesk();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectory(file().getParent());
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private Path file() {
        return home.resolve(".mau-node").resolve("node.sock");
    }

    private ControlSocket serve(Duration patience) {
        ControlSocket socket = ControlSocket.start(home, desk, patience).orElseThrow();
        open.push(socket);
        return socket;
    }

    private ControlSocket serve() {
        return serve(ControlSocket.PATIENCE);
    }

    private Caller call() throws IOException {
        Caller caller = new Caller(home);
        open.push(caller);
        return caller;
    }

    private ControlClient client() {
        return new ControlClient(home);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static Reason reason(List<String> lines) {
        assertEquals(1, lines.size(), lines.toString());
        JsonObject error = Json.parse(lines.getFirst()).asObject().get("error").asObject();
        assertFalse(error.getString("message", "").isBlank());
        return Reason.valueOf(error.getString("reason", ""));
    }

    @Test
    void theSocketIsItsOwnersAlone() throws IOException {
        // CS-1
        Files.setPosixFilePermissions(file().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        serve();
        assertEquals("rw-------", mode(file()));
        assertEquals("rwx------", mode(file().getParent()));
    }

    @Test
    void anotherUserIsHungUpOnWithoutAByte() throws Exception {
        // CS-2
        assumeTrue("root".equals(Files.getOwner(home).getName()), "only root can be another user");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        serve();
        for (Path path : List.of(home, file().getParent(), file())) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        String program = "import socket,sys\n"
                + "s=socket.socket(socket.AF_UNIX)\n"
                + "s.connect(sys.argv[1])\n"
                + "try:\n"
                + "  s.sendall(b'{\"ask\":\"status\"}\\n')\n"
                + "  print(s.recv(100))\n"
                + "except OSError: print(b'')\n";
        assertEquals("b''", run("65534", program));
        assertTrue(run("0", program).startsWith("b'{\"answer\":"));
    }

    private String run(String user, String program) throws Exception {
        Process process = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        "/usr/bin/python3",
                        "-c",
                        program,
                        file().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes()).strip();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return said;
    }

    @Test
    void whereThePathIsTooLongTheNodeGoesOnWithoutAndWhoAsksIsToldWhy() throws IOException {
        // CS-3
        int rest = SocketFile.MAX_PATH
                - "/.mau-node/node.sock".length()
                - home.toString().length()
                - 1;
        Path fits = home.resolve("x".repeat(rest));
        Files.createDirectories(fits.resolve(".mau-node"));
        open.push(ControlSocket.start(fits, desk).orElseThrow());
        assertEquals("node", status(new ControlClient(fits)));

        Path tooLong = home.resolve("x".repeat(rest + 1));
        Files.createDirectories(tooLong.resolve(".mau-node"));
        assertEquals(Optional.empty(), ControlSocket.start(tooLong, desk));
        ControlException why = failure(new ControlClient(tooLong), new Question.Status());
        assertEquals(Reason.PATH_TOO_LONG, why.reason());
        assertTrue(why.getMessage().contains(" has 107 bytes, and that of a socket may have 106; "), why.getMessage());
    }

    private static String status(ControlClient client) {
        return client.ask(new Question.Status()).asObject().getString("name", "");
    }

    private static ControlException failure(ControlClient client, Question question) {
        return assertThrows(ControlException.class, () -> client.ask(question));
    }

    @Test
    void whatAKilledNodeLeftIsReplaced() throws IOException {
        // CS-4
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(file()));
        }
        assertTrue(Files.exists(file()));
        assertEquals(
                Reason.NOT_RUNNING, failure(client(), new Question.Status()).reason());
        serve();
        assertEquals("node", status(client()));
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        // CS-4
        Files.writeString(file(), "mine");
        assertEquals(Optional.empty(), ControlSocket.start(home, desk));
        assertEquals("mine", Files.readString(file()));
    }

    @Test
    void whereThereIsNoDirectoryThereIsNoSocket() {
        assertEquals(Optional.empty(), ControlSocket.start(home.resolve("nowhere"), desk));
    }

    @Test
    void atItsEndTheNodeHangsUpAndTakesTheSocketAway() throws Exception {
        // CS-5
        desk.mayFind = new CountDownLatch(1);
        ControlSocket socket = serve();
        Caller silent = call();
        Caller finding = call().send("{\"ask\":\"find\",\"peer\":\"" + PEER + "\"}\n");
        desk.finding.get();
        socket.close();
        assertEquals(PEER, desk.interrupted.get());
        assertEquals(List.of(), silent.lines());
        assertEquals(1, finding.lines().size(), "the progress, and no answer");
        assertFalse(Files.exists(file()));
        assertEquals(
                Reason.NOT_RUNNING, failure(client(), new Question.Status()).reason());
        assertEquals(
                "no node runs in " + home,
                failure(client(), new Question.Status()).getMessage());
    }

    @Test
    void aQuestionIsOneLineAndWhatComesBehindItIsPassedOver() throws IOException {
        // CS-10, CS-20
        serve();
        assertEquals(
                List.of("{\"answer\":{\"name\":\"node\"}}"),
                call().send("{\"ask\":\"status\",\"new\":[1]}\n{\"ask\":\"peers\"}\n")
                        .lines());
    }

    @Test
    void aQuestionMayHave4096BytesAndNotOneMore() throws IOException {
        // CS-10
        serve();
        String question = "{\"ask\":\"status\",\"x\":\"\"}\n";
        String fits = question.replace("\"\"", "\"" + "x".repeat(ControlSocket.MAX_REQUEST - question.length()) + "\"");
        assertEquals(ControlSocket.MAX_REQUEST, fits.length());
        assertTrue(call().send(fits).line().startsWith("{\"answer\""));
        assertEquals(Reason.TOO_LONG, reason(call().send(" " + fits).lines()));
        assertEquals(
                Reason.TOO_LONG,
                reason(call().send("x".repeat(ControlSocket.MAX_REQUEST)).lines()));
    }

    @Test
    void everyQuestionReachesTheDesk() throws Exception {
        // CS-11, CS-30 to CS-34: what they hold is for PeerTableTest, InquiryTest and SyncAnswerTest
        serve();
        assertEquals("node", status(client()));
        assertEquals(
                PEER.toString(),
                client().ask(new Question.Ping(PEER)).asObject().getString("fingerprint", ""));
        assertEquals(new JsonArray(), client().ask(new Question.Sync(Set.of(PEER))));
        assertEquals(Set.of(PEER), desk.synced.get());
        List<JsonObject> progress = new ArrayList<>();
        JsonObject found = client().ask(new Question.Find(PEER), progress::add).asObject();
        assertEquals(PEER.toString(), found.getString("fingerprint", ""));
        assertEquals(
                List.of(1, 2),
                progress.stream().map(step -> step.getInt("step", 0)).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "7",
                "[]",
                "{}",
                "{\"ask\":7}",
                "{\"ask\":\"shutdown\"}",
                "{\"ask\":\"find\"}",
                "{\"ask\":\"find\",\"peer\":\"../../etc\"}",
                "{\"ask\":\"ping\",\"peer\":[]}",
                "{\"ask\":\"sync\",\"peers\":7}",
                "{\"ask\":\"sync\",\"peers\":[7]}",
                "{\"ask\":\"status\"} {\"ask\":\"status\"}",
            })
    void whatIsNoQuestionIsToldSo(String garbage) throws IOException {
        // CS-22
        serve();
        assertEquals(Reason.NOT_UNDERSTOOD, reason(call().send(garbage + "\n").lines()));
        assertEquals("node", status(client()));
    }

    @Test
    void whatIsNestedOrNoTextIsToldSo() throws IOException {
        // CS-22
        serve();
        assertEquals(
                Reason.NOT_UNDERSTOOD,
                reason(call().send("[".repeat(ControlSocket.MAX_REQUEST - 1) + "\n")
                        .lines()));
        assertEquals(
                Reason.NOT_UNDERSTOOD,
                reason(call().send(new byte[] {'"', (byte) 0xc3, '"', '\n'}).lines()));
    }

    @Test
    void whoSaysNothingInTimeIsHungUpOn() throws Exception {
        // CS-12
        serve(SHORT);
        assertEquals(Reason.TIMED_OUT, reason(call().lines()));
        assertEquals(Reason.TIMED_OUT, reason(call().send("{\"ask\":").lines()));
    }

    @Test
    void whoDoesNotTakeTheAnswerInTimeIsHungUpOn() throws Exception {
        // CS-12
        desk.status = new JsonObject().add("name", "x".repeat(1 << 20));
        serve(SHORT);
        Caller lazy = call().send("{\"ask\":\"status\"}\n");
        desk.asked.get();
        ControlThreads.join("mau-control-");
        assertTrue(lazy.lines().getFirst().length() < 1 << 20, "it was cut off");
    }

    @Test
    void whoHangsUpEndsItsQuestion() throws Exception {
        desk.mayFind = new CountDownLatch(1);
        serve();
        try (Caller caller = new Caller(home)) {
            caller.send("{\"ask\":\"find\",\"peer\":\"" + PEER + "\"}\n");
            desk.finding.get();
        }
        desk.mayFind.countDown();
        assertEquals(
                Reason.BROKEN,
                assertInstanceOf(ControlException.class, desk.deserted.get()).reason());
        try (Caller half = new Caller(home)) {
            assertEquals(Reason.BROKEN, reason(half.hangsUpHalf().lines()));
        }
    }

    @Test
    void theNinthClientIsToldThatTheNodeIsBusyAndAnotherMayComeWhenOneIsGone() throws Exception {
        // CS-21
        ControlSocket socket = serve();
        List<Caller> silent = new ArrayList<>();
        for (int i = 0; i < ControlSocket.MAX_CLIENTS; i++) {
            silent.add(call());
        }
        assertEquals(Reason.BUSY, reason(call().lines()));
        assertEquals(ControlSocket.MAX_CLIENTS, socket.clients());
        assertEquals(Reason.BUSY, failure(client(), new Question.Status()).reason());
        List<Thread> workers = ControlThreads.alive("mau-control-");
        assertEquals(ControlSocket.MAX_CLIENTS, workers.size());
        for (Caller caller : silent) {
            caller.close();
        }
        ControlThreads.join("mau-control-");
        assertEquals("node", status(client()));
    }

    @Test
    void aDefectOfTheNodeIsToldAndTheNodeGoesOn() {
        // CS-22
        serve();
        ControlException failure = failure(client(), new Question.Peers());
        assertEquals(Reason.FAILED, failure.reason());
        assertEquals(
                "the node did not manage to answer: java.lang.IllegalStateException: out of order",
                failure.getMessage());
        assertEquals("node", status(client()));
    }

    @Test
    void aQuestionThatIsTooLongIsNotEvenSent() {
        serve();
        Set<Fingerprint> many = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            many.add(Fingerprint.of(String.format("%040x", i)));
        }
        assertEquals(Reason.TOO_LONG, failure(client(), new Question.Sync(many)).reason());
    }
}
