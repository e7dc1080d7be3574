package org.maunode.ble.air;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.session.Limits;

/**
 * What a link carries with nothing on top: floods of frames that are counted where they arrive. A node takes either a flood or a
 * session on a connection; the first frame says which.
 *
 * <pre>
 *   FF 'N' count(4) size(2) most(2)   the node notifies so many       FF 'W' anything   a frame that the node counts
 *   FF '?'                    the node answers FF '!' bytes(8) nanoseconds(8), between the first and the last
 * </pre>
 */
public final class RawFrames {
    private static final byte MARK = (byte) 0xFF;

    /** As many as the bus keeps on their way: a flood that no receiver could bear, on a radio that loses nothing. */
    public static final int WITHOUT_BOUND = 64;

    private static final long QUIET_SECONDS = 5;

    private RawFrames() {}

    /** As many frames of that size as a line has on its way at once (BLE-SES-28). */
    public static int asALine(int size) {
        return Limits.framesInFlight(size) - Limits.KEPT_FREE;
    }

    /** Bytes that arrived, and how long that took, first to last. */
    public record Count(long bytes, long nanos) {
        /** The speed. */
        public double kibPerSecond() {
            return bytes / 1024.0 / Math.max(1, nanos) * 1e9;
        }
    }

    /** Sends so many frames, {@code most} at once. */
    private static void flood(Link link, int frames, int size, int most) throws InterruptedException {
        Semaphore room = new Semaphore(most);
        for (int i = 0; i < frames; i++) {
            byte[] frame = new byte[size];
            frame[0] = MARK;
            frame[1] = 'W';
            room.acquire();
            link.send(frame, room::release);
        }
        room.acquire(most);
    }

    /** The node's side. */
    public static Peripheral.Acceptor besides(Peripheral.Acceptor sessions) {
        return link -> new Either(link, sessions);
    }

    private static final class Either implements LinkListener {
        private final Link link;
        private final Peripheral.Acceptor sessions;
        private LinkListener session;
        private final Counter counter = new Counter();

        Either(Link link, Peripheral.Acceptor sessions) {
            this.link = link;
            this.sessions = sessions;
            this.session = counter;
        }

        @Override
        public void received(byte[] frame) {
            if (frame.length > 1 && frame[0] == MARK && session == counter) {
                raw(ByteBuffer.wrap(frame).position(1));
                return;
            }
            if (session == counter) {
                session = sessions.accepted(link);
            }
            session.received(frame);
        }

        private void raw(ByteBuffer asked) {
            switch (asked.get()) {
                case 'N' -> {
                    int frames = asked.getInt();
                    int size = asked.getShort();
                    int most = asked.getShort();
                    Thread.ofPlatform().daemon().start(() -> floodQuietly(link, frames, size, most));
                }
                case '?' -> {
                    Count count = counter.count();
                    ByteBuffer answer = ByteBuffer.allocate(18).put(MARK).put((byte) '!');
                    counter.again();
                    link.send(
                            answer.putLong(count.bytes()).putLong(count.nanos()).array(), () -> {});
                }
                default -> counter.received(asked.array());
            }
        }

        @Override
        public void lost(String why) {
            session.lost(why);
        }
    }

    private static void floodQuietly(Link link, int frames, int size, int most) {
        try {
            flood(link, frames, size, most);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counts what arrives. */
    public static final class Counter implements LinkListener {
        private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
        private final Semaphore heard = new Semaphore(0);
        private final CountDownLatch end = new CountDownLatch(1);
        private long bytes;
        private long first;
        private long last;

        @Override
        public synchronized void received(byte[] frame) {
            if (frame.length == 18 && frame[1] == '!') {
                answers.add(frame);
                return;
            }
            last = System.nanoTime();
            if (bytes == 0) {
                first = last;
            }
            bytes += frame.length;
            heard.release();
        }

        @Override
        public void lost(String why) {
            end.countDown();
        }

        /** Waits for the connection to be over. */
        public void ended(Duration patience) throws InterruptedException {
            if (!end.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the connection does not end");
            }
        }

        /** Counts from nothing. */
        synchronized void again() {
            bytes = 0;
            heard.drainPermits();
        }

        synchronized Count count() {
            return new Count(bytes, last - first);
        }

        /** Waits for so many frames, or until none comes any more. */
        Count await(int frames) throws InterruptedException {
            for (int i = 0; i < frames && heard.tryAcquire(QUIET_SECONDS, TimeUnit.SECONDS); i++) {
                // Another has come.
            }
            return count();
        }

        /** What the node has counted. */
        Count answer(Duration patience) throws InterruptedException {
            byte[] answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (answer == null) {
                throw new IllegalStateException("the node does not say what it has counted");
            }
            ByteBuffer in = ByteBuffer.wrap(answer).position(2);
            return new Count(in.getLong(), in.getLong());
        }
    }

    /** Has the node notify so many frames, {@code most} at once. */
    public static Count notified(Link link, Counter counter, int frames, int size, int most)
            throws InterruptedException {
        counter.again();
        ByteBuffer ask = ByteBuffer.allocate(10).put(MARK).put((byte) 'N').putInt(frames);
        link.send(ask.putShort((short) size).putShort((short) most).array(), () -> {});
        return counter.await(frames);
    }

    /** Writes so many frames to the node, {@code most} at once. */
    public static Count written(Link link, Counter counter, int frames, int size, int most)
            throws InterruptedException {
        flood(link, frames, size, most);
        link.send(new byte[] {MARK, '?'}, () -> {});
        return counter.answer(Duration.ofSeconds(30));
    }
}
