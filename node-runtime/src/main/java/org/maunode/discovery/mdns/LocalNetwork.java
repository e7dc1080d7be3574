package org.maunode.discovery.mdns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.discovery.Resolver;
import org.maunode.discovery.mdns.Claims.Heard;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Link.Trait;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * Peers on the same network: this one is announced as {@code <fingerprint>._mau._tcp.local.}, others are heard and asked
 * for (RFC 6762, RFC 6763; docs/spec/mdns.md). What is heard proves nothing.
 *
 * <p>The one thread, {@value #THREAD}, does all but wait for {@link #resolve}. Thread-safe.
 */
public final class LocalNetwork implements Resolver, AutoCloseable {
    static final String THREAD = "mau-mdns";

    /** Where others are: cables and radios, no tunnels, not this machine alone. */
    public static final Predicate<Link> LAN = link ->
            link.is(Trait.UP) && link.is(Trait.MULTICAST) && !link.is(Trait.LOOPBACK) && !link.is(Trait.POINT_TO_POINT);

    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.mdns");

    /** Enough to say goodbye; the thread keeps nobody alive. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Packets of one socket that are read before others get their turn. */
    private static final int PACKETS_PER_TURN = 64;

    private final long startedAt = System.nanoTime();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Consumer<Contact>> listeners = new ArrayList<>();
    private final List<Look> looks = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Limits.MESSAGE + 1);
    private final Selector selector;
    private final Neighbourhood neighbourhood;
    private final Stations stations;
    private final AutoCloseable watching;
    private final Thread thread;
    private volatile boolean closed;

    private LocalNetwork(Presence presence, NetworkWatch watch, Predicate<Link> links) {
        try {
            this.selector = Selector.open();
        } catch (IOException failed) {
            throw new UncheckedIOException("mDNS cannot wait for packets", failed);
        }
        this.neighbourhood = new Neighbourhood(presence, new Random(), this::send);
        this.stations = new Stations(neighbourhood, links, selector);
        this.thread = Thread.ofPlatform().daemon().name(THREAD).unstarted(this::run);
        Runnable follow = () -> stations.follow(watch.now(), now());
        this.watching = watch.onChange(_ -> post(follow));
        post(follow);
    }

    /** Announces and finds on every network that this machine is attached to, as they come and go. */
    public static LocalNetwork start(Presence presence, NetworkWatch watch) {
        return start(presence, watch, LAN);
    }

    /** @param links on which of the machine's links; those with an address are used */
    public static LocalNetwork start(Presence presence, NetworkWatch watch, Predicate<Link> links) {
        LocalNetwork network = new LocalNetwork(presence, watch, Objects.requireNonNull(links));
        network.thread.start();
        return network;
    }

    @Override
    public String name() {
        return "mdns";
    }

    /**
     * Hands on what was heard and still holds, then what is heard while {@code peer} is asked for; that takes
     * {@link Limits#LOOK}, since whoever was heard first may be a liar.
     */
    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        if (closed) {
            return;
        }
        Look look = new Look(peer);
        post(() -> begin(look));
        look.await(Limits.LOOK, found);
        post(() -> end(look));
    }

    /** Without a network nobody will be heard, so that nobody need wait. */
    private void begin(Look look) {
        if (stations.isEmpty()) {
            look.end();
            return;
        }
        looks.add(look);
        neighbourhood.look(look.peer(), now()).forEach(look::offer);
    }

    private void end(Look look) {
        looks.remove(look);
        neighbourhood.endLook(look.peer());
    }

    /**
     * Tells who is there, then who appears: each contact that is new or changed, or back after a goodbye, a restart, or a
     * link that was gone; none more than once a second.
     *
     * @param listener called on the thread {@value #THREAD}; must not block
     * @return ends it when closed
     */
    public AutoCloseable onSeen(Consumer<Contact> listener) {
        Objects.requireNonNull(listener);
        post(() -> {
            listeners.add(listener);
            neighbourhood.everybody(now()).forEach(contact -> tell(listener, contact));
        });
        return () -> post(() -> listeners.remove(listener));
    }

    private long now() {
        return System.nanoTime() - startedAt;
    }

    private void send(Outgoing outgoing) {
        stations.send(outgoing);
    }

    private void post(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::receive, millisToWait());
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                stations.tick(now());
                neighbourhood.tick(now());
            }
            neighbourhood.goodbye();
        } catch (IOException | RuntimeException defect) {
            LOG.log(Level.SEVERE, "mDNS ends: " + defect.getMessage(), defect);
        } finally {
            finish();
        }
    }

    /** At least one: 0 would be for ever. */
    private long millisToWait() {
        long due = Math.min(stations.due(), neighbourhood.due().orElse(Long.MAX_VALUE));
        return due == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(due - now()) + 1);
    }

    private void receive(SelectionKey ready) {
        Station station = (Station) ready.attachment();
        DatagramChannel channel = (DatagramChannel) ready.channel();
        try {
            for (int packets = 0; packets < PACKETS_PER_TURN; packets++) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null) {
                    return;
                }
                take(station, from);
            }
        } catch (IOException lost) {
            // An error of an earlier packet, which nobody waits for.
            LOG.log(Level.FINE, "receive: {0}", lost.getMessage());
        }
    }

    private void take(Station station, InetSocketAddress from) {
        if (station.isFor(from.getAddress())) {
            byte[] packet = new byte[buffer.flip().remaining()];
            buffer.get(packet);
            tell(neighbourhood.heard(station.segment().link(), packet, from, now()));
        }
    }

    private void tell(Heard heard) {
        for (Look look : looks) {
            heard.contacts().forEach(look::offer);
        }
        for (Contact contact : heard.news()) {
            LOG.log(Level.FINE, "seen {0}", contact);
            listeners.forEach(listener -> tell(listener, contact));
        }
    }

    private static void tell(Consumer<Contact> listener, Contact contact) {
        try {
            listener.accept(contact);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "listener-failed: {0}", failed.toString());
        }
    }

    private void finish() {
        closed = true;
        stations.close();
        looks.forEach(Look::end);
        try {
            selector.close();
        } catch (IOException useless) {
            LOG.log(Level.FINE, "close: {0}", useless.getMessage());
        }
    }

    /** Says goodbye on every network, and ends the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            watching.close();
            if (Thread.currentThread() != thread) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
