package org.maunode.ble.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.session.Limits;
import org.maunode.ble.session.SessionOptions;
import org.maunode.ble.session.Side;

/**
 * Runs every line of this process on one thread, {@code mau-ble}, which starts with the first line and ends when none is left
 * for a while. Thread-safe.
 */
public final class Carrier implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.ble");
    private static final long NANOS_A_MILLI = 1_000_000;

    private final int preferredFrame;
    private final LongSupplier clock;
    private final IntSupplier ids;
    private final Semaphore callers = new Semaphore(Bounds.MOST_CALLERS);
    private final Semaphore reached = new Semaphore(Bounds.MOST_REACHED);
    private final Semaphore refused = new Semaphore(Bounds.MOST_REFUSED);
    private Optional<Loop> loop = Optional.empty();
    private boolean closed;

    /**
     * @param preferredFrame the longest frame that is sent although the link would take longer ones, 20 to 509 bytes: 244
     *     suits a radio, 509 a link that is paid by the packet
     * @throws IllegalArgumentException if it is not within these
     */
    public Carrier(int preferredFrame) {
        this(preferredFrame, () -> System.nanoTime() / NANOS_A_MILLI, new Ids());
    }

    /**
     * @param clock milliseconds that never go back
     * @param ids draws the identifiers of sessions, at random
     */
    Carrier(int preferredFrame, LongSupplier clock, IntSupplier ids) {
        this.preferredFrame = SessionOptions.atMtu(Limits.LARGEST_MTU)
                .preferring(preferredFrame)
                .preferredFrame();
        this.clock = clock;
        this.ids = ids;
    }

    /** Seeded when the first is drawn: a node without lines pays nothing. */
    private static final class Ids implements IntSupplier {
        private Optional<SecureRandom> random = Optional.empty();

        @Override
        public synchronized int getAsInt() {
            SecureRandom drawn = random.orElseGet(SecureRandom::new);
            random = Optional.of(drawn);
            return drawn.nextInt();
        }
    }

    /** A node that answered, and the line to it; its session may still be greeting. */
    public record Reached(NodeInfo info, Line line) {}

    /**
     * Connects to a node and begins a session as its central. Blocks.
     *
     * @param callee takes what the node calls us for
     * @throws GattException why not
     */
    public Reached reach(Central central, BluetoothAddress address, Duration patience, Callee callee) {
        if (!reached.tryAcquire()) {
            throw notConnected(address, "there are lines to " + Bounds.MOST_REACHED + " nodes already");
        }
        try {
            return begin(central, address, patience, callee);
        } catch (RuntimeException failure) {
            reached.release();
            throw failure;
        }
    }

    private Reached begin(Central central, BluetoothAddress address, Duration patience, Callee callee) {
        Inbox inbox = new Inbox();
        Central.Connection connection = central.connect(address, inbox, patience);
        Wire wire = new Wire(connection.link(), inbox);
        Post post = new Post(Side.CENTRAL, callee, _ -> {}, preferredFrame, ids);
        try {
            Track track = enter(wire, running -> new Track(running, wire, post, reached::release));
            return new Reached(connection.info(), track.line());
        } catch (IllegalStateException | UncheckedIOException failure) {
            wire.close();
            throw notConnected(address, failure.getMessage());
        }
    }

    private static GattException notConnected(BluetoothAddress address, String why) {
        return new GattException(GattException.Reason.NOT_CONNECTED, "no line to " + address + ": " + why);
    }

    /**
     * Takes the centrals that a peripheral brings, and runs a session as peripheral with each.
     *
     * @param callee takes what they call us for
     * @param begun hears of each line once its session is open, on the carrier's thread; must not block
     */
    public Peripheral.Acceptor answering(Callee callee, Consumer<Line> begun) {
        Post post = new Post(Side.PERIPHERAL, callee, begun, preferredFrame, ids);
        return link -> accept(link, post);
    }

    private LinkListener accept(Link link, Post post) {
        Inbox inbox = new Inbox();
        Wire wire = new Wire(link, inbox);
        if (callers.tryAcquire()) {
            enter(wire, callers, running -> new Track(running, wire, post, callers::release));
        } else if (refused.tryAcquire()) {
            enter(wire, refused, running -> new Refusing(running, wire, refused::release));
        } else {
            link.close();
        }
        return inbox;
    }

    private void enter(Wire wire, Semaphore places, Function<Loop, Member> birth) {
        try {
            enter(wire, birth);
        } catch (IllegalStateException | UncheckedIOException failure) {
            LOG.log(Level.WARNING, "ble: no line with " + wire.peer() + ": " + failure.getMessage());
            places.release();
            wire.close();
        }
    }

    private <M extends Member> M enter(Wire wire, Function<Loop, M> birth) {
        M member = enter(birth);
        wire.tell(member::ready, () -> member.readyWithin(Bounds.COMPANY_LIMIT));
        return member;
    }

    private synchronized <M extends Member> M enter(Function<Loop, M> birth) {
        if (closed) {
            throw new IllegalStateException("this node stops");
        }
        M member = birth.apply(hired());
        member.ready();
        return member;
    }

    private Loop hired() {
        return loop.filter(Loop::hire).orElseGet(this::started);
    }

    private Loop started() {
        try {
            Loop fresh = Loop.start(clock);
            fresh.hire();
            loop = Optional.of(fresh);
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("no selector: " + e.getMessage(), e);
        }
    }

    /** Aborts every line, closes its link, and ends the thread, within two seconds. */
    @Override
    public void close() {
        stop().ifPresent(Carrier::end);
    }

    private synchronized Optional<Loop> stop() {
        closed = true;
        loop.ifPresent(Loop::stop);
        return loop;
    }

    /** First in order; whoever has not taken its leave by then is cut off. */
    private static void end(Loop loop) {
        try {
            loop.join(Bounds.STOP_LIMIT);
            loop.halt();
            loop.join(Bounds.STOP_LIMIT);
        } catch (InterruptedException _) {
            loop.halt();
            Thread.currentThread().interrupt();
        }
    }
}
