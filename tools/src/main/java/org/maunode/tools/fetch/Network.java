package org.maunode.tools.fetch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.Source;
import org.maunode.discovery.mdns.LocalNetwork;
import org.maunode.discovery.mdns.Presence;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.discovery.overlay.Overlay;
import org.maunode.exchange.Dialer;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Contact;
import org.maunode.tools.account.Session;

/** How a command reaches peers by itself, where no node runs that could do it. */
public final class Network implements AutoCloseable {
    /** The network is asked when what is known here has not led to the peer by then. */
    private static final Duration BEFORE_MDNS = Duration.ofMillis(300);

    private static final Duration BEFORE_OVERLAY = Duration.ofSeconds(2);

    private final PeerDialer dialer;
    private final Late local = new Late("mdns", Network::localNetwork);
    private final Late overlay;
    private final PeerFinder finder;

    private Network(Session session) {
        dialer = new PeerDialer(session.account().identity(), DialerOptions.DEFAULT);
        overlay = new Late("kademlia", () -> overlay(session));
        finder = new PeerFinder(
                List.of(
                        Source.atOnce(session.places()),
                        Source.atOnce(session.addresses()),
                        new Source(local, BEFORE_MDNS),
                        new Source(overlay, BEFORE_OVERLAY)),
                dialer,
                session.places());
    }

    /** Opens nothing before somebody is sought. */
    public static Network of(Session session) {
        return new Network(session);
    }

    private static Late.Opened localNetwork() {
        NetworkWatch watch = NetworkWatch.start();
        boolean opened = false;
        try {
            LocalNetwork network = LocalNetwork.start(new Presence.Hidden(), watch);
            opened = true;
            return new Late.Opened(network, () -> {
                network.close();
                watch.close();
            });
        } finally {
            if (!opened) {
                watch.close();
            }
        }
    }

    /** Asks without being asked: nobody can call back a command that ends in a moment. */
    private Late.Opened overlay(Session session) {
        Overlay network = new Overlay(
                session.account().fingerprint(), dialer.with(DialerOptions.BRIEF), contacts(session), new Random());
        network.start(List.of());
        return new Late.Opened(network, network::close);
    }

    private static Path contacts(Session session) {
        return session.account().privateDirectory().resolve("contacts.json");
    }

    /** Those of whom a node has heard on this disk, besides the places that were given or proved. */
    public static List<Contact> heardOf(Session session) {
        return Overlay.saved(contacts(session));
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
        overlay.close();
        local.close();
        dialer.close();
    }
}
