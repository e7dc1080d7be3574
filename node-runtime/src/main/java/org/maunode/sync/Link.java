package org.maunode.sync;

import java.util.concurrent.Semaphore;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** An open connection to a peer, and how many may wait there for the news of others. Thread-safe. */
final class Link implements AutoCloseable {
    /** Authors whose news one connection is waited at for, beside the peer's own: peers of ours let 16 wait on one. */
    static final int MAX_RELAYED = 15;

    private final RemotePeer remote;
    private final long opened;
    private final Semaphore places = new Semaphore(MAX_RELAYED);

    /** @param opened when, by {@link Scheduler#nanos} */
    Link(RemotePeer remote, long opened) {
        this.remote = remote;
        this.opened = opened;
    }

    RemotePeer remote() {
        return remote;
    }

    Fingerprint peer() {
        return remote.fingerprint();
    }

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
