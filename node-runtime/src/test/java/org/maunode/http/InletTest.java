package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InletTest {
    private static final int STEP = 1000;
    private static final int MANY = 10_000_000;

    private long now;
    private final Inlet inlet = new Inlet(STEP, Inlet.WINDOW, () -> now);
    private final List<Integer> credits = new ArrayList<>();

    private boolean put(int bytes) {
        return inlet.put(ByteBuffer.allocate(bytes));
    }

    private int takeAndWrite() {
        int size = inlet.take().orElseThrow().remaining();
        inlet.written(size, 0);
        return size;
    }

    @Test
    void bytesComeOutAsTheyWentIn() {
        inlet.expect(5);
        assertTrue(inlet.put(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        assertTrue(inlet.put(ByteBuffer.wrap(new byte[] {4, 5})));
        assertTrue(inlet.end());
        assertFalse(inlet.isWhole(), "not taken yet");
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), inlet.take().orElseThrow());
        inlet.written(3, 0);
        assertEquals(ByteBuffer.wrap(new byte[] {4, 5}), inlet.take().orElseThrow());
        assertFalse(inlet.isWhole(), "not written yet");
        inlet.written(2, 0);
        assertTrue(inlet.isWhole());
        assertEquals(Optional.empty(), inlet.take());
    }

    @Test
    void noMoreAndNoLessThanAnnounced() {
        inlet.expect(10);
        assertTrue(put(9));
        assertFalse(inlet.end());
        assertTrue(put(1));
        assertFalse(put(1));
    }

    @Test
    void noMoreThanAWindowAndWhatTheLibraryReadWaits() {
        inlet.expect(MANY);
        int most = Inlet.WINDOW + 64 * 1024;
        assertTrue(put(most));
        assertFalse(put(1));
        assertEquals(most, takeAndWrite());
        assertTrue(put(most));
    }

    @Test
    void creditIsGivenWhenMostIsWrittenAndAllOfItIsGiven() {
        inlet.expect(MANY);
        for (int i = 0; i < 8; i++) {
            put(8000);
        }
        inlet.creditTo(credits::add);
        for (int i = 0; i < 5; i++) {
            takeAndWrite();
        }
        assertEquals(List.of(), credits, "24,000 are held");
        takeAndWrite();
        assertEquals(List.of(48_000), credits);
        takeAndWrite();
        takeAndWrite();
        assertEquals(List.of(48_000), credits, "less than half");
        for (int i = 0; i < 3; i++) {
            put(8000);
            takeAndWrite();
        }
        assertEquals(List.of(48_000, 40_000), credits);
    }

    @Test
    void whoIsRefusedGetsAByteEachTimeItStandsStill() {
        inlet.expect(MANY);
        put(Inlet.WINDOW);
        inlet.creditTo(credits::add);
        assertEquals(List.of(), credits);
        inlet.refuse();
        inlet.creditTo(credits::add);
        assertEquals(List.of(1, 1), credits);
    }

    /** A clock does not begin at zero: a sweep between a request and its announcement took the uptime for a delay. */
    @Test
    void nothingIsLateBeforeItIsExpected() {
        now = 5000;
        Inlet fresh = new Inlet(STEP, Inlet.WINDOW, () -> now);
        assertFalse(fresh.isStalled(5100, 100));
        assertTrue(fresh.isStalled(5101, 100));
    }

    @Test
    void whoSendsNoWholeStepInTimeIsStalled() {
        inlet.expect(MANY);
        now = 100;
        assertFalse(inlet.isStalled(now, 100));
        put(STEP - 1);
        takeAndWrite();
        now = 101;
        assertTrue(inlet.isStalled(now, 100), "a trickle");
        put(1);
        takeAndWrite();
        assertFalse(inlet.isStalled(now, 100), "a step");
        now = 202;
        assertTrue(inlet.isStalled(now, 100));
        put(STEP);
        assertFalse(inlet.isStalled(1000, 100), "our turn");
        inlet.take();
        inlet.written(STEP, 798);
        assertFalse(inlet.isStalled(1000, 100), "our time");
        assertTrue(inlet.isStalled(1101, 100));
        inlet.end();
        assertFalse(inlet.isStalled(5000, 100), "the sender is done");
    }
}
