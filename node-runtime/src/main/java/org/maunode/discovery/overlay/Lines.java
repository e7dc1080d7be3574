package org.maunode.discovery.overlay;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/**
 * Connections that are open, one a door: several questions to a peer within a few seconds need one handshake. Dials
 * without its lock; whoever wants the same door meanwhile waits for that one dial. Thread-safe.
 */
final class Lines implements AutoCloseable {
    /** Milliseconds that a line is kept for another question. */
    static final long KEPT = 5_000;
    /** Lines that are kept while nobody uses them: more than one lookup asks in a small network. */
    static final int MAX_IDLE = 24;

    /** Somebody at an address, which is resolved: what a name led to once is not what it leads to for all. */
    record Door(Fingerprint who, InetSocketAddress address) {}

    private final Dialer dialer;
    private final Map<Door, Line> open = new HashMap<>();
    private boolean closed;

    Lines(Dialer dialer) {
        this.dialer = dialer;
    }

    /** One connection, or the attempt to make it. */
    final class Line {
        private final Door door;
        private final FutureTask<RemotePeer> dialing;
        private int users;
        private boolean used;
        private long idleSince;

        private Line(Door door) {
            this.door = door;
            this.dialing = new FutureTask<>(() -> dialer.dial(door.who(), door.address()));
        }

        /**
         * The peer, proved; dials if nobody has.
         *
         * @throws ExchangeException why it cannot be had
         */
        RemotePeer peer() {
            dialing.run();
            try {
                return dialing.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof ExchangeException known
                        ? new ExchangeException(known.reason(), known.getMessage(), known)
                        : new IllegalStateException("a dialer failed", failed.getCause());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
            }
        }

        private boolean isIdle() {
            return users == 0;
        }

        /** A dial under way is not waited for: it ends by itself, with nobody to use it. */
        private void hangUp() {
            if (dialing.state() == FutureTask.State.SUCCESS) {
                dialing.resultNow().close();
            }
        }
    }

    /** A line to {@code door}, which is given back by one of {@link #release} and {@link #drop}. */
    synchronized Line take(Door door) {
        Line line = open.computeIfAbsent(door, Line::new);
        line.users++;
        return line;
    }

    /** Whether {@code line} has carried an answer before, so that it may have been cut at the other end since. */
    synchronized boolean isWorn(Line line) {
        return line.used;
    }

    /** It works, and may be used again for a while; unless another user dropped it, then it ends with its last user. */
    void release(Line line, long now) {
        settle(line, now).forEach(Line::hangUp);
    }

    private synchronized List<Line> settle(Line line, long now) {
        line.users--;
        line.used = true;
        line.idleSince = now;
        List<Line> idle = open.values().stream()
                .filter(Line::isIdle)
                .sorted(Comparator.comparingLong(other -> other.idleSince))
                .toList();
        List<Line> over = new ArrayList<>(idle.subList(0, closed ? idle.size() : Math.max(0, idle.size() - MAX_IDLE)));
        over.forEach(old -> open.remove(old.door, old));
        if (line.isIdle() && open.get(line.door) != line && !over.contains(line)) {
            over.add(line);
        }
        return over;
    }

    /** It does not work; nobody else gets it. */
    void drop(Line line) {
        if (forget(line)) {
            line.hangUp();
        }
    }

    private synchronized boolean forget(Line line) {
        line.users--;
        open.remove(line.door, line);
        return line.isIdle();
    }

    /** When {@link #expire} has something to do. */
    synchronized OptionalLong due() {
        return open.values().stream()
                .filter(Line::isIdle)
                .mapToLong(line -> line.idleSince + KEPT)
                .min();
    }

    /** Hangs up what was not used for a while. */
    void expire(long now) {
        expired(now).forEach(Line::hangUp);
    }

    private synchronized List<Line> expired(long now) {
        List<Line> old = new ArrayList<>(open.values());
        old.removeIf(line -> !line.isIdle() || now < line.idleSince + KEPT);
        old.forEach(line -> open.remove(line.door, line));
        return old;
    }

    /** Hangs up all; what is in use goes with its last user. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        expire(Long.MAX_VALUE);
    }

    synchronized int count() {
        return open.size();
    }
}
