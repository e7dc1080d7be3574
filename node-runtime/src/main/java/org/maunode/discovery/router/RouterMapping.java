package org.maunode.discovery.router;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Asks the router of this network to forward a TCP port to this node, and keeps it so: by PCP, NAT-PMP or UPnP, renewed in
 * time, asked for anew after the router or the network is another, given back at the end (docs/spec/router.md).
 *
 * <p>Threads: one, {@code mau-router}, started when this is made. It sleeps until the next renewal; nothing is polled.
 */
public final class RouterMapping implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.router");
    private static final Duration END = Sockets.FAREWELL.plusMillis(200);

    private final Sockets wires;
    private final Keeper keeper;
    private final Thread thread;

    /**
     * Begins to ask.
     *
     * @param port of this node, 1 to 65535; the router may give another one outside
     * @param nonce by which a router knows this node again after a power cut
     * @param listener hears each new state, on {@code mau-router}; should be quick
     * @throws UncheckedIOException if this process can have no more files
     */
    public RouterMapping(int port, MappingNonce nonce, Consumer<RouterState> listener, RandomGenerator random) {
        this(new MappingPlan(port, nonce), listener, random);
    }

    RouterMapping(MappingPlan plan, Consumer<RouterState> listener, RandomGenerator random) {
        try {
            wires = new Sockets();
        } catch (IOException exhausted) {
            throw new UncheckedIOException(exhausted);
        }
        keeper = new Keeper(plan, wires, listener, random);
        thread = Thread.ofPlatform().name("mau-router").daemon(true).start(this::keep);
    }

    private void keep() {
        try (wires) {
            keeper.run();
            wires.farewell();
            keeper.giveBack();
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "the router is asked no more", defect);
        }
    }

    /**
     * The cable was pulled, another Wi-Fi was joined, an address changed: the router is asked anew as soon as the network
     * has been quiet for two seconds. May be called often, from any thread.
     */
    public void networkChanged() {
        wires.change();
    }

    /** Gives the port back and ends, within a second; a router that does not answer keeps it until the lease ends. */
    @Override
    public void close() {
        wires.stop();
        try {
            thread.join(END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
