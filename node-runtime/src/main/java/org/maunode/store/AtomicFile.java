package org.maunode.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A file that appears whole or not at all. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the bytes of a file. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Puts an owner-only file at {@code target}, in place of what was there; its directory is made if missing.
     *
     * @throws StoreException if it cannot be written; what was there is untouched
     */
    public static void write(Path target, Writer writer) {
        throw new UnsupportedOperationException();
    }
}
