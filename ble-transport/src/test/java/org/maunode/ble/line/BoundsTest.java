package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;

/** What one link may pile up on this side. */
class BoundsTest {
    private final Inbox inbox = new Inbox();

    @Test
    void asManyFramesWaitAsAreAllowed_andTheNextIsLost() {
        for (int i = 0; i <= Bounds.FRAMES_WAITING; i++) {
            inbox.received(new byte[] {(byte) i});
        }
        List<byte[]> taken = inbox.take(Integer.MAX_VALUE);
        assertEquals(Bounds.FRAMES_WAITING, taken.size());
        assertEquals((byte) (Bounds.FRAMES_WAITING - 1), taken.getLast()[0]);
        assertEquals(1, inbox.overflowed());
    }

    @Test
    void theLongestValueIsTaken_andNothingLonger() {
        inbox.received(new byte[Bounds.LONGEST_VALUE]);
        inbox.received(new byte[Bounds.LONGEST_VALUE + 1]);
        assertEquals(1, inbox.take(2).size());
        assertEquals(1, inbox.overflowed());
    }

    @Test
    void framesComeInOrderAndInPortions() {
        for (int i = 0; i < 5; i++) {
            inbox.received(new byte[] {(byte) i});
        }
        assertEquals(3, inbox.take(3).size());
        assertEquals(3, inbox.take(3).getFirst()[0]);
    }

    @Test
    void theLossIsHeardBehindTheFramesBeforeIt() {
        inbox.received(new byte[1]);
        inbox.lost("out of range");
        assertEquals(Optional.empty(), inbox.lost());
        inbox.take(1);
        assertEquals(Optional.of("out of range"), inbox.lost());
    }

    @Test
    void whoComesLateIsToldOfWhatIsThere() {
        AtomicInteger told = new AtomicInteger();
        inbox.received(new byte[1]);
        inbox.tell(told::incrementAndGet, told::incrementAndGet);
        inbox.received(new byte[1]);
        inbox.lost("out of range");
        assertEquals(3, told.get());
    }

    @Test
    void fullFramesWaitForEachOther_untilThereAreSoMany() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger soon = new AtomicInteger();
        inbox.tell(now::incrementAndGet, soon::incrementAndGet);
        for (int i = 1; i < Bounds.framesTogether(Bounds.LEAST_FULL); i++) {
            inbox.received(new byte[Bounds.LEAST_FULL]);
        }
        assertEquals(1, now.get());
        assertEquals(Bounds.framesTogether(Bounds.LEAST_FULL) - 1, soon.get());
        inbox.received(new byte[Bounds.LEAST_FULL]);
        assertEquals(2, now.get());
    }

    @Test
    void aFrameThatIsNotFullWaitsForNothing_norOneThatIsSmallForAnyLink() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger soon = new AtomicInteger();
        inbox.received(new byte[244]);
        inbox.tell(now::incrementAndGet, soon::incrementAndGet);
        inbox.received(new byte[243]);
        assertEquals(2, now.get());
        Inbox narrow = new Inbox();
        narrow.tell(now::incrementAndGet, soon::incrementAndGet);
        narrow.received(new byte[Bounds.LEAST_FULL - 1]);
        assertEquals(4, now.get());
        assertEquals(0, soon.get());
    }

    @Test
    void asManyFramesAreInTheLinksHandsAsAreAllowed_andItIsToldWhenHalfAreTaken() {
        Hands hands = new Hands();
        Wire wire = new Wire(hands, inbox);
        AtomicInteger told = new AtomicInteger();
        wire.tell(told::incrementAndGet, told::incrementAndGet);
        told.set(0);
        fill(wire);
        assertFalse(wire.isFree());
        wire.awaitRoom();
        hands.take(Bounds.FRAMES_OUTSTANDING - Bounds.FRAMES_OUTSTANDING / 2 - 1);
        assertEquals(0, told.get());
        hands.take(1);
        assertEquals(1, told.get());
        wire.parting();
        hands.take(Bounds.FRAMES_OUTSTANDING / 2 - 1);
        assertEquals(1, told.get());
        hands.take(1);
        assertEquals(2, told.get());
        assertTrue(wire.isDone());
    }

    @Test
    void roomIsToldOnceAndToWhomeverWaitsForItAlone() {
        Hands hands = new Hands();
        Wire wire = new Wire(hands, inbox);
        AtomicInteger told = new AtomicInteger();
        wire.tell(told::incrementAndGet, told::incrementAndGet);
        told.set(0);
        fill(wire);
        hands.take(Bounds.FRAMES_OUTSTANDING - 1);
        assertEquals(0, told.get());
        wire.awaitRoom();
        assertEquals(1, told.get());
        hands.take(1);
        assertEquals(1, told.get());
    }

    private static void fill(Wire wire) {
        for (int i = 0; i < Bounds.FRAMES_OUTSTANDING; i++) {
            assertTrue(wire.isFree());
            wire.send(new byte[1]);
        }
        wire.hand();
    }

    /** A link that keeps what it is given until it is told to take it. */
    private static final class Hands implements Link {
        private final List<Runnable> outstanding = new ArrayList<>();

        void take(int frames) {
            for (int i = 0; i < frames; i++) {
                outstanding.removeFirst().run();
            }
        }

        @Override
        public BluetoothAddress peer() {
            return Neighbours.PHONE;
        }

        @Override
        public int mtu() {
            return 23;
        }

        @Override
        public void send(byte[] frame, Runnable taken) {
            outstanding.add(taken);
        }

        @Override
        public void close() {
            outstanding.clear();
        }
    }
}
