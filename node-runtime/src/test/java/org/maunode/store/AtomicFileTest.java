package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;

final class AtomicFileTest {
    @TempDir
    Path folder;

    private Path target() {
        return folder.resolve("state.json");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesOverWhatIsThereForTheOwnerOnly() throws IOException {
        Files.writeString(target(), "old");
        AtomicFile.write(target(), out -> out.write("new".getBytes()));
        assertEquals("new", Files.readString(target()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target())));
        assertEquals(List.of("state.json"), names());
    }

    @Test
    void aWriterMayCloseTheStream() throws IOException {
        AtomicFile.write(target(), out -> {
            out.write(7);
            out.close();
        });
        assertEquals(1, Files.size(target()));
    }

    @Test
    void aWriterThatFailsLeavesWhatIsThere() throws IOException {
        Files.writeString(target(), "old");
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(target(), out -> {
                    out.write(1);
                    throw new IllegalStateException("writer");
                }));
        assertEquals("old", Files.readString(target()));
        assertEquals(List.of("state.json"), names());
    }

    @Test
    void aFullDiskIsCalledFullAndLeavesWhatIsThere() throws IOException {
        Files.writeString(target(), "old");
        StoreException full = assertThrows(
                StoreException.class,
                () -> AtomicFile.write(target(), out -> {
                    throw new IOException("No space left on device");
                }));
        assertEquals(StoreException.Reason.DISK_FULL, full.reason());
        assertEquals("old", Files.readString(target()));
        assertEquals(List.of("state.json"), names());
    }

    @Test
    void aMissingFolderIsMadeForTheOwnerAlone() throws IOException {
        Path deep = folder.resolve("no/such/file");
        AtomicFile.write(deep, out -> out.write(1));
        assertEquals(1, Files.size(deep));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(deep.getParent())));
    }

    @Test
    void aFileWhereAFolderShouldBeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        StoreException wrong =
                assertThrows(StoreException.class, () -> AtomicFile.write(file.resolve("x"), out -> out.write(1)));
        assertEquals(file, wrong.path());
        assertTrue(wrong.getMessage().contains("not a directory"), wrong.getMessage());
    }

    @Test
    void aNewFileNeverReplacesOne() throws IOException {
        AtomicFile.writeNew(new Disk(), target(), out -> out.write(1));
        assertThrows(
                FileAlreadyExistsException.class, () -> AtomicFile.writeNew(new Disk(), target(), out -> out.write(2)));
        assertEquals(List.of("state.json"), names());
        assertEquals(1, Files.readAllBytes(target())[0]);
    }

    @Test
    void aNewFileIsWrittenWhereThereAreNoLinks() throws IOException {
        Disk noLinks = new Disk() {
            @Override
            void link(Path file, Path second) throws IOException {
                throw new UnsupportedOperationException();
            }
        };
        AtomicFile.writeNew(noLinks, target(), out -> out.write(1));
        assertThrows(
                FileAlreadyExistsException.class, () -> AtomicFile.writeNew(noLinks, target(), out -> out.write(2)));
        assertEquals(1, Files.readAllBytes(target())[0]);
        assertEquals(List.of("state.json"), names());
    }

    @Test
    void theSumIsThatOfAllThatWasWritten() throws IOException {
        try (TempFile temp = TempFile.in(folder, new Disk())) {
            temp.out().write('a');
            temp.out().write("bc".getBytes());
            temp.sync();
            assertEquals(
                    VersionHash.of("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), temp.sum());
        }
        assertEquals(List.of(), names());
    }

    @Test
    void theSweeperTakesWhatDeadWritersLeft() throws IOException {
        Files.writeString(folder.resolve(FileName.RESERVED_PREFIX + "dead"), "half");
        Files.writeString(target(), "whole");
        Files.createDirectory(folder.resolve(FileName.RESERVED_PREFIX + "folder"));
        AtomicFile.sweep(folder);
        assertEquals(List.of(FileName.RESERVED_PREFIX + "folder", "state.json"), names());
        AtomicFile.sweep(folder.resolve("missing"));
    }

    @Test
    void theSweeperLeavesWhatThisProcessIsWriting() throws IOException {
        try (TempFile temp = TempFile.in(folder, new Disk())) {
            temp.out().write(1);
            AtomicFile.sweep(folder);
            assertTrue(Files.exists(temp.path()));
            temp.sync();
            temp.moveTo(target());
        }
        assertEquals(List.of("state.json"), names());
    }

    /** Holds a temporary file until its input ends. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            try (TempFile temp = TempFile.in(Path.of(args[0]), new Disk())) {
                System.out.write(temp.path().toString().getBytes());
                System.out.write('\n');
                System.out.flush();
                while (System.in.read() >= 0) {
                    temp.out().write(0);
                }
                Runtime.getRuntime().halt(0);
            }
        }
    }

    @Test
    void theSweeperLeavesWhatAnotherProcessIsWritingUntilItDies() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Path temp = Path.of(child.inputReader().readLine());
        AtomicFile.sweep(folder);
        assertTrue(Files.exists(temp));
        child.outputWriter().close();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertTrue(Files.exists(temp), "it died without cleaning up");
        AtomicFile.sweep(folder);
        assertFalse(Files.exists(temp));
    }

    @Test
    void aTempThatASweeperTookBeforeItWasLockedIsMadeAgain() throws IOException {
        Disk swept = new Disk() {
            private boolean first = true;

            @Override
            FileChannel create(Path file) throws IOException {
                FileChannel channel = super.create(file);
                if (first) {
                    Files.delete(file);
                }
                first = false;
                return channel;
            }
        };
        AtomicFile.write(swept, target(), out -> out.write(1));
        assertEquals(List.of("state.json"), names());
    }
}
