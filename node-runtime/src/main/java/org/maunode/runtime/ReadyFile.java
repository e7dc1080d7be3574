package org.maunode.runtime;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.Fingerprint;
import org.maunode.store.AtomicFile;

/** The file that says that a node serves, for scripts that would wait for a fact and not for a time. */
public final class ReadyFile {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    private ReadyFile() {}

    /** Takes it away: a file that says "ready" must not outlive the node that was. */
    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.log(Level.WARNING, "{0} cannot be removed: {1}", new Object[] {file, stays.getMessage()});
        }
    }

    /** Writes it whole: who reads it reads all of it. */
    public static void write(Path file, String name, Fingerprint fingerprint, int port, Path home) {
        String json = new JsonObject()
                .add("name", name)
                .add("fingerprint", fingerprint.toString())
                .add("port", port)
                .add("home", home.toString())
                .add("pid", ProcessHandle.current().pid())
                .toString();
        AtomicFile.write(file, out -> out.write((json + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
