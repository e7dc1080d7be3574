package org.maunode.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;

/**
 * The content of one request of ours. Whoever asks reads the file, a chunk at a time, and waits until the I/O thread has
 * sent it; that one never waits. The chunk belongs to one of them at a time.
 */
final class Upload {
    private static final int CHUNK = 32 * 1024;

    private final long length;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).flip();
    private Optional<DataStreamChannel> channel = Optional.empty();
    private boolean last;
    private boolean sent;
    private boolean stopped;

    Upload(long length) {
        this.length = length;
    }

    /** Bytes in all. */
    long length() {
        return length;
    }

    /**
     * Sends all of {@code content}, unless it is stopped before.
     *
     * @param idle how long the peer may take none of it
     * @throws IOException if the content cannot be read, or has not the announced length
     */
    void send(InputStream content, Duration idle) throws IOException {
        long left = length;
        boolean goesOn = true;
        while (goesOn && left > 0) {
            byte[] bytes = content.readNBytes((int) Math.min(CHUNK, left));
            if (bytes.length == 0) {
                throw new IOException("the file ended " + left + " bytes early");
            }
            left -= bytes.length;
            goesOn = hand(bytes, left == 0, idle);
        }
    }

    private boolean hand(byte[] bytes, boolean isLast, Duration idle) {
        lock.lock();
        try {
            chunk.clear().put(bytes).flip();
            last = isLast;
            channel.ifPresent(DataStreamChannel::requestOutput);
            await(idle);
            return !stopped;
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration idle) {
        long left = idle.toNanos();
        int before = chunk.remaining();
        try {
            while (chunk.hasRemaining() && !stopped) {
                if (left <= 0) {
                    throw new ExchangeException(
                            Reason.TIMED_OUT, "the peer took nothing for " + idle.toSeconds() + " s");
                }
                left = moved.awaitNanos(left);
                left = chunk.remaining() < before ? idle.toNanos() : left;
                before = chunk.remaining();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        }
    }

    /** The answer is there, or will not come: nobody takes the rest. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all of it was sent, so that the connection can carry another request. */
    boolean isSent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** On the I/O thread: bytes that can be sent now. */
    int available() {
        lock.lock();
        try {
            return chunk.remaining();
        } finally {
            lock.unlock();
        }
    }

    /** On the I/O thread: sends what there is, as far as there is room. */
    void produce(DataStreamChannel to) throws IOException {
        lock.lock();
        try {
            channel = Optional.of(to);
            if (chunk.hasRemaining()) {
                to.write(chunk);
                finish(to);
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish(DataStreamChannel to) throws IOException {
        if (last && !chunk.hasRemaining()) {
            to.endStream();
            sent = true;
        }
    }
}
