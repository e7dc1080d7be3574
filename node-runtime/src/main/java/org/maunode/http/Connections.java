package org.maunode.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Waiters;

/** All connections of a server: who gets in, and that none outstays its deadlines. Thread-safe. */
final class Connections implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private final Gate network;
    private final Gate cable;
    private final LongSupplier nanos;
    private final DiskThreads disk;
    private final Responder responder;
    private final Quota bodies;
    private final HeldRequests held;
    private final Pushes pushes;
    private final Meters requests;
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watch;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean stopped;

    Connections(Exchange exchange, ServerOptions options, LongSupplier nanos) {
        Limits limits = options.limits();
        this.nanos = nanos;
        this.network = new Gate(limits, nanos);
        this.cable = new Gate(options.cable(), nanos);
        Limits.Counts counts = limits.counts();
        this.disk = new DiskThreads(options.diskThreads(), counts.waiting());
        this.bodies = new Quota(counts.bodies(), counts.bodiesPerPeer());
        this.responder = new Responder(exchange, bodies);
        this.requests = new Meters(limits.rates().requests(), nanos);
        this.held = new HeldRequests(exchange, responder.listings(), limits.waiters(), new Crew());
        this.pushes = new Pushes(exchange, disk, limits.pushes(), nanos);
        this.watch = new ScheduledThreadPoolExecutor(1, Threads.named("mau-http-watch"));
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(10, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    /** A place for a new connection by the network; if there is none it is closed already. */
    Optional<Connection> admit(ProtocolIOSession session) {
        return admit(
                session,
                network,
                session.getRemoteAddress() instanceof InetSocketAddress from
                        ? Optional.of(Arrival.from(from))
                        : Optional.empty());
    }

    /**
     * A place for a new connection by another wire; if there is none it is closed already.
     *
     * @param plug whose it is; empty for somebody who has no business here
     */
    Optional<Connection> admit(ProtocolIOSession session, Optional<Plug> plug) {
        return admit(session, cable, plug.map(Arrival::by));
    }

    private Optional<Connection> admit(ProtocolIOSession session, Gate gate, Optional<Arrival> arrival) {
        Optional<Connection> admitted =
                arrival.filter(_ -> !stopped).flatMap(one -> opened(session, one, gate.enter(one.origin())));
        if (admitted.isEmpty()) {
            LOG.log(Level.FINE, "no place for {0}", session.getRemoteAddress());
            session.close(CloseMode.IMMEDIATE);
        }
        return admitted;
    }

    private Optional<Connection> opened(ProtocolIOSession session, Arrival arrival, Optional<Gate.Pass> pass) {
        Optional<Connection> admitted = pass.map(shown -> new Connection(session, this, arrival, shown));
        admitted.ifPresent(connection -> open.put(connection.id(), connection));
        keepWatch();
        return admitted;
    }

    void gone(String id) {
        Optional.ofNullable(open.get(id)).ifPresent(Connection::gone);
        open.remove(id);
        synchronized (this) {
            notifyAll();
        }
    }

    /** Waits until no connection is open; {@code false} if some still is. */
    synchronized boolean awaitNone(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left; !open.isEmpty() && (left = end - System.nanoTime()) > 0; ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return open.isEmpty();
    }

    /** Deadlines are looked at only while somebody could miss one. */
    private void keepWatch() {
        if (!open.isEmpty() && watching.compareAndSet(false, true)) {
            later(this::sweep, network.limits().waits().sweep());
        }
    }

    /** Runs {@code action} on the thread that watches, unless what it returns is run, or all ends, before. */
    Runnable later(Runnable action, Duration delay) {
        try {
            Future<?> planned = watch.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.log(Level.FINE, "not watching any more");
            return () -> {};
        }
    }

    private void sweep() {
        try {
            long now = now();
            open.values().forEach(connection -> connection.sweep(now));
        } catch (RuntimeException unexpected) {
            LOG.log(Level.WARNING, "looking at deadlines failed", unexpected);
        } finally {
            watching.set(false);
            keepWatch();
        }
    }

    /** What those who wait for news need of the server. */
    private final class Crew implements Waiters.Crew {
        @Override
        public void run(Runnable look) {
            disk.read(look);
        }

        @Override
        public Runnable later(Runnable action, Duration delay) {
            return Connections.this.later(action, delay);
        }

        @Override
        public long nanos() {
            return now();
        }
    }

    boolean mayAsk(Object payer) {
        return requests.take(payer);
    }

    long now() {
        return nanos.getAsLong();
    }

    DiskThreads disk() {
        return disk;
    }

    Responder responder() {
        return responder;
    }

    /** The files that are being left here. */
    Pushes pushes() {
        return pushes;
    }

    /** The requests that wait for news. */
    HeldRequests held() {
        return held;
    }

    /** Connections that are open, for tests and for the log. */
    int count() {
        return open.size();
    }

    int bodiesUnderWay() {
        return bodies.taken();
    }

    /** Takes no more connections, and cuts those that are there. */
    void stop() {
        stopped = true;
        cutAll("the server stops");
    }

    void cutAll(String why) {
        open.values().forEach(connection -> connection.cut(why));
    }

    @Override
    public void close() {
        held.close();
        watch.shutdownNow();
        Threads.await(watch);
        disk.close();
        pushes.close();
    }
}
