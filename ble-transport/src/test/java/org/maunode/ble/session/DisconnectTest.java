package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.maunode.ble.session.SessionException.Reason;

/** BLE-SES-56: the connection breaks at every single frame; what was read is right, and a new session starts from nothing. */
class DisconnectTest {
    private static final byte[] FILE = Transfer.bytes(6_000, 9);
    private static final int MOST_FRAMES = 120;

    @Test
    void survivesADisconnectAtEveryFrame() {
        int whole = 0;
        for (int cutAt = 0; cutAt < MOST_FRAMES; cutAt++) {
            whole += fetchUntil(cutAt) == FILE.length ? 1 : 0;
        }
        assertTrue(whole > 10 && whole < MOST_FRAMES - 20, whole + " of " + MOST_FRAMES + " arrived whole");
    }

    /** Returns how many bytes had arrived when the connection broke; the rest is fetched over a new one. */
    private static int fetchUntil(int cutAt) {
        Pair pair = Pair.atMtu(185, Faults.NONE, cutAt);
        Fetch first = new Fetch(pair, 0);
        pair.work(first::work);
        for (int at = 0; pair.air().sent().size() < cutAt && !first.isDone(); at++) {
            pair.run(1);
        }
        byte[] begun = first.arrived();
        pair.cut();
        assertEquals(Session.State.CLOSED, pair.central().state());
        assertEquals(Reason.LINK_LOST, pair.peripheral().ending().orElseThrow().reason());
        assertTrue(pair.central().poll(pair.now()).isEmpty()
                && pair.central().deadline().isEmpty());
        assertArrayEquals(Arrays.copyOf(FILE, begun.length), begun);

        Pair next = Pair.atMtu(185, Faults.NONE, cutAt + 1_000);
        Fetch rest = new Fetch(next, begun.length);
        next.work(rest::work);
        next.run(10_000, rest::isDone);
        assertArrayEquals(Arrays.copyOfRange(FILE, begun.length, FILE.length), rest.arrived());
        return begun.length;
    }

    /** Asks for the file from a byte on, as HTTP Range does above a session. */
    private static final class Fetch {
        private final Pair pair;
        private final int from;
        private final AtomicReference<Call> call = new AtomicReference<>();
        private final AtomicReference<Transfer> transfer = new AtomicReference<>();

        Fetch(Pair pair, int from) {
            this.pair = pair;
            this.from = from;
        }

        void work() {
            if (call.get() == null) {
                pair.central().call().ifPresent(begun -> {
                    Scripted.write(begun, "GET");
                    begun.finish();
                    call.set(begun);
                });
            }
            byte[] rest = Arrays.copyOfRange(FILE, from, FILE.length);
            pair.peripheral().accept().ifPresent(to -> transfer.set(new Transfer(to, call.get(), rest, 64)));
            if (transfer.get() != null) {
                transfer.get().work();
            }
        }

        boolean isDone() {
            return transfer.get() != null && transfer.get().isDone();
        }

        byte[] arrived() {
            return transfer.get() == null ? new byte[0] : transfer.get().arrived();
        }
    }
}
