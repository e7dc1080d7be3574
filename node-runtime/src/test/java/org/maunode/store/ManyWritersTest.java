package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Admission;

/** Several threads, stores and processes write in one directory. */
final class ManyWritersTest {
    private static final FileName NAME = new FileName("a.pgp");
    private static final Retention ALL = new Retention.KeepAll();
    private static final int EACH = 40;

    @TempDir
    Path root;

    /** What a child process does: publishes its own versions of one name. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            Account account = Account.open(Path.of(args[0]), Peer.PASSPHRASE);
            try (ContentStore store = ContentStore.open(account)) {
                publish(store, Peer.of(account), args[1]);
            }
        }
    }

    private static void publish(ContentStore store, Peer self, String writer) {
        for (int i = 0; i < EACH; i++) {
            store.publish(NAME, self.message(writer + i, Peer.SIGNED), ALL);
        }
    }

    private static Process child(Path root, String writer) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        root.toString(),
                        writer)
                .inheritIO()
                .start();
    }

    private static VersionHash sum(Peer self, String text) {
        return VersionHash.of(Inspector.sha256().digest(self.signed(text, Peer.SIGNED)));
    }

    private static Set<VersionHash> expected(Peer self, List<String> writers) {
        Set<VersionHash> all = new HashSet<>();
        for (String writer : writers) {
            for (int i = 0; i < EACH; i++) {
                all.add(sum(self, writer + i));
            }
        }
        return all;
    }

    private static Set<VersionHash> found(Account account, ContentStore store) throws IOException {
        Set<VersionHash> all = new HashSet<>();
        all.add(store.find(account.fingerprint(), NAME).orElseThrow().sum());
        for (StoredFile version : store.versions(account.fingerprint(), NAME)) {
            all.add(version.sum());
            assertEquals(VersionHash.of(Inspector.sha256().digest(Files.readAllBytes(version.path()))), version.sum());
        }
        return all;
    }

    private void assertNoLeftovers() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(
                    List.of(),
                    files.filter(f -> f.getFileName().toString().startsWith(FileName.RESERVED_PREFIX))
                            .toList());
        }
    }

    @Test
    void processesThatWriteOneFileLoseNoVersion() throws Exception {
        Account account = Peer.account(root);
        Peer self = Peer.of(account);
        List<Process> children = List.of(child(root, "x"), child(root, "y"));
        try (ContentStore store = ContentStore.open(account)) {
            publish(store, self, "z");
            for (Process child : children) {
                assertTrue(child.waitFor(100, TimeUnit.SECONDS));
                assertEquals(0, child.exitValue());
            }
            assertEquals(expected(self, List.of("x", "y", "z")), found(account, store));
            assertEquals(1, store.list(account.fingerprint(), Position.START, 9).size());
        }
        assertNoLeftovers();
    }

    @Test
    void threadsOfSeveralStoresLoseNoVersion() throws Exception {
        Peer self = Peer.named("Ada");
        Account account = new Account(root, self.identity(), new Disk(), InstantSource.system());
        List<String> writers = List.of("p", "q", "r", "s");
        try (ContentStore one = ContentStore.open(account);
                ContentStore two = ContentStore.open(account);
                ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (String writer : writers) {
                ContentStore store = writers.indexOf(writer) % 2 == 0 ? one : two;
                running.add(threads.submit(task(() -> publish(store, self, writer))));
            }
            running.add(threads.submit(task(() -> readAlong(account, one))));
            for (Future<Integer> task : running) {
                task.get();
            }
            assertEquals(expected(self, writers), found(account, one));
            assertEquals(expected(self, writers), found(account, two));
        }
        assertNoLeftovers();
    }

    private static Callable<Integer> task(Runnable runnable) {
        return () -> {
            runnable.run();
            return 0;
        };
    }

    /** The name is never missing once it is there. */
    private static void readAlong(Account account, ContentStore store) {
        boolean there = false;
        for (int i = 0; i < 300; i++) {
            boolean now = store.find(account.fingerprint(), NAME).isPresent();
            assertTrue(now || !there, "the name was missing");
            there = now;
            assertTrue(store.list(account.fingerprint(), Position.START, 9).size() <= 1);
        }
    }

    @Test
    void ofManyAdmissionsOfOneFileTheLatestSignatureStays() throws Exception {
        Peer self = Peer.named("Ada");
        Peer peer = Peer.named("Bob");
        Account account = new Account(root, self.identity(), new Disk(), InstantSource.system());
        account.keyring().add(peer.key());
        try (ContentStore store = ContentStore.open(account);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            store.follow(peer.fingerprint());
            List<Future<Admission>> running = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] message = peer.signed("n" + i, Peer.SIGNED.plusSeconds(i * 17 % 40));
                VerifiedMessage received = peer.received(account, store, NAME, message);
                running.add(threads.submit(() -> store.admit(received, NAME, ALL)));
            }
            for (Future<Admission> admission : running) {
                admission.get();
            }
            VersionHash latest = VersionHash.of(
                    Inspector.sha256().digest(peer.signed("n" + indexOf(39), Peer.SIGNED.plusSeconds(39))));
            assertEquals(
                    latest, store.find(peer.fingerprint(), NAME).orElseThrow().sum());
        }
    }

    private static int indexOf(int second) {
        int i = 0;
        while (i * 17 % 40 != second) {
            i++;
        }
        return i;
    }

    /** Setting the time of an unfinished file ends its lock; another process once swept it away just then. */
    @Test
    void theSweeperWaitsForWhoeverPutsAFileInPlace() throws Exception {
        Peer self = Peer.named("Ada");
        Account account = new Account(root, self.identity(), new Disk(), InstantSource.system());
        Path own = Files.createDirectories(root.resolve(account.fingerprint().toString()));
        Path unlocked = Files.createFile(own.resolve(FileName.RESERVED_PREFIX + "unlocked"));
        Thread writer;
        try (ContentStore store = ContentStore.open(account)) {
            try (ProcessLock _ = ProcessLock.hold(account.privateDirectory().resolve("lock"))) {
                writer = Thread.ofPlatform().start(() -> store.publish(NAME, self.message("x", Peer.SIGNED), ALL));
                while (writer.isAlive() && writer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                assertTrue(Files.exists(unlocked));
            }
            writer.join();
            assertNoLeftovers();
            assertEquals(Set.of(sum(self, "x")), found(account, store));
        }
    }
}
