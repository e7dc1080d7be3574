package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maunode.ble.session.SessionException.Reason;

/** The small parts, each by itself. */
class UnitsTest {
    @Test
    void countsFrameNumbersAcrossTheTurn() {
        for (long number = 0; number < 5_000; number++) {
            for (long around = Math.max(0, number - 511); around <= number + 511; around += 73) {
                assertEquals(around, Numbers.nearest(Numbers.wire(around), number));
            }
        }
        assertEquals(-1, Numbers.nearest(1023, 0));
    }

    @Test
    void keepsBytesInOrderUpToItsCapacity() {
        Random random = new Random(1);
        ByteQueue queue = new ByteQueue(1_000);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 5_000; i++) {
            byte[] chunk = Transfer.bytes(random.nextInt(400), i);
            int taken = queue.add(chunk, 0, chunk.length);
            in.write(chunk, 0, taken);
            assertTrue(queue.size() <= 1_000 && (taken == chunk.length || queue.room() == 0));
            out.writeBytes(queue.take(random.nextInt(queue.size() + 1)));
        }
        out.writeBytes(queue.take(queue.size()));
        assertArrayEquals(in.toByteArray(), out.toByteArray());
    }

    @Test
    void waitsLongerForAnswersThatTakeLonger() {
        RoundTrip roundTrip = new RoundTrip();
        assertEquals(Limits.FIRST_TIMEOUT, roundTrip.timeout(0));
        assertEquals(Limits.MOST_DOUBLED_TIMEOUT, roundTrip.timeout(1));
        roundTrip.measured(30);
        assertEquals(Limits.LEAST_TIMEOUT, roundTrip.timeout(0));
        for (int i = 0; i < 50; i++) {
            roundTrip.measured(1_000);
        }
        assertTrue(roundTrip.timeout(0) >= 1_000 && roundTrip.timeout(0) < 1_200);
        roundTrip.measured(100_000);
        assertEquals(Limits.MOST_TIMEOUT, roundTrip.timeout(0));
        assertEquals(Limits.MOST_TIMEOUT, roundTrip.timeout(60));
    }

    @Test
    void toleratesMoreReorderingOnceItWasHasty() {
        RoundTrip roundTrip = new RoundTrip();
        assertEquals(Limits.LEAST_REORDER_WAIT, roundTrip.reorderWait());
        roundTrip.measured(80);
        assertEquals(20, roundTrip.reorderWait());
        roundTrip.hasty();
        assertEquals(40, roundTrip.reorderWait());
        for (int i = 0; i < 10; i++) {
            roundTrip.hasty();
        }
        assertEquals(Limits.MOST_REORDER_WAIT, roundTrip.reorderWait());
    }

    /** BLE-SES-34. */
    @Test
    void halvesWhatIsOnItsWayOnceForEachLossAndGrowsBack() {
        RoundTrip roundTrip = new RoundTrip();
        Allowance allowance = new Allowance(32);
        assertEquals(List.of(32, 28), List.of(allowance.together(), allowance.alone()));
        allowance.lost(0, roundTrip);
        allowance.lost(1, roundTrip);
        assertEquals(List.of(16, 12), List.of(allowance.together(), allowance.alone()));
        for (int i = 0; i < 20; i++) {
            allowance.lost(2_000L * (i + 1), roundTrip);
        }
        assertEquals(List.of(8, 4), List.of(allowance.together(), allowance.alone()));
        for (int i = 0; i < 8; i++) {
            allowance.arrived();
        }
        assertEquals(9, allowance.together());
        for (int i = 0; i < 2_000; i++) {
            allowance.arrived();
        }
        assertEquals(32, allowance.together());
    }

    @Test
    void keepsEveryLimitTogether() {
        for (int frame = Limits.SMALLEST_FRAME; frame <= Limits.LARGEST_FRAME; frame++) {
            int most = Limits.framesInFlight(frame);
            assertTrue(most * frame <= Limits.BYTES_IN_FLIGHT, most + " frames of " + frame);
            assertTrue(most >= 32 && most <= Limits.LARGEST_WINDOW, most + " frames of " + frame);
        }
        assertTrue(Limits.FEWEST_IN_FLIGHT > Limits.KEPT_FREE);
        assertTrue(new Welcome(1, 509, 32, 1, 2).length() + Check.LENGTH <= Limits.SMALLEST_FRAME);
        assertTrue(new Report(new Ack(Side.CENTRAL, 0, 63), 1).length() + Check.LENGTH <= Limits.SMALLEST_FRAME);
    }

    @Test
    void refusesOptionsOutsideTheirLimits() {
        assertEquals(20, SessionOptions.atMtu(23).longestSent());
        assertEquals(244, SessionOptions.atMtu(517).longestSent());
        assertEquals(509, SessionOptions.atMtu(517).preferring(509).longestSent());
        assertEquals(new SessionOptions(517, 244, 244, 63), SessionOptions.atMtu(517));
        assertEquals(
                new SessionOptions(517, 509, 509, 32), SessionOptions.atMtu(517).preferring(509));
        for (Runnable wrong : List.<Runnable>of(
                () -> SessionOptions.atMtu(22),
                () -> SessionOptions.atMtu(518),
                () -> SessionOptions.atMtu(247).preferring(19),
                () -> SessionOptions.atMtu(247).preferring(510),
                () -> new SessionOptions(247, 244, 19, 32),
                () -> new SessionOptions(247, 244, 510, 32),
                () -> new SessionOptions(247, 244, 244, 0),
                () -> new SessionOptions(247, 244, 244, 64))) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }

    @Test
    void mapsEveryCodeBothWays() {
        for (Reason reason : Reason.values()) {
            boolean onTheWire = reason.code() < 250;
            assertEquals(onTheWire ? reason : Reason.UNKNOWN, Reason.ofCode(reason.code()));
        }
        assertEquals(Reason.UNKNOWN, Reason.ofCode(200));
        assertEquals(
                Reason.values().length,
                Arrays.stream(Reason.values()).map(Reason::code).distinct().count());
    }

    /** BLE-SES-3: of random bytes one in sixteen million passes; of 200,000 none does. */
    @Test
    void letsNoRandomBytesPass() {
        Random random = new Random(6);
        Check check = Scripted.check(Side.CENTRAL);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertTrue(check.open(bytes).isEmpty());
        }
    }

    /** BLE-SES-3: every way of cutting a frame and every single bit that changes is noticed. */
    @Test
    void noticesEveryCutAndEveryBit() {
        Check check = Scripted.check(Side.CENTRAL);
        byte[] frame = check.seal(new Data(Side.CENTRAL, 5, true, List.of(), Transfer.bytes(239, 1)));
        for (int length = 0; length < frame.length; length++) {
            assertTrue(check.open(Arrays.copyOf(frame, length)).isEmpty());
        }
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(check.open(changed).isEmpty());
        }
    }
}
