package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLockTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("lock");
    }

    @Test
    void oneHoldsItAtATime() throws IOException {
        try (ProcessLock _ = ProcessLock.hold(file())) {
            assertTrue(ProcessLock.tryHold(file()).isEmpty());
        }
        ProcessLock again = ProcessLock.tryHold(file()).orElseThrow();
        again.close();
    }

    @Test
    void closingTwiceLetsOneIn() throws IOException {
        ProcessLock lock = ProcessLock.hold(file());
        lock.close();
        lock.close();
        try (ProcessLock _ = ProcessLock.hold(file())) {
            assertTrue(ProcessLock.tryHold(file()).isEmpty());
        }
    }

    @Test
    void isOneLockByAnyNameOfItsDirectory() throws IOException {
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), folder);
        try (ProcessLock _ = ProcessLock.hold(file())) {
            assertTrue(ProcessLock.tryHold(alias.resolve("lock")).isEmpty());
        }
    }

    @Test
    void whoTriedInVainTakesNothingFromTheHolder() throws Exception {
        try (ProcessLock _ = ProcessLock.hold(file())) {
            ProcessLock.tryHold(file());
            assertFalse(childGetsIt());
        }
        assertTrue(childGetsIt());
    }

    @Test
    void whatCannotBeOpenedIsNotHeld() throws IOException {
        Files.createDirectory(file());
        assertThrows(IOException.class, () -> ProcessLock.hold(file()));
        Files.delete(file());
        ProcessLock.hold(file()).close();
        assertThrows(NoSuchFileException.class, () -> ProcessLock.hold(folder.resolve("no/lock")));
    }

    @Test
    void threadsTakeTurns() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Runnable work = () -> {
            for (int i = 0; i < 100; i++) {
                try (ProcessLock _ = ProcessLock.hold(file())) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                } catch (IOException failed) {
                    most.set(99);
                }
            }
        };
        Thread one = Thread.ofPlatform().start(work);
        Thread two = Thread.ofPlatform().start(work);
        one.join();
        two.join();
        assertEquals(1, most.get());
    }

    /** Tries to hold a lock, and tells by its exit code. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            System.exit(ProcessLock.tryHold(Path.of(args[0])).isPresent() ? 0 : 1);
        }
    }

    private boolean childGetsIt() throws Exception {
        return new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                file().toString())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
