package org.maunode.sync;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;
import org.maunode.store.AtomicFile;

/**
 * Where each peer was left off: one small file a peer, outside {@code .mau}, which holds keys and nothing else. A file that
 * is lost or broken means a listing from the start, which costs time and loses nothing.
 */
public final class Checkpoints {
    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    /** A checkpoint is one line; a longer file is none of ours. */
    private static final int MAX_BYTES = 1024;

    private final Path directory;

    /** @param directory made when the first checkpoint is written */
    public Checkpoints(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    /** Forgets a peer, so that its next run lists from the start. */
    public void forget(Fingerprint peer) throws IOException {
        Files.deleteIfExists(file(peer));
    }

    Checkpoint load(Fingerprint peer) {
        try {
            Path file = file(peer);
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("longer than " + MAX_BYTES + " bytes");
            }
            JsonObject state = Json.parse(Files.readString(file)).asObject();
            return new Checkpoint(Instant.parse(state.getString("reached", "nothing")));
        } catch (NoSuchFileException neverFollowed) {
            return Checkpoint.NONE;
        } catch (IOException
                | ParseException
                | DateTimeException
                | UnsupportedOperationException
                | NullPointerException e) {
            LOG.log(Level.WARNING, "checkpoint of {0} is unreadable, listing from the start: {1}", new Object[] {
                peer, e.getMessage()
            });
            return Checkpoint.NONE;
        }
    }

    void save(Fingerprint peer, Checkpoint checkpoint) {
        String line = new JsonObject().add("reached", checkpoint.reached().toString()) + "\n";
        AtomicFile.write(file(peer), out -> out.write(line.getBytes(StandardCharsets.UTF_8)));
    }

    private Path file(Fingerprint peer) {
        return directory.resolve(peer + ".json");
    }
}
