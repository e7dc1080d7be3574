package org.maunode.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;

/**
 * Carries the bytes of one answer from an I/O thread, which never waits, to a reader, who does. Bytes taken are credited to
 * the sender, so that no more than a window waits here.
 */
final class BytePipe extends InputStream {
    /** Bytes beyond the window that may come before credit is minded: what the library has read already. */
    static final int SLACK = 64 * 1024;

    private final int window;
    private final Duration idle;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private Optional<IntConsumer> sender = Optional.empty();
    private Optional<ExchangeException> failure = Optional.empty();
    private int held;
    private int credit;
    private boolean ended;

    /**
     * @param idle how long a reader waits for the next bytes
     */
    BytePipe(int window, Duration idle) {
        this.window = window;
        this.idle = idle;
    }

    /** Takes a copy. Returns {@code false} if the sender minds no window, or nobody reads any more. */
    boolean put(ByteBuffer bytes) {
        lock.lock();
        try {
            if (held + bytes.remaining() > window + SLACK) {
                failure = Optional.of(new ExchangeException(Reason.PROTOCOL, "the peer sends more than it was let"));
            }
            if (failure.isPresent()) {
                arrived.signalAll();
                return false;
            }
            held += bytes.remaining();
            chunks.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
            arrived.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Where credit goes from now on. */
    void credit(IntConsumer newSender) {
        sender(newSender).run();
    }

    private Runnable sender(IntConsumer newSender) {
        lock.lock();
        try {
            sender = Optional.of(newSender);
            return due(1);
        } finally {
            lock.unlock();
        }
    }

    /** What is to be told the sender, outside the lock. */
    private Runnable due(int atLeast) {
        int grant = credit;
        if (sender.isEmpty() || grant < atLeast) {
            return () -> {};
        }
        credit = 0;
        IntConsumer to = sender.get();
        return () -> to.accept(grant);
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first failure counts; bytes that came before it are not read any more. */
    void fail(ExchangeException why) {
        lock.lock();
        try {
            if (failure.isEmpty() && !ended) {
                failure = Optional.of(why);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Waits for bytes; throws {@link ExchangeException} rather than {@code IOException}, so that whose fault it is stays told. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Runnable grant;
        int taken;
        lock.lock();
        try {
            if (!await()) {
                return -1;
            }
            taken = take(into, offset, length);
            grant = due(window / 2);
        } finally {
            lock.unlock();
        }
        grant.run();
        return taken;
    }

    /** Waits until there are bytes; {@code false} at the end. */
    private boolean await() {
        long left = idle.toNanos();
        while (chunks.isEmpty() && !ended && failure.isEmpty()) {
            left = awaitOnce(left);
        }
        failure.ifPresent(BytePipe::rethrow);
        return !chunks.isEmpty();
    }

    private static void rethrow(ExchangeException why) {
        throw new ExchangeException(why.reason(), why.getMessage(), why);
    }

    private long awaitOnce(long left) {
        if (left <= 0) {
            throw new ExchangeException(Reason.TIMED_OUT, "nothing came for " + idle.toSeconds() + " s");
        }
        try {
            return arrived.awaitNanos(left);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        }
    }

    private int take(byte[] into, int offset, int length) {
        ByteBuffer first = chunks.element();
        int taken = Math.min(length, first.remaining());
        first.get(into, offset, taken);
        if (!first.hasRemaining()) {
            chunks.remove();
        }
        held -= taken;
        credit += taken;
        return taken;
    }

    /** Bytes that wait to be read. */
    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }
}
