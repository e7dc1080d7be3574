package org.maunode.control;

import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.maunode.control.ControlException.Reason;

/** Lines over a socket, each within its length and its time. Confined to one thread; another may close it. */
final class Lines implements Closeable {
    private static final int BUFFER = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER).flip();

    Lines(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    /**
     * The next line, without its end.
     *
     * @param max bytes, its end included
     * @param patience until it is whole
     * @throws ControlException with {@code TOO_LONG}, {@code TIMED_OUT}, {@code NOT_UNDERSTOOD} if it is not UTF-8, or
     *     {@code BROKEN}
     */
    String read(int max, Duration patience) {
        Deadline deadline = new Deadline(patience);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean whole = take(line);
        while (!whole && line.size() < max) {
            receive(deadline);
            whole = take(line);
        }
        if (line.size() >= max) {
            throw new ControlException(Reason.TOO_LONG, "a line is longer than " + max + " bytes");
        }
        return text(line);
    }

    /** Moves what was received behind {@code line}; whether it is whole. */
    private boolean take(ByteArrayOutputStream line) {
        while (received.hasRemaining()) {
            byte next = received.get();
            if (next == '\n') {
                return true;
            }
            line.write(next);
        }
        return false;
    }

    private static String text(ByteArrayOutputStream line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new ControlException(Reason.NOT_UNDERSTOOD, "a line is not UTF-8", malformed);
        }
    }

    private void receive(Deadline deadline) {
        try {
            int count = channel.read(received.clear());
            while (count == 0) {
                await(SelectionKey.OP_READ, deadline);
                count = channel.read(received);
            }
            if (count < 0) {
                throw new ControlException(Reason.BROKEN, "the other side hung up");
            }
        } catch (IOException broken) {
            throw broken(broken);
        } finally {
            received.flip();
        }
    }

    /**
     * Sends one line.
     *
     * @param patience until all of it is taken
     * @throws ControlException with {@code TIMED_OUT} or {@code BROKEN}
     */
    void write(JsonObject line, Duration patience) {
        Deadline deadline = new Deadline(patience);
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            channel.write(bytes);
            while (bytes.hasRemaining()) {
                await(SelectionKey.OP_WRITE, deadline);
                channel.write(bytes);
            }
        } catch (IOException broken) {
            throw broken(broken);
        }
    }

    private void await(int operation, Deadline deadline) throws IOException {
        try {
            key.interestOps(operation);
        } catch (CancelledKeyException closed) {
            throw new ClosedChannelException();
        }
        long left = deadline.millisLeft();
        if (left <= 0 || selector.select(left) == 0 && deadline.millisLeft() <= 0) {
            throw new ControlException(
                    Reason.TIMED_OUT, "nothing moved for " + deadline.patience().toSeconds() + " s");
        }
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new ControlException(Reason.BROKEN, "interrupted");
        }
    }

    private static ControlException broken(IOException cause) {
        return new ControlException(Reason.BROKEN, "the connection broke: " + cause.getMessage(), cause);
    }

    /** A time by which something must have happened. */
    private record Deadline(Duration patience, long end) {
        Deadline(Duration patience) {
            this(patience, System.nanoTime() + patience.toNanos());
        }

        long millisLeft() {
            return Math.ceilDiv(end - System.nanoTime(), 1_000_000L);
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
