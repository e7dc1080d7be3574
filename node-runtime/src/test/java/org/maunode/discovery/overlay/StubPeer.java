package org.maunode.discovery.overlay;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Contact;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

/** A connection on which nothing but pings and contacts are asked. */
final class StubPeer implements RemotePeer {
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
    public Page list(Fingerprint owner, From from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        closings.incrementAndGet();
    }
}
