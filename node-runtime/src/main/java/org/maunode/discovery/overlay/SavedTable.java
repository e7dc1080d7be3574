package org.maunode.discovery.overlay;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.discovery.kademlia.Known;
import org.maunode.exchange.ContactsJson;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Contact;
import org.maunode.store.AtomicFile;
import org.maunode.store.StoreException;

/**
 * The table on the disk: who was there, nothing of when. A file that is lost or broken costs a bootstrap. Blocks on the
 * disk. Thread-safe.
 */
final class SavedTable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.overlay");
    /** Contacts that are kept, and taken from the file. */
    static final int MAX_CONTACTS = 512;
    /** More than as many of the longest. */
    static final int MAX_BYTES = 256 * 1024;

    private final Path file;
    private String last = "";

    /** @param file made when there is something to keep */
    SavedTable(Path file) {
        this.file = Objects.requireNonNull(file);
    }

    synchronized List<Contact> load() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            last = Files.readString(file);
            return ContactsJson.parse(new StringReader(last), MAX_CONTACTS, MAX_CONTACTS);
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException | ExchangeException broken) {
            LOG.log(Level.WARNING, "the contacts in {0} are unreadable: {1}", new Object[] {file, broken.getMessage()});
            return List.of();
        }
    }

    /**
     * Keeps those of {@code table} who have not failed, in its order. If nobody in it has answered, the network is away, and
     * what was kept is worth more.
     */
    synchronized void save(List<Known> table) {
        if (table.stream().noneMatch(Overlay::isAlive)) {
            return;
        }
        String text = ContactsJson.write(table.stream()
                        .filter(known -> !known.suspect())
                        .limit(MAX_CONTACTS)
                        .map(Known::contact)
                        .toList())
                + "\n";
        if (!text.equals(last)) {
            write(text);
        }
    }

    private void write(String text) {
        try {
            AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
            last = text;
        } catch (StoreException failed) {
            LOG.log(Level.WARNING, "the contacts are not kept: {0}", failed.getMessage());
        }
    }
}
