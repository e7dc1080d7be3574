package org.maunode.tools.fetch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.Source;
import org.maunode.exchange.ContactsJson;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Contact;
import org.maunode.tools.account.Session;

/** How a command reaches peers by itself, where no node runs that could do it. */
public final class Network implements AutoCloseable {
    /** As many as a node keeps, and as long (KW-30). */
    private static final int MAX_CONTACTS = 512;

    private static final int MAX_BYTES = 256 * 1024;

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

    /** Contacts of the network that a node has kept on this disk. */
    public static List<Contact> heardOf(Session session) {
        Path file = session.account().privateDirectory().resolve("contacts.json");
        try {
            return Files.notExists(file) ? List.of() : contacts(file);
        } catch (IOException | ExchangeException broken) {
            session.output().warn("the contacts in " + file + " are passed over: " + broken.getMessage());
            return List.of();
        }
    }

    private static List<Contact> contacts(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return ContactsJson.parse(reader, MAX_CONTACTS, MAX_CONTACTS);
        }
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
