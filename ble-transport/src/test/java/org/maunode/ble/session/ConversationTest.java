package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.ble.session.Scripted.acks;
import static org.maunode.ble.session.Scripted.data;
import static org.maunode.ble.session.Scripted.last;
import static org.maunode.ble.session.Scripted.read;
import static org.maunode.ble.session.Scripted.write;
import static org.maunode.ble.session.Side.CENTRAL;
import static org.maunode.ble.session.Side.PERIPHERAL;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.ble.session.SessionException.Reason;

/** Exact frames in order, as the specification's charts have them. */
class ConversationTest {
    /**
     * BLE-SES-10, 11, 12.
     *
     * <pre>
     *   central                    peripheral
     *   HELLO ───────────────────►
     *         ◄─────────────────── WELCOME
     *   Acks ────────────────────►            (now it may send)
     *         ◄─────────────────── Acks
     * </pre>
     */
    @Test
    void greetsInThreeFrames() {
        Scripted central = Scripted.asking();
        central.greet(Scripted.WELCOME);
        central.says(new Acks(List.of(new Ack(CENTRAL, 0, 32), new Ack(PERIPHERAL, 0, 32))));
        assertEquals(Session.State.OPEN, central.session().state());

        Scripted peripheral = Scripted.listening();
        peripheral.greet(Scripted.HELLO);
        peripheral.says(new Welcome(1, 509, 32, Scripted.CENTRAL_ID, Scripted.PERIPHERAL_ID));
        assertEquals(Session.State.SETTING_UP, peripheral.session().state());
        assertTrue(peripheral.session().call().isEmpty());
        peripheral.say(acks(CENTRAL, 0, 32));
        peripheral.says(new Acks(List.of(new Ack(CENTRAL, 0, 32), new Ack(PERIPHERAL, 0, 32))));
        assertEquals(Session.State.OPEN, peripheral.session().state());
    }

    /** BLE-SES-13: HELLO at 0, 0.5, 1.5, 3.5 s and every 2 s, until 20 s. */
    @Test
    void repeatsHelloUntilItGivesUp() {
        Scripted central = Scripted.asking();
        int hellos = 1;
        while (central.session().state() == Session.State.SETTING_UP) {
            central.pass(central.session().deadline().orElseThrow() - central.now());
            hellos += central.said().size();
        }
        assertEquals(12, hellos);
        assertEquals(Limits.SETUP_LIMIT, central.now());
        assertEquals(Reason.SILENCE, central.session().ending().orElseThrow().reason());
    }

    /** BLE-SES-14: a repeated HELLO is answered by the same WELCOME, a repeated WELCOME by acknowledgements. */
    @Test
    void answersRepeatedGreetings() {
        Scripted peripheral = Scripted.listening();
        peripheral.greet(Scripted.HELLO);
        List<Frame> first = peripheral.said();
        peripheral.greet(Scripted.HELLO);
        assertEquals(first, peripheral.said());

        Scripted central = Scripted.central();
        central.greet(Scripted.WELCOME);
        assertEquals(1, central.said().size());
    }

    /**
     * BLE-SES-40.
     *
     * <pre>
     *   central                           peripheral
     *   Data 0 "GET" ────────────────────►
     *         ◄────────────────────────── Data 0 "OK" with ack 1
     *   Acks 1, after 60 ms ─────────────►
     *   Data 1 last ─────────────────────►
     *         ◄────────────────────────── Data 1 last with ack 2
     *   Acks 2 ──────────────────────────►            both are over
     *   Data 2 "GET" ────────────────────►            the next call
     * </pre>
     */
    @Test
    void answersACallAndTakesTheNextOne() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 0, "GET"));
        Call call = peripheral.session().accept().orElseThrow();
        assertTrue(peripheral.session().accept().isEmpty());
        assertEquals("GET", read(call));
        write(call, "OK");
        peripheral.says(data(CENTRAL, 0, "OK").carrying(List.of(new Ack(CENTRAL, 1, 32))));
        peripheral.say(acks(CENTRAL, 1, 32));
        peripheral.say(last(CENTRAL, 1, ""));
        assertEquals("END", read(call));
        call.finish();
        peripheral.says(last(CENTRAL, 1, "").carrying(List.of(new Ack(CENTRAL, 2, 32))));
        assertFalse(call.isOver());
        peripheral.say(acks(CENTRAL, 2, 32));
        assertTrue(call.isOver());
        peripheral.say(data(CENTRAL, 2, "GET"));
        assertEquals("GET", read(peripheral.session().accept().orElseThrow()));
    }

    /** BLE-SES-41: the next call shows that the end of the last one has arrived, even if that acknowledgement is lost. */
    @Test
    void takesTheNextCallForTheAcknowledgementOfTheLast() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(last(CENTRAL, 0, "A"));
        Call first = peripheral.session().accept().orElseThrow();
        first.close();
        peripheral.said();
        peripheral.say(data(CENTRAL, 1, "B"));
        Call second = peripheral.session().accept().orElseThrow();
        assertEquals("B", read(second));
        assertTrue(first.isOver());
        peripheral.pass(10_000);
        assertTrue(peripheral.said().stream().noneMatch(frame -> frame instanceof Data), "nothing is repeated");
    }

    /** BLE-SES-22, 23: a third of a window of 32 is acknowledged at once, fewer after a pause. */
    @Test
    void acknowledgesAThirdOfTheWindowAtOnceAndFewerLater() {
        Scripted peripheral = Scripted.peripheral();
        for (int number = 0; number < 9; number++) {
            peripheral.say(data(CENTRAL, number, "x"));
            peripheral.says();
        }
        peripheral.say(data(CENTRAL, 9, "x"));
        peripheral.says(acks(CENTRAL, 10, 22));
        peripheral.say(data(CENTRAL, 10, "x"));
        peripheral.says();
        peripheral.pass(Limits.ACK_PAUSE - 1);
        peripheral.says();
        peripheral.pass(1);
        peripheral.says(acks(CENTRAL, 11, 21));
    }

    /** BLE-SES-22: where each frame takes long, an acknowledgement for each would take as long again. */
    @Test
    void acknowledgesFramesThatComeSlowlyTogether() {
        Scripted peripheral = Scripted.peripheral();
        int pace = Limits.ACK_PAUSE - 1;
        peripheral.say(data(CENTRAL, 0, "x"));
        peripheral.pass(pace);
        peripheral.say(data(CENTRAL, 1, "x"));
        peripheral.pass(pace);
        peripheral.say(data(CENTRAL, 2, "x"));
        peripheral.says();
        peripheral.pass(Limits.ACK_DELAY - 2 * pace - 1);
        peripheral.says();
        peripheral.pass(1);
        peripheral.says(acks(CENTRAL, 3, 29));
    }

    /**
     * BLE-SES-24, 31: the report names what is there, and only what is missing is repeated.
     *
     * <pre>
     *   Data 0, 1 (lost), 2, 3 ──────────►
     *         ◄────────────────────────── Report 1, bits 0 and 1
     *   Data 1 ──────────────────────────►
     *         ◄────────────────────────── Acks 4
     * </pre>
     */
    @Test
    void reportsAGapAndRepeatsOnlyWhatIsMissing() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 0, "a"));
        peripheral.say(data(CENTRAL, 2, "c"));
        peripheral.say(data(CENTRAL, 3, "d"));
        peripheral.says();
        peripheral.pass(Limits.REPORT_DELAY);
        peripheral.says(new Report(new Ack(CENTRAL, 1, 31), 0b11));
        peripheral.say(data(CENTRAL, 1, "b"));
        assertEquals("abcd", read(peripheral.session().accept().orElseThrow()));

        Scripted central = Scripted.central();
        Call call = central.session().call().orElseThrow();
        for (String text : List.of("a", "b", "c", "d")) {
            write(call, text);
            central.said();
        }
        central.pass(100);
        central.say(new Report(new Ack(CENTRAL, 1, 32), 0b11));
        central.says();
        central.pass(25);
        central.says(data(CENTRAL, 1, "b"));
        central.say(acks(CENTRAL, 4, 32));
        central.pass(Limits.MOST_TIMEOUT);
        central.says();
    }

    /** BLE-SES-32, 33: the first time the timer rings, only the oldest frame is repeated; the second time, all. */
    @Test
    void repeatsTheOldestFrameFirstAndThenAll() {
        Scripted central = Scripted.central();
        Call call = central.session().call().orElseThrow();
        write(call, "a");
        central.said();
        write(call, "b");
        central.said();
        central.pass(Limits.FIRST_TIMEOUT);
        central.says(data(CENTRAL, 0, "a"));
        central.pass(Limits.FIRST_TIMEOUT);
        central.says(data(CENTRAL, 0, "a"), data(CENTRAL, 1, "b"));
    }

    /** BLE-SES-26, 33: without credit a sender asks, and the answer that was lost comes again. */
    @Test
    void asksForCreditThatWasLost() {
        Scripted central = Scripted.central();
        Call call = central.session().call().orElseThrow();
        write(call, "a");
        central.said();
        central.say(acks(CENTRAL, 1, 31));
        for (int number = 1; number < 32; number++) {
            write(call, "x");
            central.said();
            central.say(acks(CENTRAL, number + 1, 31 - number));
        }
        write(call, "y");
        central.says();
        central.pass(Limits.LEAST_TIMEOUT);
        central.says(new Ping());
        central.say(acks(CENTRAL, 32, 1));
        central.says(data(CENTRAL, 32, "y"));
    }

    /** BLE-SES-27: a ping is answered with the acknowledgements of both streams. */
    @Test
    void answersAPing() {
        Scripted central = Scripted.central();
        central.say(new Ping());
        central.says(new Acks(List.of(new Ack(CENTRAL, 0, 32), new Ack(PERIPHERAL, 0, 32))));
    }

    /** BLE-SES-50: asks after 15 s of silence, then every 5 s, and gives up after 60 s. */
    @Test
    void asksASilentPeerAndGivesUp() {
        Scripted central = Scripted.central();
        int pings = 0;
        while (central.session().state() == Session.State.OPEN) {
            central.pass(central.session().deadline().orElseThrow() - central.now());
            pings += (int) central.said().stream()
                    .filter(frame -> frame instanceof Ping)
                    .count();
        }
        assertEquals(9, pings);
        assertEquals(Limits.SILENCE_LIMIT, central.now());
        assertEquals(
                new Ending(CENTRAL, Reason.SILENCE), central.session().ending().orElseThrow());
    }

    /** BLE-SES-52: what was written arrives before the session closes. */
    @Test
    void closesWhenEverythingIsAcknowledged() {
        Scripted central = Scripted.central();
        Call call = central.session().call().orElseThrow();
        write(call, "bye");
        central.session().close(central.now());
        central.says(data(CENTRAL, 0, "bye"));
        assertEquals(Session.State.CLOSING, central.session().state());
        assertTrue(central.session().call().isEmpty());
        central.say(acks(CENTRAL, 1, 32));
        central.says(new Close(0));
        central.pass(Limits.FIRST_TIMEOUT);
        central.says(new Close(0));
        central.say(new Close(0));
        central.pass(Limits.FIRST_TIMEOUT);
        central.says();
        assertEquals(
                Optional.of(new Ending(CENTRAL, Reason.CLOSED)),
                central.session().ending());
        assertTrue(central.session().deadline().isEmpty());
    }

    /** BLE-SES-52: an unwilling peer is waited for 10 s. */
    @Test
    void closesInTheEndEvenIfNothingIsAcknowledged() {
        Scripted central = Scripted.central();
        write(central.session().call().orElseThrow(), "bye");
        central.session().close(central.now());
        central.said();
        central.pass(Limits.CLOSE_LIMIT - 1);
        central.said();
        assertEquals(Session.State.CLOSING, central.session().state());
        central.pass(1);
        central.says(new Close(0));
        assertEquals(Session.State.CLOSED, central.session().state());
    }

    /** BLE-SES-51, 53: what has arrived stays readable, then the reader hears why there is no more. */
    @Test
    void tellsReaderAndWriterThatTheSessionIsOver() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 0, "half"));
        Call call = peripheral.session().accept().orElseThrow();
        peripheral.say(new Close(Reason.ABORTED.code()));
        assertEquals("half", read(call));
        assertEquals(
                Reason.ABORTED,
                assertThrows(SessionException.class, () -> read(call)).reason());
        assertEquals(
                Reason.ABORTED,
                assertThrows(SessionException.class, () -> write(call, "x")).reason());
        assertEquals(
                new Ending(CENTRAL, Reason.ABORTED),
                peripheral.session().ending().orElseThrow());
        peripheral.says();
    }

    /** BLE-SES-54: a closed side tells a peer that goes on, but not for ever. */
    @Test
    void repeatsItsFarewellAFewTimes() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.session().abort(peripheral.now());
        peripheral.says(new Close(Reason.ABORTED.code()));
        int farewells = 1;
        for (int number = 0; number < 10; number++) {
            peripheral.say(data(CENTRAL, number, "x"));
            farewells += peripheral.said().size();
        }
        assertEquals(Limits.FAREWELLS, farewells);
    }

    /** BLE-SES-55: the central restarted on the same connection; its new hello goes to a new session. */
    @Test
    void givesWayToANewSession() {
        Scripted peripheral = Scripted.peripheral();
        Hello next = new Hello(1, 1, 244, 32, 99);
        SessionException restart = assertThrows(SessionException.class, () -> peripheral.greet(next));
        assertEquals(Reason.RESTARTED, restart.reason());
        peripheral.says();
        assertEquals(
                Reason.RESTARTED,
                assertThrows(SessionException.class, () -> peripheral.greet(next))
                        .reason());
    }

    /** BLE-SES-15: the peripheral refuses what it cannot speak, and says why. */
    @Test
    void refusesAnotherVersion() {
        Scripted peripheral = Scripted.listening();
        peripheral.refusesGreeting(Reason.VERSION, Check.GREETING.seal(new Hello(2, 3, 244, 32, 5)));
        peripheral.says(new Refuse(Reason.VERSION.code(), 5));
    }

    /** BLE-SES-15: a busy node says so without a session of its own. */
    @Test
    void endsWhenRefused() {
        Scripted central = Scripted.asking();
        byte[] hello = Check.GREETING.seal(Scripted.HELLO);
        central.receive(Session.refusal(hello, Reason.BUSY).orElseThrow());
        assertEquals(
                new Ending(PERIPHERAL, Reason.BUSY), central.session().ending().orElseThrow());
        central.says();
        assertTrue(Session.refusal(new byte[20], Reason.BUSY).isEmpty());
    }
}
