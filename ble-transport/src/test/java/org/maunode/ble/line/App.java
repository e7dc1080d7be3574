package org.maunode.ble.line;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.session.Session;
import org.maunode.ble.session.SessionOptions;

/** A phone's app that drives its own session over a link that is nothing but a queue: it can do what a carrier never would. */
final class App implements Link {
    private static final int MTU = 247;
    private static final int PATIENCE = 10_000;

    /** What becomes of the board's frames. */
    private enum Wire {
        TAKES,
        IS_STUCK,
        FAILS
    }

    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LinkListener board;
    private volatile Wire wire = Wire.TAKES;
    private Session session;
    private long now;

    App(Peripheral.Acceptor acceptor) {
        session = Session.central(SessionOptions.atMtu(MTU), 1, now);
        board = acceptor.accepted(this);
    }

    @Override
    public BluetoothAddress peer() {
        return Neighbours.PHONE;
    }

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public void send(byte[] frame, Runnable taken) {
        switch (wire) {
            case TAKES -> {
                frames.add(frame);
                taken.run();
            }
            case IS_STUCK -> frames.add(frame);
            case FAILS -> throw new IllegalStateException("this link is broken");
        }
    }

    /** From now on the wire takes no frame off the board's hands. */
    void takeNothing() {
        wire = Wire.IS_STUCK;
    }

    /** From now on the board cannot send. */
    void failToSend() {
        wire = Wire.FAILS;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for the board to close the connection; says nothing meanwhile. */
    void awaitClosed() throws InterruptedException {
        assertTrue(closed.await(PATIENCE, TimeUnit.MILLISECONDS), "the board has not closed the connection");
    }

    boolean isClosedWithin(int milliseconds) throws InterruptedException {
        return closed.await(milliseconds, TimeUnit.MILLISECONDS);
    }

    Session session() {
        return session;
    }

    /** Forgets its session and begins another on the same connection, as an app does that was killed. */
    void restart(int id) {
        session = Session.central(SessionOptions.atMtu(MTU), id, now);
    }

    void say(byte[] frame) {
        board.received(frame);
    }

    void lose(String why) {
        board.lost(why);
    }

    /** Drives the session until it is so. */
    void run(BooleanSupplier until) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE * 1_000_000L;
        flush();
        while (!until.getAsBoolean()) {
            assertTrue(System.nanoTime() < giveUp, () -> "in vain; the session is " + session.state());
            byte[] frame = frames.poll(5, TimeUnit.MILLISECONDS);
            now += 5;
            if (frame != null) {
                session.receive(frame, now);
            }
            flush();
        }
    }

    void open() throws InterruptedException {
        run(() -> session.state() == Session.State.OPEN);
    }

    private void flush() {
        for (Optional<byte[]> frame = session.poll(now); frame.isPresent(); frame = session.poll(now)) {
            say(frame.get());
        }
    }
}
