package org.maunode.sync;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;
import org.maunode.store.AtomicFile;

/**
 * Where each listing was left off: one small file for each author, and one for each relay that an author's files were
 * fetched from, since times are those of whoever lists. Outside {@code .mau}, which holds keys and nothing else. A file that
 * is lost or broken means a listing from the start, which costs time and loses nothing.
 */
public final class Checkpoints {
    /** Files of relays that are kept; the one not written for longest goes for a new one. */
    static final int MAX_RELAYED = 256;

    private static final Logger LOG = Logger.getLogger("org.maunode.sync");
    /** A checkpoint is one line; a longer file is none of ours. */
    private static final int MAX_BYTES = 1024;

    private final Path directory;

    /** @param directory made when the first checkpoint is written */
    public Checkpoints(Path directory) {
        this.directory = Objects.requireNonNull(directory);
    }

    /** Forgets an author, so that the next run lists from the start, whoever is asked. */
    public void forget(Fingerprint author) throws IOException {
        Files.deleteIfExists(file(author, author));
        for (Path relayed : list(author + "-*.json")) {
            Files.deleteIfExists(relayed);
        }
    }

    /** @param source who lists: the author or a relay */
    Checkpoint load(Fingerprint author, Fingerprint source) {
        try {
            Path file = file(author, source);
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("longer than " + MAX_BYTES + " bytes");
            }
            return parse(Json.parse(Files.readString(file)).asObject());
        } catch (NoSuchFileException neverFollowed) {
            return Checkpoint.NONE;
        } catch (IOException | ParseException | DateTimeException | UnsupportedOperationException e) {
            LOG.log(Level.WARNING, "checkpoint of {0} is unreadable, listing from the start: {1}", new Object[] {
                author, e.getMessage()
            });
            return Checkpoint.NONE;
        }
    }

    /** Checkpoints of the first release do not say when the whole was listed. */
    private static Checkpoint parse(JsonObject state) {
        JsonValue whole = state.get("whole");
        return new Checkpoint(
                Instant.parse(state.getString("reached", "nothing")),
                whole == null ? Instant.MIN : Instant.parse(whole.asString()));
    }

    void save(Fingerprint author, Fingerprint source, Checkpoint checkpoint) {
        Path file = file(author, source);
        if (!author.equals(source) && !Files.exists(file)) {
            makeRoom();
        }
        String line = new JsonObject()
                        .add("reached", checkpoint.reached().toString())
                        .add("whole", checkpoint.whole().toString())
                + "\n";
        AtomicFile.write(file, out -> out.write(line.getBytes(StandardCharsets.UTF_8)));
    }

    private void makeRoom() {
        try {
            List<Path> relayed = list("*-*.json");
            relayed.sort(Comparator.comparing(Checkpoints::written));
            for (Path oldest : relayed.subList(0, Math.max(0, relayed.size() - MAX_RELAYED + 1))) {
                Files.deleteIfExists(oldest);
            }
        } catch (IOException kept) {
            LOG.log(Level.FINE, "old checkpoints stay: {0}", kept.toString());
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private List<Path> list(String names) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, names)) {
            files.forEach(found::add);
        } catch (NoSuchFileException none) {
            return found;
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return found;
    }

    private Path file(Fingerprint author, Fingerprint source) {
        return directory.resolve(author.equals(source) ? author + ".json" : author + "-" + source + ".json");
    }
}
