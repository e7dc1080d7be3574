package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.ble.session.Scripted.data;
import static org.maunode.ble.session.Scripted.last;
import static org.maunode.ble.session.Scripted.read;
import static org.maunode.ble.session.Scripted.write;
import static org.maunode.ble.session.Side.CENTRAL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maunode.ble.session.SessionException.Reason;

/** BLE-SES-40 to 47: calls follow one another on a stream, and each half ends by itself. */
class CallsTest {
    @ParameterizedTest
    @EnumSource
    void callsTwoThousandTimesOnOneStream(Side side) {
        Pair pair = Pair.open();
        for (int i = 0; i < 2_000; i++) {
            String question = "q" + i;
            Call call = pair.of(side).call().orElseThrow();
            write(call, question);
            call.finish();
            pair.run(20);
            Call answering = pair.of(side.other()).accept().orElseThrow();
            assertEquals(question, read(answering));
            assertEquals("END", read(answering));
            write(answering, "a" + i);
            answering.finish();
            pair.run(40);
            assertEquals("a" + i, read(call));
            assertEquals("END", read(call));
            pair.run(40);
            assertTrue(call.isOver() && answering.isOver());
        }
    }

    /** BLE-SES-45: after its end a side still reads; after the peer's end it still writes. */
    @Test
    void endsEachHalfByItself() {
        Pair pair = Pair.open();
        Call call = pair.central().call().orElseThrow();
        call.finish();
        pair.run(100);
        Call answering = pair.peripheral().accept().orElseThrow();
        assertEquals("END", read(answering));
        for (int i = 0; i < 100; i++) {
            write(answering, "answer");
            pair.run(100);
            assertEquals("answer", read(call));
        }
        assertTrue(pair.central().call().isEmpty());
        assertThrows(IllegalStateException.class, () -> write(call, "x"));
        assertEquals(0, call.writable());
        answering.finish();
        pair.run(100);
        assertTrue(pair.central().call().isPresent());
    }

    /** BLE-SES-46: whoever resets, both sides hear it, and the next call works; the other stream does not notice. */
    @ParameterizedTest
    @EnumSource
    void resetsACallAndNothingElse(Side resetting) {
        Pair pair = Pair.open();
        Call other = pair.peripheral().call().orElseThrow();
        write(other, "other");
        Call call = pair.central().call().orElseThrow();
        call.write(new byte[8_000], 0, 8_000);
        pair.run(100);
        Call answering = pair.peripheral().accept().orElseThrow();
        answering.write(new byte[8_000], 0, 8_000);
        pair.run(100);
        assertFalse(call.isReset() || answering.isReset());
        (resetting == CENTRAL ? call : answering).reset();
        pair.run(200);
        for (Call end : List.of(call, answering)) {
            assertEquals(
                    Reason.RESET,
                    assertThrows(SessionException.class, () -> read(end)).reason());
            assertTrue(end.isReset() && end.isOver());
        }
        assertFalse(other.isReset());
        write(pair.central().call().orElseThrow(), "again");
        pair.run(100);
        assertEquals("again", read(pair.peripheral().accept().orElseThrow()));
        assertEquals("other", read(pair.central().accept().orElseThrow()));
    }

    /** BLE-SES-46: a reset needs no credit. */
    @Test
    void resetsACallThatNobodyReads() {
        Pair pair = Pair.open();
        Call call = pair.central().call().orElseThrow();
        pair.work(() -> {
            if (call.writable() > 0) {
                call.write(new byte[Limits.UNSENT_BYTES], 0, call.writable());
            }
        });
        pair.run(5_000);
        pair.work(() -> {});
        call.reset();
        pair.run(200);
        assertTrue(call.isOver());
        write(pair.central().call().orElseThrow(), "x");
        pair.run(100);
        assertEquals("x", read(pair.peripheral().accept().orElseThrow()));
    }

    /** BLE-SES-46: nothing was sent, so nothing needs to be reset. */
    @Test
    void forgetsACallThatIsResetBeforeItBegan() {
        Scripted central = Scripted.central();
        Call call = central.session().call().orElseThrow();
        write(call, "x");
        call.reset();
        central.says();
        assertTrue(central.session().call().isPresent());
    }

    /** BLE-SES-47: a reset right behind the end belongs to the call that ended. */
    @Test
    void tellsALateResetFromAnEarlyOne() {
        Scripted late = answered();
        late.say(new Reset(CENTRAL, 1));
        assertTrue(late.said().stream().anyMatch(frame -> frame instanceof Reset));
        assertTrue(late.session().accept().isEmpty());

        Scripted early = answered();
        early.say(new Reset(CENTRAL, 2));
        assertTrue(early.said().stream().anyMatch(frame -> frame instanceof Reset));
        early.say(data(CENTRAL, 1, "what the reset overtook"));
        assertTrue(early.session().accept().isEmpty());
        early.say(Scripted.acks(CENTRAL, 2, 32));
        early.say(data(CENTRAL, 3, "next"));
        assertEquals("next", read(early.session().accept().orElseThrow()));
    }

    private static Scripted answered() {
        Scripted peripheral = Scripted.peripheral();
        peripheral.say(last(CENTRAL, 0, "x"));
        peripheral.session().accept().orElseThrow().finish();
        peripheral.said();
        return peripheral;
    }

    /** BLE-SES-45: whoever closes a call has what still comes dropped, and gives credit for it. */
    @Test
    void dropsWhatComesAfterClose() {
        Pair pair = Pair.open();
        Call call = pair.central().call().orElseThrow();
        byte[] bytes = Transfer.bytes(100_000, 1);
        write(call, "x");
        pair.run(100);
        pair.peripheral().accept().orElseThrow().close();
        int[] written = {0};
        pair.work(() -> {
            if (call.writable() > 0) {
                written[0] += call.write(bytes, written[0], bytes.length - written[0]);
            }
            if (written[0] == bytes.length) {
                call.finish();
            }
        });
        pair.run(20_000, call::isOver);
    }

    /** BLE-SES-46: calls of every kind in any order over a bad link; both sides agree in the end and the streams still work. */
    @Test
    void survivesAnyOrderOfEndsAndResets() {
        int total = 0;
        for (int seed = 0; seed < 150; seed++) {
            Pair pair = Pair.atMtu(100, Faults.everything(), seed);
            pair.open(20_000);
            Random random = new Random(seed);
            List<Call> calls = new ArrayList<>();
            pair.work(() -> {
                for (Side side : Side.values()) {
                    Optional<Call> begun =
                            random.nextInt(3) == 0 ? pair.of(side).call() : Optional.empty();
                    begun.ifPresent(call -> write(call, "begin"));
                    begun.ifPresent(calls::add);
                    pair.of(side).accept().ifPresent(calls::add);
                }
                for (Call call : calls.stream().filter(call -> !call.isOver()).toList()) {
                    act(random.nextInt(40), call);
                }
            });
            pair.run(10_000);
            pair.work(() -> {
                for (Side side : Side.values()) {
                    pair.of(side).accept().ifPresent(calls::add);
                }
                calls.forEach(Call::close);
            });
            pair.run(60_000, () -> calls.stream().allMatch(Call::isOver));
            total += calls.size();
        }
        assertTrue(total > 2_000, total + " calls");
    }

    private static void act(int choice, Call call) {
        switch (choice) {
            case 0 -> call.reset();
            case 1, 2 -> call.finish();
            case 3 -> call.close();
            case 4, 5, 6, 7 -> tryToWrite(call);
            default -> tryToRead(call);
        }
    }

    private static void tryToWrite(Call call) {
        if (call.writable() > 0) {
            call.write(new byte[700], 0, Math.min(700, call.writable()));
        }
    }

    private static void tryToRead(Call call) {
        try {
            call.read(new byte[300], 0, 300);
        } catch (SessionException broken) {
            assertEquals(Reason.RESET, broken.reason());
        }
    }

    @Test
    void offersNoCallBeforeTheSessionIsOpenOrAfterItEnded() {
        Pair pair = Pair.atMtu(247, Faults.NONE, 1);
        assertTrue(pair.central().call().isEmpty());
        pair.open(1_000);
        Call call = pair.central().call().orElseThrow();
        pair.cut();
        assertTrue(pair.central().call().isEmpty());
        assertEquals(
                Reason.LINK_LOST,
                assertThrows(SessionException.class, () -> read(call)).reason());
        assertFalse(pair.central().poll(pair.now()).isPresent());
    }
}
