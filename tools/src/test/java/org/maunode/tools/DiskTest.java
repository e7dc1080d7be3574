package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.runtime.ExitCode;

/** Disks that do not do what they are asked: one line that says what and what to do. */
class DiskTest {
    @TempDir
    Path directory;

    private static void assertOneLine(ExitCode code, Result result) {
        assertEquals(code.code(), result.code(), result.err());
        assertEquals(1, result.errors().size(), result.err());
        assertEquals("", result.out());
    }

    @Test
    void aFileInThePlaceOfTheHomeIsSaid() {
        Cli alice = new Cli(directory, "alice");
        alice.file("alice", "not a directory");
        Result result = alice.mau("init", "Alice");
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().contains(alice.home.toString()), result.err());
        assertTrue(result.code() != ExitCode.OK.code() && result.out().isEmpty());
    }

    @Test
    void aHomeThatCannotBeWrittenIsSaid() throws IOException {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        Cli alice = new Cli(directory, "locked/alice");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(locked), "root may write everywhere: a read-only directory cannot be tried");
        Result result = alice.mau("init", "Alice");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertOneLine(ExitCode.DISK, result);
        assertTrue(result.err().contains("no permission at "), result.err());
    }

    @Test
    void aPlaceWhereNothingCanBeMadeIsSaid() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here: a directory that even root cannot write");
        Cli alice = new Cli(directory, "alice");
        Result result = alice.mau("init", "Alice", "--home", "/proc/self/alice");
        assertEquals(1, result.errors().size(), result.err());
        assertTrue(result.err().contains("/proc/self/alice"), result.err());
        assertTrue(result.code() != ExitCode.OK.code());
    }

    @Test
    void aFullDiskIsSaidAndWhatWasThereStays() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "none", small.toString()) == 0,
                "no permission to mount a tmpfs: a full disk cannot be tried");
        try {
            Cli alice = Cli.with(directory, "small/alice");
            alice.file("note.txt", "kept");
            alice.mau("share", "note.txt", "--private").ok();
            Files.write(directory.resolve("noise"), noise());
            Result result = alice.mau("share", "noise", "--name", "note.txt", "--private");
            assertOneLine(ExitCode.DISK, result);
            assertTrue(result.err().contains("no space left on the disk"), result.err());
            assertEquals("kept", alice.mau("open", "note.txt").ok().out());
            assertEquals(1, alice.mau("versions", "note.txt").ok().lines().size());
        } finally {
            assertEquals(0, run("umount", small.toString()));
        }
    }

    @Test
    void aFullDiskBehindStandardOutputIsSaid() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        Cli alice = Cli.with(directory, "alice");
        alice.file("note.txt", "kept");
        alice.mau("share", "note.txt", "--private").ok();
        Result result = alice.mau("open", "note.txt", "--output", "/dev/full");
        assertOneLine(ExitCode.DISK, result);
        assertTrue(result.err().toLowerCase(Locale.ROOT).contains("no space left on device"), result.err());
    }

    private static byte[] noise() {
        byte[] noise = new byte[1 << 20];
        new Random(5).nextBytes(noise);
        return noise;
    }

    private static int run(String... words) throws Exception {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
