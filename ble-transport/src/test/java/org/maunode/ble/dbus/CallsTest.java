package org.maunode.ble.dbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.maunode.ble.dbus.DBusException.Reason;
import org.maunode.ble.dbus.Message.Field;

/** Turns, limits and deadlines of our calls, and of what is to be done later, without a bus. */
class CallsTest {
    /** Near where the count of nanoseconds turns over: only differences may be compared. */
    private static final long NOW = Long.MAX_VALUE - 50;

    private final List<byte[]> sent = new ArrayList<>();
    private final Calls calls = new Calls(sent::add);

    private Calls.Pending call(int serial, long deadline) {
        Calls.Pending call =
                new Calls.Pending(serial, new byte[] {1}, "call " + serial, deadline, new CompletableFuture<>());
        calls.add(call);
        return call;
    }

    private static Message answer(int serial) {
        Map<Field, Value> fields = Map.of(Field.REPLY_SERIAL, Value.uint32(serial));
        return new Message(Message.Kind.METHOD_RETURN, 0, 1, fields, List.of(Value.uint32(serial)));
    }

    private static Reason reason(Calls.Pending call) {
        return ((DBusException) assertThrows(CompletionException.class, call.answer()::join)
                        .getCause())
                .reason();
    }

    @Test
    void asManyAsAllowedAreOutAndTheNextGoesWhenOneIsAnswered() {
        Calls.Pending first = call(1, NOW + 100);
        for (int serial = 2; serial <= Limits.OUTSTANDING; serial++) {
            call(serial, NOW + 100);
        }
        assertEquals(Limits.OUTSTANDING, sent.size());
        Calls.Pending next = call(1000, NOW + 100);
        assertEquals(Limits.OUTSTANDING, sent.size());
        calls.answered(answer(1));
        assertEquals(1, first.answer().join().getFirst().asLong());
        assertEquals(Limits.OUTSTANDING + 1, sent.size());
        calls.answered(answer(1000));
        assertTrue(next.answer().isDone());
    }

    @Test
    void soManyMayWaitAndNoMore() {
        for (int serial = 1; serial < Limits.OUTSTANDING + Limits.WAITING; serial++) {
            call(serial, NOW + 100);
        }
        assertFalse(call(5000, NOW + 100).answer().isDone());
        assertEquals(Reason.BUSY, reason(call(5001, NOW + 100)));
    }

    @Test
    void whatIsOverdueIsGivenUpAndMakesRoom() {
        for (int serial = 1; serial <= Limits.OUTSTANDING; serial++) {
            call(serial, NOW + 100);
        }
        Calls.Pending waits = call(1000, NOW + 50);
        Calls.Pending next = call(1001, NOW + 200);
        assertEquals(OptionalLong.of(NOW + 50), calls.ring(NOW));
        assertEquals(OptionalLong.of(NOW + 100), calls.ring(NOW + 50));
        assertEquals(Reason.TIMED_OUT, reason(waits));
        assertEquals(OptionalLong.of(NOW + 200), calls.ring(NOW + 100));
        assertEquals(Limits.OUTSTANDING + 1, sent.size());
        assertFalse(next.answer().isDone());
        calls.answered(answer(1));
    }

    @Test
    void anAnswerThatNobodyWaitsForIsPassedOver() {
        calls.answered(answer(77));
        assertEquals(OptionalLong.empty(), calls.ring(NOW));
    }

    @Test
    void allFailWhenTheBusIsGone() {
        List<Calls.Pending> all = new ArrayList<>();
        for (int serial = 1; serial <= Limits.OUTSTANDING + 3; serial++) {
            all.add(call(serial, NOW + 100));
        }
        calls.fail(new DBusException(Reason.LOST, "gone"));
        all.forEach(call -> assertEquals(Reason.LOST, reason(call)));
        assertEquals(OptionalLong.empty(), calls.ring(NOW));
    }

    @Test
    void timersRingInOrderAndNotAfterTheyWereTakenBack() {
        Timers timers = new Timers();
        List<String> rung = new ArrayList<>();
        Timers.Timer never = new Timers.Timer(NOW + 1, () -> rung.add("never"));
        timers.add(new Timers.Timer(NOW + 60, () -> rung.add("second")));
        timers.add(never);
        timers.add(new Timers.Timer(NOW + 2, () -> rung.add("first")));
        timers.remove(never);
        assertEquals(OptionalLong.of(NOW + 2), timers.ring(NOW));
        assertEquals(OptionalLong.of(NOW + 60), timers.ring(NOW + 2));
        assertEquals(OptionalLong.empty(), timers.ring(NOW + 60));
        assertEquals(List.of("first", "second"), rung);
    }
}
