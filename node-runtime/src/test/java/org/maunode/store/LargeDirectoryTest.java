package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;

final class LargeDirectoryTest {
    private static final int FILES = 10_000;

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final OffsetClock clock = new OffsetClock();
    private final Peer self = Peer.named("Ada");
    private final Peer peer = Peer.named("Bob");

    private ContentStore open() {
        return ContentStore.open(new Account(root, self.identity(), disk, clock), disk, clock);
    }

    @Test
    void tenThousandFilesAreReadOnceAndListedWithoutReadingEverAfter() throws IOException {
        Path directory = Files.createDirectories(root.resolve(peer.fingerprint().toString()));
        byte[] message = peer.signed("hello", Peer.SIGNED);
        for (int i = 0; i < FILES; i++) {
            Files.write(directory.resolve("n" + i + ".pgp"), message);
        }
        clock.advance(Duration.ofSeconds(1));
        List<StoredFile> first;
        try (ContentStore store = open()) {
            first = store.list(peer.fingerprint(), Position.START, FILES);
            assertEquals(FILES, first.size());
            assertEquals(FILES, disk.takeRead().size());
            assertEquals(first, store.list(peer.fingerprint(), Position.START, FILES));
            clock.advance(Changes.NET.plusSeconds(1));
            assertEquals(first, store.list(peer.fingerprint(), Position.START, FILES));
        }
        try (ContentStore store = open()) {
            assertEquals(first, store.list(peer.fingerprint(), Position.START, FILES));
            Position middle = Position.after(first.get(FILES / 2));
            assertEquals(first.subList(FILES / 2 + 1, FILES / 2 + 101), store.list(peer.fingerprint(), middle, 100));
            FileName name = new FileName("n77.pgp");
            assertEquals(
                    name, store.find(peer.fingerprint(), name).orElseThrow().name());
        }
        assertEquals(List.of(), disk.takeRead());
        long index = Files.size(
                root.resolve(".mau-node/index").resolve(peer.fingerprint().toString()));
        assertTrue(index < 200L * FILES, "index of " + index + " bytes");
    }

    @Test
    void anIterationLosesNothingWhileFilesComeAndGetReplaced() {
        try (ContentStore store = open()) {
            for (int i = 0; i < 60; i++) {
                publish(store, "n%02d.pgp".formatted(i), "first");
            }
            Set<FileName> seen = new HashSet<>();
            Position after = Position.START;
            int round = 0;
            List<StoredFile> page = store.list(self.fingerprint(), after, 7);
            while (!page.isEmpty()) {
                page.forEach(file -> seen.add(file.name()));
                after = Position.after(page.getLast());
                if (round++ < 5) {
                    publish(store, "n%02d.pgp".formatted(round * 11), "second");
                    publish(store, "new%d.pgp".formatted(round), "third");
                }
                page = store.list(self.fingerprint(), after, 7);
            }
            assertEquals(65, seen.size());
        }
    }

    private void publish(ContentStore store, String name, String text) {
        store.publish(new FileName(name), self.message(text, Peer.SIGNED), new Retention.KeepLast(0));
    }
}
