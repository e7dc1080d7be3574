package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.ble.session.Scripted.acks;
import static org.maunode.ble.session.Scripted.data;
import static org.maunode.ble.session.Scripted.last;
import static org.maunode.ble.session.Scripted.read;
import static org.maunode.ble.session.Scripted.write;
import static org.maunode.ble.session.Side.CENTRAL;
import static org.maunode.ble.session.Side.PERIPHERAL;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.session.SessionException.Reason;

/** A peer that lies, or somebody who writes into the connection: each lie has its reason, and costs nobody else anything. */
class MaliciousPeerTest {
    // Lies in the greeting.

    /** BLE-SES-16: window 0, 64 and 255; frames of 19, 510 and 65535; versions 0 and upside down. */
    @ParameterizedTest
    @CsvSource({"11,f4,00", "11,f4,40", "11,f4,ff", "11,13,20", "01,f4,20", "10,f4,20", "21,f4,20"})
    void refusesAHelloThatLies(String versions, String largest, String window) {
        refusesHello("80" + versions + "00" + largest + window + "01020304");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80110200200102" + "0304", "8011ffff2001020304", "801101fe2001020304"})
    void refusesAHelloWithFramesThatNoLinkCarries(String hello) {
        refusesHello(hello);
    }

    private static void refusesHello(String body) {
        Scripted peripheral = Scripted.listening();
        peripheral.refusesGreeting(Reason.HELLO_INVALID, sealed(Check.GREETING, body));
        peripheral.says(new Refuse(Reason.HELLO_INVALID.code(), Scripted.CENTRAL_ID));
    }

    @Test
    void takesAHelloAtItsLimits() {
        for (Hello hello : List.of(new Hello(1, 15, 20, 1, 7), new Hello(1, 1, 509, 32, 7))) {
            Scripted peripheral = Scripted.listening();
            peripheral.greet(hello);
            assertEquals(1, peripheral.said().size());
        }
    }

    @Test
    void refusesAWelcomeThatLies() {
        for (String body :
                List.of("81" + "02" + "00f4" + "20", "81" + "01" + "00f4" + "40", "81" + "01" + "01fe" + "20")) {
            Scripted central = Scripted.asking();
            central.refusesGreeting(Reason.HELLO_INVALID, sealed(Check.GREETING, body + "01020304" + "0a0b0c0d"));
        }
    }

    /** BLE-SES-17. */
    @Test
    void refusesAGreetingThatChanges() {
        Scripted peripheral = Scripted.peripheral();
        Hello changed = new Hello(1, 1, 244, 31, Scripted.CENTRAL_ID);
        peripheral.refusesGreeting(Reason.HELLO_CHANGED, Check.GREETING.seal(changed));
        Scripted central = Scripted.central();
        Welcome other = new Welcome(1, 244, 32, Scripted.CENTRAL_ID, 1);
        central.refusesGreeting(Reason.HELLO_CHANGED, Check.GREETING.seal(other));
    }

    @Test
    void refusesAGreetingOfTheWrongRole() {
        Scripted.listening().refusesGreeting(Reason.WRONG_ROLE, Check.GREETING.seal(Scripted.WELCOME));
        Scripted.asking().refusesGreeting(Reason.WRONG_ROLE, Check.GREETING.seal(Scripted.HELLO));
    }

    @Test
    void ignoresAWelcomeAndARefusalForSomebodyElse() {
        Scripted central = Scripted.asking();
        central.greet(new Welcome(1, 244, 32, 77, 1));
        central.greet(new Refuse(Reason.BUSY.code(), 77));
        assertEquals(Session.State.SETTING_UP, central.session().state());
    }

    /** BLE-SES-18: nothing but a hello opens a session. */
    @Test
    void refusesDataBeforeTheHello() {
        Scripted.listening().refusesGreeting(Reason.BEFORE_HELLO, Check.GREETING.seal(data(CENTRAL, 0, "x")));
        Scripted.asking().refusesGreeting(Reason.BEFORE_HELLO, Check.GREETING.seal(data(CENTRAL, 0, "x")));
    }

    // Lies about what was sent and what may be sent.

    /** BLE-SES-30. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 500, 511, 1023, 1000})
    void refusesAnAcknowledgementOfAFrameNeverSent(int next) {
        Scripted central = centralWithOneFrameSent();
        central.refuses(Reason.ACK_OF_UNSENT, acks(CENTRAL, next, 32));
    }

    @Test
    void takesAnAcknowledgementOfTheLastFrameSent() {
        Scripted central = centralWithOneFrameSent();
        central.say(acks(CENTRAL, 1, 32));
        assertEquals(Session.State.OPEN, central.session().state());
    }

    @Test
    void refusesAReportOfAFrameNeverSent() {
        Scripted central = centralWithOneFrameSent();
        central.refuses(Reason.ACK_OF_UNSENT, new Report(new Ack(CENTRAL, 0, 32), 0b1));
    }

    @Test
    void refusesARideOnDataThatLies() {
        Scripted central = centralWithOneFrameSent();
        central.refuses(Reason.ACK_OF_UNSENT, data(CENTRAL, 0, "x").carrying(List.of(new Ack(CENTRAL, 9, 32))));
    }

    /** BLE-SES-25: more credit than the hello's window, be it 33 or the most that fits the field. */
    @ParameterizedTest
    @ValueSource(ints = {33, 63})
    void refusesCreditBeyondTheWindow(int window) {
        centralWithOneFrameSent().refuses(Reason.CREDIT_OVERFLOW, acks(CENTRAL, 1, window));
    }

    @Test
    void refusesCreditThatIsTakenBack() {
        centralWithOneFrameSent().refuses(Reason.CREDIT_SHRUNK, acks(CENTRAL, 1, 30));
    }

    /** BLE-SES-21: credit that no longer grows is what a slow reader looks like; an older acknowledgement is no lie either. */
    @Test
    void takesOlderAcknowledgementsInAnyOrder() {
        Scripted central = centralWithOneFrameSent();
        central.say(acks(CENTRAL, 1, 31));
        central.say(acks(CENTRAL, 0, 32));
        central.say(acks(CENTRAL, 1, 32));
        central.say(acks(CENTRAL, 1, 31));
        assertEquals(Session.State.OPEN, central.session().state());
    }

    /** BLE-SES-20: the window holds 32 frames, read or not; the 33rd is a lie. */
    @Test
    void refusesDataBeyondItsCredit() {
        Scripted peripheral = Scripted.peripheral();
        for (int number = 0; number < 32; number++) {
            peripheral.say(data(CENTRAL, number, "x"));
            peripheral.said();
        }
        peripheral.refuses(Reason.BEYOND_CREDIT, data(CENTRAL, 32, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 33, 500, 511, 512, 1023})
    void refusesNumbersFarAheadAndBeforeTheFirst(int number) {
        Scripted.peripheral().refuses(Reason.BEYOND_CREDIT, data(CENTRAL, number, "x"));
    }

    /** BLE-SES-7. */
    @Test
    void holdsAWholeWindowOutOfOrderAndNoMore() {
        Scripted peripheral = Scripted.peripheral();
        for (int number = 31; number > 0; number--) {
            peripheral.say(data(CENTRAL, number, "x"));
        }
        assertTrue(peripheral.session().accept().isEmpty());
        peripheral.say(data(CENTRAL, 0, "x"));
        assertEquals(32, peripheral.session().accept().orElseThrow().readable());
    }

    /** BLE-SES-35. */
    @Test
    void refusesAFrameNumberThatComesTwiceAndDiffers() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 1, "x"));
        peripheral.say(data(CENTRAL, 1, "x"));
        peripheral.refuses(Reason.CONFLICTING_REPEAT, data(CENTRAL, 1, "y"));
    }

    // Lies about calls.

    /** BLE-SES-42. */
    @Test
    void refusesAnAnswerWhereNobodyCalled() {
        Scripted.peripheral().refuses(Reason.UNCALLED, data(PERIPHERAL, 0, "x"));
        Scripted waiting = Scripted.peripheral();
        waiting.session().call().orElseThrow();
        waiting.refuses(Reason.UNCALLED, data(PERIPHERAL, 0, "x"));
        Scripted.peripheral().refuses(Reason.UNCALLED, new Reset(PERIPHERAL, 0));
    }

    /** BLE-SES-43: the caller goes on behind its end while the answer is still open. */
    @Test
    void refusesDataBehindTheEnd() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(last(CENTRAL, 0, "x"));
        peripheral.said();
        peripheral.refuses(Reason.AFTER_END, data(CENTRAL, 1, "y"));
    }

    @Test
    void refusesAnAnswerBehindItsEnd() {
        Scripted central = centralWithOneFrameSent();
        central.say(last(CENTRAL, 0, "x"));
        central.said();
        central.refuses(Reason.AFTER_END, data(CENTRAL, 1, "y"));
    }

    @Test
    void refusesASecondResetAndDataBehindAReset() {
        Scripted twice = Scripted.peripheral();
        twice.say(data(CENTRAL, 0, "x"));
        twice.say(new Reset(CENTRAL, 1));
        twice.said();
        twice.refuses(Reason.AFTER_END, new Reset(CENTRAL, 2));
        Scripted held = Scripted.peripheral();
        held.say(data(CENTRAL, 3, "x"));
        held.refuses(Reason.AFTER_END, new Reset(CENTRAL, 1));
    }

    @Test
    void refusesAResetBeyondItsCredit() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 0, "x"));
        peripheral.refuses(Reason.BEYOND_CREDIT, new Reset(CENTRAL, 33));
    }

    /** BLE-SES-44: calls that are begun and reset without end leave nothing behind. */
    @Test
    void staysSmallWhenCallsAreResetWithoutEnd() {
        Scripted peripheral = Scripted.peripheral();
        for (int call = 0; call < 5_000; call++) {
            peripheral.say(data(CENTRAL, 2 * call & Numbers.MASK, "x"));
            peripheral.say(new Reset(CENTRAL, 2 * call + 1 & Numbers.MASK));
            peripheral.said();
            peripheral.say(acks(CENTRAL, call + 1 & Numbers.MASK, 32));
            assertTrue(peripheral.session().accept().isEmpty());
        }
        assertEquals(Session.State.OPEN, peripheral.session().state());
    }

    // Lies about form.

    /** BLE-SES-19: one past what the hello allowed. */
    @Test
    void refusesAFrameLongerThanItTakes() {
        SessionOptions small = new SessionOptions(247, 244, 100, 32);
        Session session = Session.peripheral(small, Scripted.PERIPHERAL_ID, 0);
        session.receive(Check.GREETING.seal(Scripted.HELLO), 0);
        Check check = Scripted.check(CENTRAL);
        session.receive(check.seal(data(CENTRAL, 0, "x".repeat(95))), 0);
        byte[] longer = check.seal(data(CENTRAL, 1, "x".repeat(96)));
        assertEquals(
                Reason.OVERSIZE,
                assertThrows(SessionException.class, () -> session.receive(longer, 0))
                        .reason());
    }

    /** BLE-SES-8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "01",
                "0800",
                "080020ff",
                "0c0020",
                "2c00200020",
                "400" + "0",
                "5c0000",
                "48000" + "0",
                "40",
                "8300",
                "84",
                "840000",
                "880400",
                "8800",
                "890000" + "00",
                "8a0020",
                "8a002000000000",
                "8a002080000000",
                "85",
                "86",
                "87",
                "8c",
                "90",
                "ff",
                "c0"
            })
    void refusesWhatTheGrammarDoesNotKnow(String body) {
        Scripted peripheral = Scripted.peripheral();
        byte[] bytes = sealed(Scripted.check(CENTRAL), body);
        assertEquals(
                Reason.MALFORMED,
                assertThrows(SessionException.class, () -> peripheral.receive(bytes), body)
                        .reason());
        peripheral.says(new Close(Reason.MALFORMED.code()));
    }

    // Somebody else on the connection.

    /** BLE-SES-3: frames of another session, of the other direction, of no session: dropped, counted, harmless. */
    @Test
    void dropsWhatItsPeerDidNotSend() {
        Scripted peripheral = Scripted.peripheral();
        Data data = data(CENTRAL, 0, "stale");
        peripheral.receive(Check.of(Scripted.CENTRAL_ID, 1, CENTRAL).seal(data));
        peripheral.receive(Check.of(1, Scripted.PERIPHERAL_ID, CENTRAL).seal(data));
        peripheral.receive(Scripted.check(PERIPHERAL).seal(data));
        peripheral.receive(Check.GREETING.seal(data));
        peripheral.receive(new byte[0]);
        peripheral.receive(new byte[3]);
        assertEquals(6, peripheral.session().dropped());
        assertTrue(peripheral.session().accept().isEmpty());
        assertEquals(Session.State.OPEN, peripheral.session().state());
    }

    /** BLE-SES-3: a recording of a whole session means nothing to the next one, whose peripheral drew another identifier. */
    @Test
    void dropsAReplayedSession() {
        Pair pair = Pair.open();
        List<byte[]> recorded = new ArrayList<>();
        pair.tap(arrival -> recorded.add(arrival.frame()));
        Call call = pair.central().call().orElseThrow();
        write(call, "secret");
        pair.run(100);
        Session replayed = Session.peripheral(Scripted.options(), 4711, 0);
        replayed.receive(pair.air().sent().getFirst().frame(), 0);
        recorded.forEach(frame -> replayed.receive(frame, 0));
        assertEquals(Session.State.SETTING_UP, replayed.state());
        assertTrue(replayed.accept().isEmpty());
    }

    /** BLE-SES-4: 200 kB of garbage a second among the frames of a transfer, as issue 4 asks. */
    @Test
    void survivesAFloodOfGarbage() {
        Pair pair = Pair.open();
        Random random = new Random(4);
        pair.tap(arrival -> {
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[random.nextInt(1, 512)];
                random.nextBytes(garbage);
                pair.of(arrival.to()).receive(garbage, pair.now());
            }
        });
        Call call = pair.central().call().orElseThrow();
        byte[] bytes = Transfer.bytes(100_000, 1);
        ArrayList<Transfer> transfer = new ArrayList<>();
        pair.work(() -> {
            pair.peripheral().accept().ifPresent(to -> transfer.add(new Transfer(call, to, bytes, 512)));
            transfer.forEach(Transfer::work);
        });
        Scripted.write(call, "!");
        pair.run(60_000, () -> !transfer.isEmpty() && transfer.getFirst().isDone());
        byte[] arrived = transfer.getFirst().arrived();
        assertEquals(bytes.length + 1, arrived.length);
        assertEquals(ByteBuffer.wrap(bytes), ByteBuffer.wrap(arrived, 1, bytes.length));
        assertTrue(pair.peripheral().dropped() > 5_000);
    }

    /** BLE-SES-27: a flood of pings is answered once a poll. */
    @Test
    void answersAFloodOfPingsOnce() {
        Scripted peripheral = Scripted.peripheral();
        for (int i = 0; i < 1_000; i++) {
            peripheral.say(new Ping());
        }
        assertEquals(1, peripheral.said().size());
    }

    @Test
    void neverReadsWhatAStrangerMeantForAClosedSession() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.session().linkLost();
        peripheral.say(data(CENTRAL, 0, "x"));
        peripheral.says();
        assertTrue(peripheral.session().accept().isEmpty());
        assertTrue(peripheral.session().deadline().isEmpty());
    }

    private static Scripted centralWithOneFrameSent() {
        Scripted central = Scripted.central();
        Scripted.write(central.session().call().orElseThrow(), "x");
        central.said();
        return central;
    }

    private static byte[] sealed(Check check, String body) {
        return check.seal(HexFormat.of().parseHex(body));
    }

    @Test
    void readsNothingOfAResetCall() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(data(CENTRAL, 0, "half"));
        Call call = peripheral.session().accept().orElseThrow();
        peripheral.say(new Reset(CENTRAL, 1));
        assertEquals(
                Reason.RESET,
                assertThrows(SessionException.class, () -> read(call)).reason());
        peripheral.says(new Reset(CENTRAL, 0), new Acks(List.of(new Ack(CENTRAL, 2, 32))));
    }
}
