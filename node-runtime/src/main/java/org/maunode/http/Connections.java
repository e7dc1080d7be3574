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

    private final Limits limits;
    private final LongSupplier nanos;
    private final DiskThreads disk;
    private final Responder responder;
    private final Quota bodies;
    private final HeldRequests held;
    private final Pushes pushes;
    private final Quota places;
    private final Quota handshakes;
    private final Meters connects;
    private final Meters requests;
    private final Map<String, Connection> open = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watch;
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile boolean stopped;

    Connections(Exchange exchange, ServerOptions options, LongSupplier nanos) {
        this.limits = options.limits();
        this.nanos = nanos;
        Limits.Counts counts = limits.counts();
        this.disk = new DiskThreads(options.diskThreads(), counts.waiting());
        this.bodies = new Quota(counts.bodies(), counts.bodiesPerPeer());
        this.responder = new Responder(exchange, bodies);
        this.places = new Quota(counts.connections(), counts.perOrigin());
        this.handshakes = new Quota(counts.handshakes(), counts.handshakes());
        this.connects = new Meters(limits.rates().connects(), nanos);
        this.requests = new Meters(limits.rates().requests(), nanos);
        this.held = new HeldRequests(exchange, responder.listings(), limits.waiters(), new Crew());
        this.pushes = new Pushes(exchange, disk, limits.pushes(), nanos);
        this.watch = new ScheduledThreadPoolExecutor(1, Threads.named("mau-http-watch"));
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(10, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
    }

    /** A place for a new connection; if there is none it is closed already. */
    Optional<Connection> admit(ProtocolIOSession session) {
        Optional<Connection> admitted = stopped ? Optional.empty() : place(session);
        if (admitted.isEmpty()) {
            LOG.log(Level.FINE, "no place for {0}", session.getRemoteAddress());
            session.close(CloseMode.IMMEDIATE);
        }
        return admitted;
    }

    private Optional<Connection> place(ProtocolIOSession session) {
        if (!(session.getRemoteAddress() instanceof InetSocketAddress from)) {
            return Optional.empty();
        }
        Origin origin = Origin.of(from.getAddress());
        return connects.take(origin)
                ? places.take(origin).flatMap(place -> handshake(session, origin, place))
                : Optional.empty();
    }

    private Optional<Connection> handshake(ProtocolIOSession session, Origin origin, Quota.Place place) {
        Optional<Quota.Place> handshake = handshakes.take(this);
        if (handshake.isEmpty()) {
            place.close();
            return Optional.empty();
        }
        Connection connection = new Connection(session, this, origin, place, handshake.get());
        open.put(connection.id(), connection);
        keepWatch();
        return Optional.of(connection);
    }

    void gone(String id) {
        Optional.ofNullable(open.remove(id)).ifPresent(Connection::gone);
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
            later(this::sweep, limits.waits().sweep());
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

    Limits limits() {
        return limits;
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
