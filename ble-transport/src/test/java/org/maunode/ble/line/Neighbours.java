package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;

/** A board that serves and a phone that reaches it, each with a carrier, and the air between them. */
final class Neighbours implements AutoCloseable {
    static final BluetoothAddress BOARD = new BluetoothAddress("00:AA:01:00:00:00");
    static final BluetoothAddress PHONE = new BluetoothAddress("00:AA:01:01:00:01");
    static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "thermometer");
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FRAME = 509;

    final FakeAir air;
    final Carrier board = new Carrier(FRAME);
    final Carrier phone = new Carrier(FRAME);
    final Central central;
    private final Peripheral peripheral;
    private final BlockingQueue<Line> begun = new LinkedBlockingQueue<>();

    /**
     * @param atBoard takes the phone's calls
     */
    Neighbours(long seed, Callee atBoard) {
        air = new FakeAir(seed);
        central = air.central(PHONE);
        peripheral = air.peripheral(BOARD);
        peripheral.offer(new Peripheral.Offer(NODE, List.of()), board.answering(atBoard, begun::add));
    }

    /** A line from the phone to the board. */
    Line reach(Callee atPhone) {
        return reach(central, atPhone);
    }

    Line reach(Central from, Callee atCaller) {
        Carrier.Reached reached = phone.reach(from, BOARD, PATIENCE, atCaller);
        assertEquals(NODE, reached.info());
        return reached.line();
    }

    /** The board's end of the line that begins next. */
    Line begun() throws InterruptedException {
        return await(begun);
    }

    /** Whether a line has begun that nobody has asked for. */
    boolean hasBegun() {
        return !begun.isEmpty();
    }

    /** Calls on this line; returns the program's end. */
    static Socket call(Line line) {
        Ends ends = Ends.open();
        line.call(ends.near());
        return ends.far();
    }

    static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        assertTrue(next != null, "nothing has come");
        return next;
    }

    /** How a line ends; waits for it. */
    static String ending(Line line) throws Exception {
        return line.ended().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        phone.close();
        board.close();
        central.close();
        peripheral.close();
        air.close();
        assertNoThread("mau-ble");
        assertNoThread("air");
    }

    static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }

    /** A thread that has done its work may take a moment to be gone. */
    static void assertNoThread(String name) {
        try {
            for (Thread thread : threads(name)) {
                assertTrue(thread.join(Duration.ofSeconds(1)), () -> thread + " is left behind");
            }
        } catch (InterruptedException ours) {
            Thread.currentThread().interrupt();
        }
    }
}
