package org.maunode.discovery;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
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
        String address = address(read(), peer);
        try {
            if (!address.isEmpty()) {
                found.accept(HostAndPort.parse(address));
            }
        } catch (IllegalArgumentException broken) {
            LOG.log(Level.WARNING, "{0}: {1}", new Object[] {file, broken.getMessage()});
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
        } catch (NoSuchFileException none) {
            return new JsonObject();
        } catch (IOException | ParseException | UnsupportedOperationException broken) {
            LOG.log(Level.WARNING, "addresses in {0} are unreadable: {1}", new Object[] {file, broken.getMessage()});
            return new JsonObject();
        }
    }
}
