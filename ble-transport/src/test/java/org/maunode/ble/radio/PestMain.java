package org.maunode.ble.radio;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;

/**
 * Somebody who writes garbage to a node as fast as the radio takes it, and comes back whenever it is sent away:
 * {@code PestMain ADAPTER NODE SECONDS}. Says how much it got rid of.
 */
final class PestMain {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OUTSTANDING = 32;

    private final Random random = new Random(20261123);
    private final Semaphore room = new Semaphore(OUTSTANDING);
    private final Instant end;
    private volatile boolean connected;
    private long bytes;
    private int connections;

    private PestMain(Instant end) {
        this.end = end;
    }

    public static void main(String[] arguments) throws InterruptedException {
        BluetoothAddress own = new BluetoothAddress(arguments[0]);
        BluetoothAddress node = new BluetoothAddress(arguments[1]);
        long seconds = Long.parseLong(arguments[2]);
        PestMain pest = new PestMain(Instant.now().plusSeconds(seconds));
        try (Central central = Centrals.open(Optional.of(own), Centrals.Choice.DBUS, System.getenv())) {
            while (pest.isEager()) {
                pest.visit(central, node);
            }
        }
        System.out.printf(
                "# garbage of %d KiB in %d s, over %d connections%n", pest.bytes >> 10, seconds, pest.connections);
        System.out.println(pest.bytes > 0 ? "ok - garbage was written" : "not ok - no garbage was written");
        System.exit(pest.bytes > 0 ? 0 : 1);
    }

    private boolean isEager() {
        return Instant.now().isBefore(end);
    }

    private void visit(Central central, BluetoothAddress node) throws InterruptedException {
        connected = true;
        room.drainPermits();
        room.release(OUTSTANDING);
        try (Link link = central.connect(node, gone(), PATIENCE).link()) {
            connections++;
            System.out.println("# connected, mtu " + link.mtu());
            while (connected && isEager()) {
                annoy(link);
            }
        } catch (GattException sentAway) {
            System.out.println("# " + sentAway.getMessage());
        }
    }

    private void annoy(Link link) throws InterruptedException {
        byte[] frame = new byte[1 + random.nextInt(Math.min(500, link.mtu() - 3))];
        random.nextBytes(frame);
        if (room.tryAcquire(1, TimeUnit.SECONDS)) {
            link.send(frame, room::release);
            bytes += frame.length;
        }
    }

    private LinkListener gone() {
        return new LinkListener() {
            @Override
            public void received(byte[] frame) {}

            @Override
            public void lost(String why) {
                connected = false;
                System.out.println("# sent away: " + why);
            }
        };
    }
}
