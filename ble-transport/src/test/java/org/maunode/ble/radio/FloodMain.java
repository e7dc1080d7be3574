package org.maunode.ble.radio;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;

/**
 * How fast bare frames go over real BlueZ, inside a guest: {@code FloodMain tinyb|dbus|any [bytes of each flood] [bytes of a
 * frame]}. The yardstick for what runs above: 64 frames outstanding, no acknowledgements, no repeats.
 */
final class FloodMain {
    private static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "flood");
    private static final int OUTSTANDING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So long after the last frame nothing more is expected: the rest is lost. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private FloodMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        RealRadio radio = new RealRadio(Centrals.Choice.valueOf(arguments[0].toUpperCase(Locale.ROOT)));
        long bytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1 << 20;
        int frame = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        radio.forget();
        BlockingQueue<Link> links = new LinkedBlockingQueue<>();
        Counter atNode = new Counter();
        Counter atPhone = new Counter();
        try (Peripheral peripheral = radio.peripheral();
                Central central = radio.central()) {
            peripheral.offer(new Peripheral.Offer(NODE, List.of()), link -> {
                links.add(link);
                return atNode;
            });
            long start = System.nanoTime();
            Link link = central.connect(radio.peer(), atPhone, PATIENCE).link();
            System.out.printf(
                    Locale.ROOT, "%s connected in %.1f s, mtu %d%n", central.name(), since(start), link.mtu());
            link.send(new byte[1], () -> {});
            Link back = links.take();
            atNode.awaitQuiet(1);
            flood("writes", link, atNode, bytes, frame);
            flood("notifications", back, atPhone, bytes, frame);
            System.out.println(RealRadio.shell(
                            "grep VmRSS /proc/" + ProcessHandle.current().pid() + "/status")
                    .strip());
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void flood(String what, Link link, Counter there, long bytes, int size) throws InterruptedException {
        there.reset();
        Semaphore room = new Semaphore(OUTSTANDING);
        long start = System.nanoTime();
        long sent = 0;
        while (sent < bytes) {
            room.acquire();
            link.send(new byte[size], room::release);
            sent += size;
        }
        there.awaitQuiet(sent);
        double seconds = (there.lastAt() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "raw %s %s: %.1f KiB/s (%d bytes in %.1f s, frames of %d, %d bytes lost)%n",
                what,
                link.peer(),
                there.heard() / 1024.0 / seconds,
                there.heard(),
                seconds,
                size,
                sent - there.heard());
    }

    /** Counts what arrives. */
    private static final class Counter implements LinkListener {
        private final AtomicLong bytes = new AtomicLong();
        private final Semaphore arrivals = new Semaphore(0);
        private volatile long last = System.nanoTime();

        @Override
        public void received(byte[] frame) {
            last = System.nanoTime();
            bytes.addAndGet(frame.length);
            arrivals.release();
        }

        @Override
        public void lost(String why) {
            System.out.println("lost: " + why);
        }

        /** Until so many bytes have come, or nothing comes any more. */
        void awaitQuiet(long all) throws InterruptedException {
            boolean comes = true;
            while (bytes.get() < all && comes) {
                comes = arrivals.tryAcquire(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        void reset() {
            bytes.set(0);
            arrivals.drainPermits();
        }

        long heard() {
            return bytes.get();
        }

        long lastAt() {
            return last;
        }
    }
}
