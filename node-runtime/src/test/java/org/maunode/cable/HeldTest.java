package org.maunode.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Line;
import org.maunode.identity.Fingerprint;

/** When a line has served its time (CA-25), and who is at its other end. */
class HeldTest {
    private static final Cables.Idle LIMIT = Cables.Idle.DEFAULT;
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));
    private static final Optional<NodeInfo> INFO = Optional.of(new NodeInfo(ANN.toString(), ""));

    private final Idle line = new Idle();

    /** A line whose calls the test counts. */
    private static final class Idle implements Line {
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private int calls;

        @Override
        public BluetoothAddress peer() {
            return new BluetoothAddress("00:AA:01:00:00:0A");
        }

        @Override
        public int mtu() {
            return 247;
        }

        @Override
        public void call(SocketChannel socket) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public CompletionStage<String> ended() {
            return ended;
        }

        @Override
        public int calls() {
            return calls;
        }

        @Override
        public Traffic traffic() {
            return new Traffic(0, 0, 0, 0, 0);
        }

        @Override
        public void close() {
            ended.complete("closed");
        }
    }

    private static long after(Duration time) {
        return time.toNanos();
    }

    @Test
    void aLineThatWasMadeHereIsKeptForHalfAMinuteWithoutCalls() {
        Held held = new Held(line, INFO, 0);
        assertFalse(held.isIdle(after(LIMIT.made()), LIMIT));
        assertTrue(held.isIdle(after(LIMIT.made()) + 1, LIMIT));
    }

    @Test
    void oneThatCameIsKeptLonger() {
        Held held = new Held(line, Optional.empty(), 0);
        assertFalse(held.isIdle(after(LIMIT.came()), LIMIT));
        assertTrue(held.isIdle(after(LIMIT.came()) + 1, LIMIT));
    }

    @Test
    void aCallOfEitherSideKeepsIt() {
        Held held = new Held(line, INFO, 0);
        line.calls = 1;
        long later = after(Duration.ofHours(3));
        assertFalse(held.isIdle(later, LIMIT));
        line.calls = 0;
        assertFalse(held.isIdle(later + after(LIMIT.made()), LIMIT));
        assertTrue(held.isIdle(later + after(LIMIT.made()) + 1, LIMIT));
    }

    @Test
    void linesThatServedTheirTimeAreClosedAndForgotten() {
        OpenLines lines = new OpenLines();
        lines.add(new Held(line, INFO, 0));
        lines.sweep(after(LIMIT.made()), LIMIT);
        assertFalse(lines.isEmpty());
        assertTrue(lines.to(line.peer()).isPresent());
        lines.sweep(after(LIMIT.made()) + 1, LIMIT);
        assertTrue(lines.isEmpty());
        assertEquals(Optional.empty(), lines.to(line.peer()));
    }

    @Test
    void itLeadsToWhoProvedThereAndToWhoItSaysItIs() {
        Held held = new Held(line, INFO, 0);
        Fingerprint proved = Fingerprint.of("b".repeat(40));
        assertTrue(held.leadsTo(ANN));
        assertFalse(held.leadsTo(proved));
        assertTrue(held.prove(proved));
        assertFalse(held.prove(proved));
        assertTrue(held.leadsTo(proved));
    }

    @Test
    void noOtherEndIsMoreThanAFewPeople() {
        Held held = new Held(line, Optional.empty(), 0);
        for (int i = 0; i < Held.MOST_PROVED; i++) {
            assertTrue(held.prove(Fingerprint.of(Integer.toString(i).repeat(40))));
        }
        assertFalse(held.prove(ANN));
        assertFalse(held.leadsTo(ANN));
    }
}
