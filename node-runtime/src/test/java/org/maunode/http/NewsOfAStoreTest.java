package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.exchange.StoreExchange;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** EX-60, EX-61 and EX-70 over real directories: whatever way a file comes, who waits for it is told. */
@ExtendWith(OwnThreads.class)
@Timeout(60)
final class NewsOfAStoreTest {
    private static final char[] PASSPHRASE = "news".toCharArray();
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Retention ALL = new Retention.KeepAll();

    @TempDir
    private Path place;

    private Account node;
    private Account friend;
    private ContentStore store;
    private PeerServer server;
    private PeerDialer dialer;
    private RemotePeer peer;

    @BeforeEach
    void open() throws IOException {
        node = Account.create(place.resolve("node"), "node", "", PASSPHRASE);
        friend = Account.create(place.resolve("friend"), "friend", "", PASSPHRASE);
        node.keyring().add(friend.identity().publicIdentity());
        store = ContentStore.open(node);
        server = PeerServer.start(
                node.identity(),
                new StoreExchange(node, store),
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        dialer = new PeerDialer(friend.identity(), DialerOptions.DEFAULT);
        peer = dialer.dial(node.fingerprint(), server.address());
    }

    @AfterEach
    void close() {
        dialer.close();
        server.close();
        store.close();
    }

    private RemotePeer.Watch watch(Fingerprint owner) {
        Behind.Nothing nothing =
                (Behind.Nothing) peer.list(owner, new From.Since(Instant.MIN)).behind();
        return peer.watch(owner, new From.Next(nothing.cursor().orElseThrow()), LONG);
    }

    private static void isToldOf(String name, RemotePeer.Watch watch) {
        try (watch) {
            assertEquals(
                    List.of(name),
                    watch.page().files().stream().map(f -> f.name().value()).toList());
        }
    }

    private static Sealer.Content content(String text) {
        return () -> new ByteArrayInputStream(text.getBytes());
    }

    private StoredFile publish(Account by, ContentStore in, String name) {
        return in.publish(new FileName(name), new Sealer(by.identity()).sign(content(name), Instant.now()), ALL);
    }

    @Test
    void aDirectoryThatWasNotThereYet() {
        RemotePeer.Watch watch = watch(node.fingerprint());
        publish(node, store, "first.pgp");
        isToldOf("first.pgp", watch);
    }

    @Test
    void aFileThatThisProgramPublishes() {
        publish(node, store, "old.pgp");
        RemotePeer.Watch watch = watch(node.fingerprint());
        publish(node, store, "new.pgp");
        isToldOf("new.pgp", watch);
    }

    @Test
    void aFileThatIsPublishedAnew() {
        publish(node, store, "a.pgp");
        publish(node, store, "b.pgp");
        RemotePeer.Watch watch = watch(node.fingerprint());
        store.publish(new FileName("a.pgp"), new Sealer(node.identity()).sign(content("again"), Instant.now()), ALL);
        isToldOf("a.pgp", watch);
    }

    @Test
    void aFileThatAnotherProgramPutsThere() throws IOException {
        StoredFile file = publish(node, store, "old.pgp");
        RemotePeer.Watch watch = watch(node.fingerprint());
        Files.copy(file.path(), file.path().resolveSibling("copied.pgp"), StandardCopyOption.REPLACE_EXISTING);
        isToldOf("copied.pgp", watch);
    }

    /** EX-61. */
    @Test
    void aFileThatIsSealedForTheCallerAndNotOneForAnother() {
        publish(node, store, "old.pgp");
        RemotePeer.Watch watch = watch(node.fingerprint());
        PublicIdentity reader = friend.identity().publicIdentity();
        store.publish(
                new FileName("private.pgp"),
                new Sealer(node.identity()).seal(content("p"), List.of(), Instant.now()),
                ALL);
        assertFalse(watch.answered().isDone());
        store.publish(
                new FileName("sealed.pgp"),
                new Sealer(node.identity()).seal(content("s"), List.of(reader), Instant.now()),
                ALL);
        isToldOf("sealed.pgp", watch);
    }

    private StoredFile show(Account by, ContentStore in, String text) {
        FileName name = new FileName("live.pgp");
        Instant at = in.signingTime(name, Instant.now());
        return in.publishLive(name, new Sealer(by.identity()).sign(content(text), at), ALL, Duration.ofMinutes(4));
    }

    /** EX-20, EX-30, EX-31, EX-33 and EX-60 hold for what is not on the disk yet. */
    @Test
    void aFileThatIsShownBeforeItIsWritten() throws IOException {
        show(node, store, "one");
        RemotePeer.Watch watch = watch(node.fingerprint());
        StoredFile shown = show(node, store, "two");
        assertTrue(shown.unwritten().isPresent());
        isToldOf("live.pgp", watch);
        byte[] whole = fetch(shown, 0);
        assertArrayEquals(shown.open().readAllBytes(), whole);
        assertArrayEquals(Arrays.copyOfRange(whole, 100, whole.length), fetch(shown, 100));
        assertArrayEquals(
                Files.readAllBytes(shown.path()), fetchVersion(versions().getFirst()), "what lies under it");
    }

    private List<StoredFile> versions() {
        return store.versions(node.fingerprint(), new FileName("live.pgp"));
    }

    private byte[] fetch(StoredFile file, long from) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        peer.fetch(file.owner(), file.name(), from, file.sum(), (offset, total) -> {
            assertEquals(from, offset);
            assertEquals(file.size(), total);
            return received;
        });
        return received.toByteArray();
    }

    private byte[] fetchVersion(StoredFile version) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        peer.fetchVersion(version.owner(), version.name(), version.sum(), (_, _) -> received);
        return received.toByteArray();
    }

    /** EX-70 */
    @Test
    void aFileThatIsLeftElsewhereBeforeItIsWritten() throws IOException {
        store.follow(friend.fingerprint());
        RemotePeer.Watch watch = watch(friend.fingerprint());
        try (ContentStore own = ContentStore.open(friend)) {
            show(friend, own, "one");
            StoredFile shown = show(friend, own, "two");
            assertTrue(shown.unwritten().isPresent());
            peer.push(shown);
        }
        isToldOf("live.pgp", watch);
    }

    /** EX-60, EX-70. */
    @Test
    void aFileThatItsOwnerLeavesHere() throws IOException {
        store.follow(friend.fingerprint());
        RemotePeer.Watch watch = watch(friend.fingerprint());
        try (ContentStore own = ContentStore.open(friend)) {
            peer.push(publish(friend, own, "mine.pgp"));
        }
        isToldOf("mine.pgp", watch);
    }

    @Test
    void ownersWhoAreFollowedOnlyNow() throws IOException {
        RemotePeer.Watch watch = watch(friend.fingerprint());
        store.follow(friend.fingerprint());
        try (ContentStore own = ContentStore.open(friend)) {
            peer.push(publish(friend, own, "mine.pgp"));
        }
        isToldOf("mine.pgp", watch);
    }
}
