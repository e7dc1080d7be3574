package org.maunode.tools.fetch;

import java.util.List;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.Source;
import org.maunode.exchange.Dialer;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Contact;
import org.maunode.tools.account.Session;

/** How a command reaches peers by itself, where no node runs that could do it. */
public final class Network implements AutoCloseable {
    private final PeerDialer dialer;
    private final PeerFinder finder;

    private Network(PeerDialer dialer, PeerFinder finder) {
        this.dialer = dialer;
        this.finder = finder;
    }

    /** Opens nothing before somebody is sought. */
    public static Network of(Session session) {
        PeerDialer dialer = new PeerDialer(session.account().identity(), DialerOptions.DEFAULT);
        return new Network(dialer, new PeerFinder(sources(session), dialer, session.places()));
    }

    /** Who is asked where a peer is, the most promising first. */
    private static List<Source> sources(Session session) {
        return List.of(Source.atOnce(session.places()), Source.atOnce(session.addresses()));
    }

    /** Those of whom a node has heard on this disk, besides the places that were given or proved. */
    public static List<Contact> heardOf(Session session) {
        return List.of();
    }

    public PeerFinder finder() {
        return finder;
    }

    public Dialer dialer() {
        return dialer;
    }

    @Override
    public void close() {
        finder.close();
        dialer.close();
    }
}
