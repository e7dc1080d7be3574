package org.maunode.ble.dbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The socket and its thread, {@code mau-dbus}, which reads, writes, and runs everything else of a bus: what others want done is
 * a task for it.
 */
final class Wire {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble.dbus");

    /** What runs on the wire's thread beside the wire. */
    interface Owner {
        void greeted();

        void received(Message message);

        /** Ends what is overdue, and says when something will be, as {@link System#nanoTime} counts. */
        OptionalLong ring(long now);

        /** The wire is gone: nothing can be written any more, tasks still run. */
        void lost(DBusException why);

        /** The last call. */
        void ended(DBusException why);
    }

    /** Messages that are handed to the system together. */
    private static final int MOST_AT_ONCE = 16;

    private record Outgoing(ByteBuffer bytes, Runnable taken) {}

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Owner owner;
    private final Thread thread = Thread.ofPlatform().name("mau-dbus").daemon().unstarted(this::run);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Deque<Outgoing> outgoing = new ArrayDeque<>();
    private final Inlet inlet = new Inlet();
    private boolean greeted;
    private volatile boolean closed;
    private volatile boolean ended;

    Wire(SocketChannel channel, Owner owner) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
        this.owner = owner;
    }

    void start(byte[] opening) {
        write(opening, () -> {});
        thread.start();
    }

    boolean isOwnThread() {
        return Thread.currentThread() == thread;
    }

    /** Has something done on the wire's thread, soon; once that has ended, on this one. */
    void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            work();
        } else if (!isOwnThread()) {
            selector.wakeup();
        }
    }

    /** Whether more may be written now: nobody fills a board's memory because the bus has stopped reading. */
    boolean hasRoom() {
        return unwritten.get() < Limits.UNWRITTEN;
    }

    /**
     * Writes when the bus reads.
     *
     * @param taken run on the wire's thread, once, when the socket has taken all of it, or the wire is lost
     */
    void write(byte[] bytes, Runnable taken) {
        unwritten.addAndGet(bytes.length);
        Outgoing each = new Outgoing(ByteBuffer.wrap(bytes), taken);
        execute(() -> {
            if (ended) {
                guarded(taken);
            } else {
                outgoing.add(each);
            }
        });
    }

    /** Ends the thread, which writes before that what the bus takes at once; waits for it, but not on itself. */
    void close(long patienceMillis) throws InterruptedException {
        closed = true;
        selector.wakeup();
        if (!isOwnThread()) {
            thread.join(patienceMillis);
        }
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
            work();
            flush();
            end(new DBusException(DBusException.Reason.LOST, "closed by us"));
        } catch (DBusException why) {
            end(why);
        } catch (IOException broken) {
            end(new DBusException(DBusException.Reason.LOST, "the connection to the bus broke", broken));
        } catch (RuntimeException | Error mistake) {
            LOG.log(Level.SEVERE, "dbus.mistake", mistake);
            end(new DBusException(DBusException.Reason.LOST, "a mistake of ours", mistake));
        }
    }

    private void turn() throws IOException {
        work();
        flush();
        OptionalLong deadline = owner.ring(System.nanoTime());
        await(deadline);
        selector.selectedKeys().clear();
        if (key.isReadable()) {
            inlet.fill(channel);
            handOver();
        }
    }

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    /** Another's mistake does not end the bus for all. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException mistake) {
            LOG.log(Level.WARNING, "dbus.task", mistake);
        }
    }

    /** What waits goes out in one call of the system, as far as it fits: each one wakes the bus. */
    private void flush() throws IOException {
        while (!outgoing.isEmpty()
                && write(outgoing.stream()
                        .limit(MOST_AT_ONCE)
                        .map(Outgoing::bytes)
                        .toArray(ByteBuffer[]::new))) {
            // The socket takes more.
        }
        key.interestOps(outgoing.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /** Whether all of it was taken. */
    private boolean write(ByteBuffer... bytes) throws IOException {
        unwritten.addAndGet((int) -channel.write(bytes));
        for (Outgoing next = outgoing.peek(); next != null && !next.bytes().hasRemaining(); next = outgoing.peek()) {
            outgoing.remove();
            guarded(next.taken());
        }
        return !bytes[bytes.length - 1].hasRemaining();
    }

    private void await(OptionalLong deadline) throws IOException {
        if (!tasks.isEmpty() || closed) {
            selector.selectNow();
        } else if (deadline.isEmpty()) {
            selector.select();
        } else {
            long nanos = deadline.getAsLong() - System.nanoTime();
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
        }
    }

    private void handOver() {
        while (greeted ? message() : line()) {
            work();
        }
    }

    private boolean line() {
        Optional<String> line = inlet.line();
        line.ifPresent(said -> {
            write(Greeting.answer(said), () -> {});
            greeted = true;
            owner.greeted();
        });
        return line.isPresent();
    }

    private boolean message() {
        Optional<byte[]> bytes = inlet.message();
        bytes.flatMap(Message::decode).ifPresent(owner::received);
        return bytes.isPresent();
    }

    /** What was still to be written is lost, and so taken. */
    private void end(DBusException why) {
        closed = true;
        try {
            channel.close();
            selector.close();
        } catch (IOException alreadyGone) {
            LOG.log(Level.FINE, "dbus.close", alreadyGone);
        }
        owner.lost(why);
        work();
        outgoing.forEach(each -> guarded(each.taken()));
        outgoing.clear();
        ended = true;
        work();
        owner.ended(why);
    }
}
