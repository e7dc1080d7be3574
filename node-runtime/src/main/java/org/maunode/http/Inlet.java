package org.maunode.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The bytes of one request between the I/O thread that they come on and the disk thread that takes them: no more than a
 * window, since credit is given for what was written. Minds the announced size, and that the sender keeps moving. Never
 * blocks; thread-safe.
 */
final class Inlet {
    /** Bytes that may come before the first credit, at most: the window that HTTP/2 begins with (RFC 9113, 6.9.2). */
    static final int WINDOW = 65_535;

    /** Beyond the window, for what the library has read already. */
    private static final int SLACK = 64 * 1024;

    private final int step;
    private final int window;
    private final LongSupplier nanos;
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private Optional<IntConsumer> sender = Optional.empty();
    private long size;
    private long received;
    private long milestone;
    private long since;
    private int held;
    private int credit;
    private boolean ended;
    private boolean refused;

    /**
     * @param step bytes that count as moving
     * @param window bytes that may come before the first credit
     */
    Inlet(int step, int window, LongSupplier nanos) {
        this.step = step;
        this.window = window;
        this.nanos = nanos;
        this.since = nanos.getAsLong();
    }

    /** So many bytes are to come, from now on. */
    synchronized void expect(long announced) {
        size = announced;
        since = nanos.getAsLong();
        milestone = step;
    }

    /** Takes a copy. {@code false} if it is more than was announced, or than there is a window for. */
    synchronized boolean put(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (received + count > size || held + count > window + SLACK) {
            return false;
        }
        received += count;
        held += count;
        if (received >= milestone) {
            since = nanos.getAsLong();
            milestone = received + step;
        }
        chunks.add(ByteBuffer.allocate(count).put(bytes).flip());
        return true;
    }

    /** The sender says that this was all; {@code false} if it announced more. */
    synchronized boolean end() {
        ended = true;
        return received == size;
    }

    /** Whether all that was announced is here, and taken. */
    synchronized boolean isWhole() {
        return ended && received == size && held == 0;
    }

    synchronized boolean hasBytes() {
        return !chunks.isEmpty();
    }

    synchronized Optional<ByteBuffer> take() {
        return Optional.ofNullable(chunks.poll());
    }

    /** Bytes that were taken are written, which took so long: the sender gets credit, and is not blamed for the time. */
    void written(int bytes, long took) {
        grant(bytes, took).run();
    }

    private synchronized Runnable grant(int bytes, long took) {
        held -= bytes;
        credit += bytes;
        since += took;
        return due();
    }

    /**
     * Nothing more is taken. Whoever has used up the window gets a byte more each time, so that what it does with that can be
     * seen: go on, or leave.
     */
    void refuse() {
        refused().run();
    }

    private synchronized Runnable refused() {
        refused = true;
        return due();
    }

    /** Where credit goes from now on. */
    void creditTo(IntConsumer newSender) {
        sender(newSender).run();
    }

    private synchronized Runnable sender(IntConsumer newSender) {
        sender = Optional.of(newSender);
        return due();
    }

    /**
     * What is to be told the sender, outside the lock: not before most of a window is written. The library reads on at any
     * credit in HTTP/1.1, also at one that leaves its window closed; given in crumbs it would read more and more ahead.
     */
    private Runnable due() {
        if (refused && sender.isPresent()) {
            IntConsumer to = sender.get();
            return () -> to.accept(1);
        }
        int grant = credit;
        if (sender.isEmpty() || grant < window / 2 || held > window / 4 || ended) {
            return () -> {};
        }
        credit = 0;
        IntConsumer to = sender.get();
        return () -> to.accept(grant);
    }

    /** Whether the next step did not come in time, though there was room for it. */
    synchronized boolean isStalled(long now, long limit) {
        return !ended && held == 0 && now - since > limit;
    }
}
