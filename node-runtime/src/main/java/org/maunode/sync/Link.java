package org.maunode.sync;

import java.util.concurrent.Semaphore;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** An open connection to a peer, and how many may wait there for the news of others. Thread-safe. */
final class Link implements AutoCloseable {
    /** Authors whose news one connection is waited at for, beside the peer's own: HTTP has room for twelve waits. */
    static final int MAX_RELAYED = 10;

    private final TimedPeer remote;
    private final long opened;
    private final Semaphore places = new Semaphore(MAX_RELAYED);

    Link(RemotePeer remote, Scheduler scheduler) {
        this.remote = new TimedPeer(remote, scheduler);
        this.opened = scheduler.nanos();
    }

    /** Whether the peer was hung up on for wasting our time. */
    boolean wasTooSlow() {
        return remote.wasTooSlow();
    }

    /** Whether any other way to the peer is better. */
    boolean isSlow() {
        return remote.isSlow();
    }

    RemotePeer remote() {
        return remote;
    }

    Fingerprint peer() {
        return remote.fingerprint();
    }

    /** When, by {@link Scheduler#nanos}. */
    long opened() {
        return opened;
    }

    /** Takes a place to wait for a relayed author's news; {@code false} if there is none left. */
    boolean takePlace() {
        return places.tryAcquire();
    }

    void givePlace() {
        places.release();
    }

    @Override
    public void close() {
        remote.close();
    }
}
