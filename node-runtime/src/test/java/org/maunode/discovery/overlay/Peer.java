package org.maunode.discovery.overlay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Reception;
import org.maunode.exchange.Refusal;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.SecretIdentity;

/** A node on loopback as far as the overlay goes: a real server, a real dialer, no files. */
final class Peer implements AutoCloseable {
    private static final Exchange NO_FILES = (request, caller) -> new Answer.Refused(Refusal.NOT_FOUND);

    private final SecretIdentity identity;
    private final Path table;
    private final PeerDialer dialer;
    private final Overlay overlay;
    private final PeerServer server;

    private Peer(SecretIdentity identity, Path table, int port, Function<Peer, Exchange> peers) {
        this.identity = identity;
        this.table = table;
        this.dialer = new PeerDialer(identity, DialerOptions.DEFAULT, () -> List.of(address()));
        this.overlay = new Overlay(
                identity.fingerprint(), dialer.with(DialerOptions.BRIEF), table, new Random(identity.hashCode()));
        this.server = serve(port, new Reception(NO_FILES, peers.apply(this)));
    }

    static Peer at(Path directory, int number) {
        return at(directory, number, Peer::overlay);
    }

    /** One that answers in its own way. */
    static Peer at(Path directory, int number, Function<Peer, Exchange> peers) {
        SecretIdentity identity = SecretIdentity.generate("peer " + number, "", Instant.EPOCH.plusSeconds(number));
        return new Peer(identity, directory.resolve("contacts-" + number + ".json"), 0, peers);
    }

    private PeerServer serve(int port, Exchange exchange) {
        try {
            InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            return PeerServer.start(identity, exchange, ServerOptions.at(bind));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same node after a restart, at the same address. */
    Peer again() {
        return new Peer(identity, table, server.address().getPort(), Peer::overlay);
    }

    SecretIdentity identity() {
        return identity;
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    String address() {
        return "127.0.0.1:" + server.address().getPort();
    }

    Contact contact() {
        return new Contact(fingerprint(), HostAndPort.parse(address()));
    }

    Overlay overlay() {
        return overlay;
    }

    Path table() {
        return table;
    }

    @Override
    public void close() {
        overlay.close();
        dialer.close();
        server.close();
    }
}
