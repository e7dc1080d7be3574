package org.maunode.tools.radio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.Fingerprint;
import org.maunode.store.StoredFile;
import org.maunode.sync.Courier;
import org.maunode.sync.Courier.Delivery;
import org.maunode.sync.Follower;
import org.maunode.sync.Outbox;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Outcome;

/**
 * Syncs with one node over one connection: what it has for us comes here, what we have for it goes there. A node that fetches
 * by itself, over the same line, is let; what it does not fetch is left there. Sums up all connections that it takes.
 * Confined to one thread.
 */
public final class BothWays {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Looks in a row at which a node that fetches by itself has got no further. */
    private static final int IDLE_LOOKS = 5;

    private final Session session;
    private final Follower follower;
    private final Answering answering;
    private final Courier courier;
    private final RadioMeter meter;
    private final Given given = new Given();
    private Optional<SyncReport> soFar = Optional.empty();

    public BothWays(Session session, Follower follower, Answering answering, RadioMeter meter) {
        this.session = session;
        this.follower = follower;
        this.answering = answering;
        this.meter = meter;
        this.courier = new Courier(new Outbox(session.account(), session.store(), this::attention));
    }

    /** What came here so far; empty before the first connection. */
    public Optional<SyncReport> received() {
        return soFar;
    }

    /** What went there so far. */
    public Given given() {
        return given;
    }

    /** Counts what went there. Confined to one thread. */
    public final class Given implements Courier.Progress {
        private final List<SyncReport.Note> notes = new ArrayList<>();
        private long files;
        private long bytes;
        private long missing;
        private Delivery delivery = Delivery.COMPLETE;

        @Override
        public void begins(StoredFile file) {
            meter.begins(file.name().value(), file.size(), 0);
        }

        @Override
        public void taken(StoredFile file) {
            files++;
            bytes += file.size();
            meter.received(file.size());
            meter.ends();
        }

        @Override
        public void refused(StoredFile file, String why) {
            notes.add(new SyncReport.Note(file.name().value(), why));
        }

        /** Files that were left there, or that the node fetched by itself meanwhile. */
        public long files() {
            return files;
        }

        /** Bytes of those that were left there. */
        public long bytes() {
            return bytes;
        }

        /** Files that it may read, does not hold, and does not take: it does not follow us. */
        public long unwanted() {
            return delivery == Delivery.COMPLETE ? 0 : missing;
        }

        /** The files that it turned down, each with its words. */
        public List<SyncReport.Note> notes() {
            return List.copyOf(notes);
        }
    }

    /** One connection's part; throws what ended it early. */
    public Delivery over(RemotePeer remote) throws InterruptedException {
        long missing = courier.missing(remote);
        SyncReport report = follower.sync(remote, meter);
        soFar = Optional.of(soFar.map(before -> Outcome.sum(before, report)).orElse(report));
        if (report.interrupted().isPresent()) {
            throw report.interrupted().get();
        }
        return give(remote, missing);
    }

    private Delivery give(RemotePeer remote, long missing) throws InterruptedException {
        long left = letFetch(remote, missing);
        given.files += Math.max(0, missing - left);
        given.missing = left;
        given.delivery = left == 0 ? Delivery.COMPLETE : courier.deliver(remote, given);
        return given.delivery;
    }

    /** What is still missing there when it fetches nothing by itself, or nothing any more. */
    private long letFetch(RemotePeer remote, long before) throws InterruptedException {
        long missing = before == 0 ? 0 : courier.missing(remote);
        int idle = 0;
        while (missing > 0 && idle < IDLE_LOOKS && attention(remote.fingerprint()) != Attention.NONE) {
            if (session.shell().stop().pause(LOOK)) {
                throw new InterruptedException();
            }
            long now = courier.missing(remote);
            idle = now < missing ? 0 : idle + 1;
            missing = now;
        }
        return missing;
    }

    private Attention attention(Fingerprint peer) {
        return answering.attention(peer, session.account().fingerprint());
    }
}
