package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The byte vectors that a script made from the specification alone: what a phone's implementation can be tested against, too. */
class VectorsTest {
    private static final String FILE = "/vectors/ble-session/v1.txt";

    /** The lines of one kind, split at blanks; none at all is a failure. */
    private static List<String[]> vectors(String kind) {
        try (InputStream in = Objects.requireNonNull(VectorsTest.class.getResourceAsStream(FILE), FILE)) {
            List<String[]> found = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(kind + " "))
                    .map(line -> line.split(" "))
                    .toList();
            assertFalse(found.isEmpty(), "no vectors of kind " + kind);
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static byte[] bytes(String[] vector) {
        return HexFormat.of().parseHex(vector[vector.length - 1]);
    }

    private static Check salt(String[] vector) {
        return switch (vector[vector.length - 2]) {
            case "greeting" -> Check.GREETING;
            case "central" -> Scripted.check(Side.CENTRAL);
            case "peripheral" -> Scripted.check(Side.PERIPHERAL);
            default -> throw new AssertionError(String.join(" ", vector));
        };
    }

    @Test
    void readsAndWritesEveryGoodFrame() {
        for (String[] vector : vectors("good")) {
            Frame frame = Frame.parse(salt(vector).open(bytes(vector)).orElseThrow());
            assertEquals(
                    HexFormat.of().formatHex(bytes(vector)),
                    HexFormat.of().formatHex(salt(vector).seal(frame)));
        }
        assertTrue(vectors("good").size() >= 25);
    }

    @Test
    void refusesEveryBadFrameWithItsReason() {
        for (String[] vector : vectors("bad")) {
            var body = salt(vector).open(bytes(vector)).orElseThrow();
            SessionException refused =
                    assertThrows(SessionException.class, () -> Frame.parse(body), String.join(" ", vector));
            assertEquals(vector[1], refused.reason().name(), String.join(" ", vector));
        }
    }

    @Test
    void dropsEveryFrameWhoseCheckFails() {
        vectors("dropped")
                .forEach(vector -> assertTrue(salt(vector).open(bytes(vector)).isEmpty(), vector[1]));
    }

    /** Both engines say exactly what the vectors say, each hearing the other's half from the file. */
    @Test
    void saysTheWholeConversation() {
        SessionOptions takes244 = new SessionOptions(247, 244, 244, 32);
        Session central = Session.central(takes244, Scripted.CENTRAL_ID, 0);
        Set<Call> asked = new HashSet<>();
        says("central", central, () -> {
            if (asked.isEmpty()) {
                central.call().ifPresent(asked::add);
                asked.forEach(VectorsTest::ask);
            }
        });
        assertEquals(Session.State.CLOSED, central.state());
        Session peripheral = Session.peripheral(Scripted.options(), Scripted.PERIPHERAL_ID, 0);
        says("peripheral", peripheral, () -> peripheral.accept().ifPresent(VectorsTest::answer));
        assertEquals(
                SessionException.Reason.CLOSED,
                peripheral.ending().orElseThrow().reason());
    }

    private static void ask(Call call) {
        Scripted.write(call, "GET /");
        call.finish();
    }

    private static void answer(Call call) {
        assertEquals("GET /", Scripted.read(call));
        Scripted.write(call, "200 OK");
        call.finish();
    }

    private static void says(String who, Session session, Runnable work) {
        Deque<String[]> conversation = new ArrayDeque<>(vectors("says"));
        long now = 0;
        while (!conversation.isEmpty()) {
            String[] next = conversation.remove();
            if (!next[1].equals(who)) {
                session.receive(bytes(next), now);
                work.run();
                continue;
            }
            if (next[2].startsWith("8400") && session.state() == Session.State.OPEN) {
                session.close(now);
            }
            String said = HexFormat.of().formatHex(session.poll(now).orElseThrow());
            assertEquals(next[2], said);
            if (session.poll(now).isPresent()) {
                throw new AssertionError("more than the vectors have after " + said);
            }
            work.run();
        }
    }
}
