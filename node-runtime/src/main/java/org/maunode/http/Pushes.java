package org.maunode.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Delivery;
import org.maunode.exchange.Exchange;

/** The files that are being left here, and what they may cost. Thread-safe. */
final class Pushes implements AutoCloseable {
    private final Exchange exchange;
    private final DiskThreads disk;
    private final Limits.Pushes limits;
    private final Quota places;
    private final Meters files;
    private final Meters kibibytes;
    private final Set<PushExchange> open = ConcurrentHashMap.newKeySet();
    private final Deque<Runnable> finishing = new ArrayDeque<>();
    private boolean busy;
    private long unfinished;

    Pushes(Exchange exchange, DiskThreads disk, Limits.Pushes limits, LongSupplier nanos) {
        this.exchange = exchange;
        this.disk = disk;
        this.limits = limits;
        this.places = new Quota(limits.inAll(), limits.perPeer());
        this.files = new Meters(limits.files(), nanos);
        this.kibibytes = new Meters(limits.kibibytes(), nanos);
    }

    Limits.Pushes limits() {
        return limits;
    }

    Delivery accept(Delivery.Offer offer, Caller caller) {
        return exchange.accept(offer, caller);
    }

    /** Whether {@code payer} may leave one more file of {@code size} bytes in this hour; it is charged for trying. */
    boolean mayLeave(Object payer, long size) {
        return files.take(payer) && kibibytes.take(payer, kibibytes(size));
    }

    /** What was here already came at no cost. */
    void refund(Object payer, long size) {
        files.giveBack(payer, 1);
        kibibytes.giveBack(payer, kibibytes(size));
    }

    private static long kibibytes(long size) {
        return (size + 1023) / 1024;
    }

    /** A place for a file of {@code size} bytes, if there is one among those under way. */
    Optional<Quota.Place> place(Object payer, long size) {
        Optional<Quota.Place> place = places.take(payer);
        if (place.isPresent() && !reserve(size)) {
            place.get().close();
            return Optional.empty();
        }
        return place.map(taken -> () -> {
            taken.close();
            giveBack(size);
        });
    }

    private synchronized boolean reserve(long size) {
        boolean fits = unfinished + size <= limits.unfinished();
        unfinished += fits ? size : 0;
        return fits;
    }

    private synchronized void giveBack(long size) {
        unfinished -= size;
    }

    void opened(PushExchange push) {
        open.add(push);
    }

    void ended(PushExchange push) {
        open.remove(push);
    }

    /** Verifying reads a whole file: one after the other, so that a thread is left for those who ask. */
    void finish(Runnable verifying) {
        if (isNext(verifying)) {
            run(verifying);
        }
    }

    private synchronized boolean isNext(Runnable verifying) {
        if (busy) {
            finishing.add(verifying);
            return false;
        }
        busy = true;
        return true;
    }

    private void run(Runnable verifying) {
        disk.read(() -> {
            try {
                verifying.run();
            } finally {
                next().ifPresent(this::run);
            }
        });
    }

    private synchronized Optional<Runnable> next() {
        Optional<Runnable> next = Optional.ofNullable(finishing.poll());
        busy = next.isPresent();
        return next;
    }

    int underWay() {
        return places.taken();
    }

    synchronized long unfinished() {
        return unfinished;
    }

    /** Behind the last disk thread: what was not finished leaves nothing behind. */
    @Override
    public void close() {
        open.forEach(PushExchange::discard);
    }
}
