package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;
import static org.maunode.openpgp.SealAndOpenTest.from;
import static org.maunode.openpgp.SealAndOpenTest.written;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.openpgp.OpenPgpException.Reason;

/** Between the two passes somebody may change the file; not one octet that was not verified may come out. */
class SteadyFileTest {
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "", TIME);
    private static final byte[] CONTENT = noise(3 * SteadyFile.BLOCK);

    @TempDir
    Path directory;

    private static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    @Test
    void handsOutTheSameBytesTwice() throws IOException {
        Path file = Files.write(directory.resolve("f"), CONTENT);
        try (SteadyFile steady = SteadyFile.open(file)) {
            assertArrayEquals(CONTENT, steady.firstPass().readAllBytes());
            assertArrayEquals(CONTENT, steady.secondPass().readAllBytes());
            assertEquals(CONTENT.length, steady.size());
        }
    }

    @Test
    void handsOutNoBlockThatChanged() throws IOException {
        Path file = Files.write(directory.resolve("f"), CONTENT);
        try (SteadyFile steady = SteadyFile.open(file)) {
            steady.firstPass().readAllBytes();
            poke(file, SteadyFile.BLOCK + 1);
            InputStream second = steady.secondPass();
            assertArrayEquals(Arrays.copyOf(CONTENT, SteadyFile.BLOCK), second.readNBytes(SteadyFile.BLOCK));
            assertReason(Reason.TAMPERED, second::read);
        }
    }

    @Test
    void noticesAFileThatGrowsOrShrinks() throws IOException {
        Path file = Files.write(directory.resolve("f"), CONTENT);
        try (SteadyFile steady = SteadyFile.open(file)) {
            Files.write(file, new byte[1], StandardOpenOption.APPEND);
            assertReason(Reason.TAMPERED, () -> steady.firstPass().readAllBytes());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(CONTENT.length - 1L);
            }
            assertReason(Reason.TAMPERED, () -> steady.firstPass().readAllBytes());
        }
    }

    @Test
    void aNewFileInItsPlaceIsNotNoticed() throws IOException {
        Path file = Files.write(directory.resolve("f"), CONTENT);
        try (SteadyFile steady = SteadyFile.open(file)) {
            steady.firstPass().readAllBytes();
            Path other = Files.write(directory.resolve("g"), new byte[9]);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            assertArrayEquals(CONTENT, steady.secondPass().readAllBytes());
        }
    }

    @Test
    void anOpenedFileThatIsChangedMeanwhileGivesOnlyTheAuthorsBytes() throws IOException {
        Path file = directory.resolve("f.pgp");
        Files.write(file, written(new Sealer(ANN).sign(from(CONTENT), TIME)));
        Meddler out = new Meddler(file);
        assertReason(Reason.TAMPERED, () -> new Opener(ANN).open(file, ANN.publicIdentity(), out));
        byte[] got = out.bytes.toByteArray();
        assertArrayEquals(Arrays.copyOf(CONTENT, got.length), got);
    }

    @Test
    void aFileThatWasChangedBeforeGivesNothing() throws IOException {
        Path file = directory.resolve("f.pgp");
        Files.write(file, written(new Sealer(ANN).sign(from(CONTENT), TIME)));
        poke(file, Files.size(file) - 10);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertReason(Reason.TAMPERED, () -> new Opener(ANN).open(file, ANN.publicIdentity(), out));
        assertEquals(0, out.size());
    }

    private static void poke(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1)).flip();
            channel.write(one, at);
        }
    }

    /** Changes the file as soon as content comes out, that is, in the second pass. */
    private static final class Meddler extends OutputStream {
        private final Path file;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Meddler(Path file) {
            this.file = file;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("to be written in blocks");
        }

        @Override
        public void write(byte[] block, int offset, int length) throws IOException {
            if (bytes.size() == 0) {
                poke(file, 2L * SteadyFile.BLOCK + 1000);
            }
            bytes.write(block, offset, length);
        }
    }
}
