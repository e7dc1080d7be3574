package org.maunode.discovery;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.store.AtomicFile;

/** Addresses that somebody wrote down: one small JSON object in a file, fingerprint to {@code host:port}. */
public final class StaticAddresses implements Resolver {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery");
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;

    /** @param file made when the first address is written down */
    public StaticAddresses(Path file) {
        this.file = Objects.requireNonNull(file);
    }

    @Override
    public String name() {
        return "given";
    }

    @Override
    public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
        parsed(read(), peer).ifPresent(found);
    }

    private Optional<InetSocketAddress> parsed(JsonObject all, Fingerprint peer) {
        String address = address(all, peer);
        try {
            return address.isEmpty() ? Optional.empty() : Optional.of(HostAndPort.parse(address));
        } catch (IllegalArgumentException broken) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {file, broken.getMessage()});
            return Optional.empty();
        }
    }

    /** Writes down where {@code peer} is; replaces what was known. */
    public synchronized void remember(Fingerprint peer, InetSocketAddress address) {
        JsonObject all = read();
        String text = HostAndPort.format(address);
        if (text.equals(address(all, peer))) {
            return;
        }
        String json = all.set(peer.toString(), text) + "\n";
        AtomicFile.write(file, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** All that was written down and can be read. */
    public List<Contact> all() {
        List<Contact> contacts = new ArrayList<>();
        JsonObject all = read();
        for (String name : all.names()) {
            if (Fingerprint.isWellFormed(name)) {
                Fingerprint peer = Fingerprint.of(name);
                parsed(all, peer).ifPresent(address -> contacts.add(new Contact(peer, address)));
            }
        }
        return contacts;
    }

    private static String address(JsonObject all, Fingerprint peer) {
        JsonValue value = all.get(peer.toString());
        return value != null && value.isString() ? value.asString() : "";
    }

    private JsonObject read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("is larger than " + MAX_BYTES + " bytes");
            }
            return Json.parse(Files.readString(file)).asObject();
        } catch (NoSuchFileException | ClosedByInterruptException none) {
            // Whoever was interrupted wants no answer any more.
            return new JsonObject();
        } catch (IOException | ParseException | UnsupportedOperationException broken) {
            LOG.log(Level.WARNING, "addresses in {0} are unreadable: {1}", new Object[] {file, broken.getMessage()});
            return new JsonObject();
        }
    }
}
