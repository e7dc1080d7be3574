package org.maunode.ble.dbus;

import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Keeps a connection to a bus: connects, tells when there is one and when it is gone, and connects again. Its thread,
 * {@code mau-dbus-keeper}, sleeps while there is a connection.
 */
public final class BusKeeper implements AutoCloseable {
    /** The first wait after a connection that lasted; doubled up to {@link #LONGEST_WAIT} after those that did not. */
    static final Duration FIRST_WAIT = Duration.ofMillis(500);

    static final Duration LONGEST_WAIT = Duration.ofSeconds(8);
    private static final Duration GREETING = Duration.ofSeconds(20);

    private final BusAddress address;
    private final Listener listener;
    private final Thread thread =
            Thread.ofPlatform().name("mau-dbus-keeper").daemon().unstarted(this::run);

    /** Who needs a bus. Never called by two threads at once. */
    public interface Listener {
        /** There is one. Called on the keeper's thread. */
        void up(Bus bus);

        /** There is none, or none any more: nothing runs on its thread. Called on the keeper's thread, at each attempt in vain too. */
        void down(String why);
    }

    public BusKeeper(BusAddress address, Listener listener) {
        this.address = address;
        this.listener = listener;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        while (!Thread.currentThread().isInterrupted()) {
            long start = System.nanoTime();
            keep();
            boolean lasted = System.nanoTime() - start > LONGEST_WAIT.toNanos();
            pause(wait);
            wait = lasted ? FIRST_WAIT : longer(wait);
        }
    }

    /** One connection from beginning to end, if there is one. */
    private void keep() {
        try {
            listener.down(use(Bus.connect(address, GREETING)));
        } catch (DBusException none) {
            listener.down(none.getMessage());
        }
    }

    /** Why it is over. Nothing of it runs any more then. */
    private String use(Bus bus) {
        try (bus) {
            listener.up(bus);
            return awaitEnd(bus);
        }
    }

    private static String awaitEnd(Bus bus) {
        try {
            return bus.lost().toCompletableFuture().get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "closed by us";
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the connection and every thread. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(2000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
