package org.maunode.device.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.maunode.store.AtomicFile;
import org.maunode.store.StoreException;

/** Where the journal's bytes lie. All that returns is on the medium. */
interface Journal {
    /** All bytes; none if there is no journal yet. */
    byte[] read();

    /** Adds bytes at the end. */
    void append(byte[] bytes);

    /** Puts these in the place of all, in one step. */
    void replace(byte[] bytes);

    /** An owner-only file. */
    static Journal in(Path file) {
        return new InFile(file);
    }

    /** {@link #in}. */
    final class InFile implements Journal {
        private final Path file;

        private InFile(Path file) {
            this.file = Objects.requireNonNull(file);
        }

        @Override
        public byte[] read() {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException first) {
                return new byte[0];
            } catch (IOException failed) {
                throw StoreException.of("read the journal of commands", file, failed);
            }
        }

        @Override
        public void append(byte[] bytes) {
            try (FileChannel out = FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            } catch (IOException failed) {
                throw StoreException.of("write the journal of commands", file, failed);
            }
        }

        @Override
        public void replace(byte[] bytes) {
            AtomicFile.write(file, out -> out.write(bytes));
        }
    }
}
