package org.maunode.discovery.overlay;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.SilentPeer;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** A connection on which nothing but pings and contacts are asked. */
final class StubPeer extends SilentPeer {
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger closings = new AtomicInteger();
    private final Fingerprint fingerprint;
    private volatile boolean cut;

    StubPeer(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The other side hangs up. */
    void cut() {
        cut = true;
    }

    @Override
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public void ping() {
        if (cut || closings.get() > 0) {
            throw new ExchangeException(ExchangeException.Reason.UNREACHABLE, "the connection is closed");
        }
        pings.incrementAndGet();
    }

    @Override
    public List<Contact> contactsNear(Fingerprint target) {
        ping();
        return List.of();
    }

    @Override
    public void close() {
        closings.incrementAndGet();
    }
}
