package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;

final class FollowingTest {
    private static final FileName NAME = new FileName("a.pgp");

    @TempDir
    Path root;

    private final CountingDisk disk = new CountingDisk();
    private final Peer peer = Peer.named("Bob");
    private final Fingerprint who = peer.fingerprint();
    private ContentStore store;

    @BeforeEach
    void open() {
        store = ContentStore.open(Peer.account(root), disk, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path visible() {
        return root.resolve(who.toString());
    }

    private Path hidden() {
        return root.resolve("." + who);
    }

    private Map<String, String> tree(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    private static String sum(String content) {
        return VersionHash.of(Inspector.sha256().digest(content.getBytes())).toString();
    }

    @Test
    void followingMakesADirectoryOnce() {
        store.follow(who);
        assertTrue(Files.isDirectory(visible()));
        store.follow(who);
        assertEquals(List.of(who), store.followed());
    }

    @Test
    void unfollowingHidesAndFollowingBringsBack() throws IOException {
        store.follow(who);
        byte[] message = peer.signed("hello", Peer.SIGNED);
        Files.write(visible().resolve(NAME.value()), message);
        assertEquals(1, store.list(who, Position.START, 9).size());
        store.unfollow(who);
        assertTrue(Files.isDirectory(hidden()));
        assertFalse(Files.exists(visible()));
        assertEquals(List.of(), store.followed());
        assertEquals(List.of(), store.list(who, Position.START, 9));
        store.unfollow(who);
        store.follow(who);
        assertArrayEquals(message, Files.readAllBytes(visible().resolve(NAME.value())));
        assertEquals(1, store.list(who, Position.START, 9).size());
    }

    @Test
    void unfollowingWhoIsNotFollowedDoesNothing() {
        store.unfollow(who);
        assertFalse(Files.exists(hidden()));
    }

    @Test
    void hidingMergesIntoWhatIsHiddenAlready() throws IOException {
        Files.createDirectories(visible().resolve("a.pgp.versions"));
        Files.createDirectories(hidden().resolve("a.pgp.versions"));
        Files.writeString(visible().resolve("a.pgp"), "new");
        Files.writeString(hidden().resolve("a.pgp"), "old");
        Files.writeString(visible().resolve("only.pgp"), "visible");
        Files.writeString(hidden().resolve("there.pgp"), "hidden");
        for (Path directory : List.of(visible(), hidden())) {
            Files.writeString(directory.resolve("a.pgp.versions").resolve(sum("older")), "older");
        }
        Files.writeString(visible().resolve("a.pgp.versions").resolve(sum("oldest")), "oldest");
        Files.writeString(visible().resolve("notes"), "one");
        Files.writeString(hidden().resolve("notes"), "other");
        Files.createDirectory(visible().resolve("odd"));
        Files.writeString(hidden().resolve("odd"), "a file");

        store.unfollow(who);

        assertFalse(Files.exists(visible()));
        assertEquals(
                Map.of(
                        "a.pgp",
                        "new",
                        "a.pgp.versions/" + sum("old"),
                        "old",
                        "a.pgp.versions/" + sum("older"),
                        "older",
                        "a.pgp.versions/" + sum("oldest"),
                        "oldest",
                        "only.pgp",
                        "visible",
                        "there.pgp",
                        "hidden",
                        "notes",
                        "other",
                        "notes~1",
                        "one",
                        "odd",
                        "a file"),
                tree(hidden()));
        assertTrue(Files.isDirectory(hidden().resolve("odd~1")));
    }
}
