package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.store.StoreException;

/** Whole peers on loopback. */
@ExtendWith(MauThreads.class)
class LivePeerTest {
    private static final Duration STOPPING = Duration.ofSeconds(2);

    @TempDir
    private Path place;

    private Home ann;
    private Home bob;

    @BeforeEach
    void settle() {
        ann = new Home(place, "ann");
        bob = new Home(place, "bob").befriends(ann);
    }

    @AfterEach
    void leave() {
        ann.close();
        bob.close();
    }

    @Test
    void twoThatKnowWhereTheOtherIsHoldEachOthersNews() throws Exception {
        ann.publish("old.txt", "before bob was there");
        try (LivePeer a = ann.live();
                LivePeer b = bob.live()) {
            ann.isTold(bob.fingerprint(), b.address());
            bob.isTold(ann.fingerprint(), a.address());
            a.followAll();
            b.followAll();
            bob.awaits(ann, "old.txt");
            ann.publish("a.txt", "a");
            bob.publish("b.txt", "b");
            bob.awaits(ann, "a.txt");
            ann.awaits(bob, "b.txt");
        }
    }

    @Test
    void aFileIsLeftAtAPeerThatCannotCallBack() throws Exception {
        try (LivePeer a = ann.live();
                LivePeer b = bob.live()) {
            ann.isTold(bob.fingerprint(), b.address());
            a.followAll();
            b.followAll();
            ann.publish("a.txt", "a");
            bob.awaits(ann, "a.txt");
        }
    }

    @Test
    void whoIsFollowedLaterIsFollowedAtOnceAndNoMoreWhenThatEnds() throws Exception {
        bob.store.unfollow(ann.fingerprint());
        ann.publish("a.txt", "a");
        try (LivePeer a = ann.live();
                LivePeer b = bob.live()) {
            bob.isTold(ann.fingerprint(), a.address());
            b.followAll();
            assertEquals(List.of(), b.following());
            bob.store.follow(ann.fingerprint());
            bob.awaits(ann, "a.txt");
            bob.store.unfollow(ann.fingerprint());
            awaitNobody(b);
        }
    }

    private void awaitNobody(LivePeer peer) throws Exception {
        CountDownLatch nobody = new CountDownLatch(1);
        Consumer<Fingerprint> look = _ -> {
            if (peer.following().isEmpty()) {
                nobody.countDown();
            }
        };
        try (AutoCloseable _ = bob.store.onChange(look)) {
            look.accept(ann.fingerprint());
            assertTrue(nobody.await(20, TimeUnit.SECONDS), peer.following().toString());
        }
    }

    @Test
    void aSecondInOneHomeIsRefusedAndLeavesTheFirstAlone() throws Exception {
        try (LivePeer a = ann.live()) {
            StoreException refused = assertThrows(StoreException.class, ann::live);
            assertEquals(StoreException.Reason.IN_USE, refused.reason());
            assertTrue(refused.getMessage().contains(ann.account.root().toString()), refused.getMessage());
            assertTrue(Files.exists(socket()));
            new Socket(a.address().getAddress(), a.address().getPort()).close();
        }
        ann.live().close();
    }

    private Path socket() {
        return ann.account.privateDirectory().resolve("node.sock");
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingIsLeft() throws Exception {
        try (LivePeer a = ann.live()) {
            NetworkOptions same =
                    new NetworkOptions(a.address(), Optional.empty(), Set.of(Way.OVERLAY), List.of(), Map.of());
            IOException refused = assertThrows(IOException.class, () -> bob.live(same));
            assertTrue(refused.getMessage().contains(String.valueOf(a.address().getPort())), refused.getMessage());
        }
        bob.live().close();
    }

    /** The file of addresses cannot be written: the server, the overlay and the rest are there by then. */
    @Test
    void whatHadStartedBeforeAPartThatFailsIsStopped() throws Exception {
        Path addresses = ann.account.privateDirectory().resolve("addresses.json");
        Files.createDirectories(addresses.resolve("in-the-way"));
        int port = freePort();
        NetworkOptions options = new NetworkOptions(
                Home.loopback(port),
                Optional.empty(),
                EnumSet.allOf(Way.class),
                List.of(),
                Map.of(bob.fingerprint(), Home.loopback(1)));
        assertThrows(StoreException.class, () -> ann.live(options));
        Files.delete(addresses.resolve("in-the-way"));
        Files.delete(addresses);
        try (LivePeer again = ann.live(options)) {
            assertEquals(port, again.address().getPort());
            assertEquals(1, again.given().size());
        }
    }

    @Test
    void tenTimesIsTheSameAsOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            LivePeer peer = ann.live(Way.values());
            peer.followAll();
            assertTrue(Files.exists(socket()));
            peer.close();
            peer.close();
            assertFalse(Files.exists(socket()));
        }
    }

    /** A peer that takes calls and says nothing; one that calls and says nothing; and one who waits for an answer. */
    @Test
    void itStopsInTimeHoweverOthersHang() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            ann.isTold(bob.fingerprint(), Home.loopback(silent.getLocalPort()));
            LivePeer a = ann.live(Way.values());
            InetSocketAddress here = a.address();
            try (Socket mute = new Socket(here.getAddress(), here.getPort())) {
                a.followAll();
                FutureTask<List<JsonObject>> waiting = asked(a, Set.of(bob.fingerprint()));
                silent.accept();
                long begun = System.nanoTime();
                a.close();
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                assertTrue(took.compareTo(STOPPING) < 0, "took " + took);
                assertEquals("the node stops", error(waiting.get(5, TimeUnit.SECONDS)));
                assertEquals(here.getPort(), mute.getPort());
            }
        }
    }

    private static FutureTask<List<JsonObject>> asked(LivePeer peer, Set<Fingerprint> whom) {
        FutureTask<List<JsonObject>> task = new FutureTask<>(() -> peer.sync(whom));
        Thread.ofPlatform().name("mau-test-asking").start(task);
        return task;
    }

    private static String error(List<JsonObject> answers) {
        assertEquals(1, answers.size());
        assertFalse(answers.getFirst().getBoolean("reached", true));
        return answers.getFirst().getString("error", "");
    }

    /** {@code mau serve} without {@code --sync}: it follows nobody, and syncs when it is asked to. */
    @Test
    void oneThatDoesNotKeepInSyncDoesSoWhenItIsAskedAndThenNoMore() throws Exception {
        ann.publish("a.txt", "a");
        try (LivePeer a = ann.live();
                LivePeer b = bob.live()) {
            bob.isTold(ann.fingerprint(), a.address());
            for (int i = 1; i <= 2; i++) {
                JsonObject answer = b.sync(Set.of()).getFirst();
                assertTrue(answer.getBoolean("complete", false), answer.toString());
                assertEquals(List.of(), b.following());
                assertTrue(bob.holds(ann, "a.txt"));
            }
        }
    }

    @Test
    void askingForASyncIsAnsweredWhoeverIsThere() throws Exception {
        try (LivePeer a = ann.live()) {
            a.followAll();
            Fingerprint stranger = Fingerprint.of("0".repeat(40));
            assertEquals("is not followed", error(a.sync(Set.of(stranger))));
            ann.isTold(bob.fingerprint(), Home.loopback(freePort()));
            assertNotEquals("", error(a.sync(Set.of(bob.fingerprint()))));
            ann.store.unfollow(bob.fingerprint());
            assertEquals(List.of(), a.sync(Set.of()));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            return nobody.getLocalPort();
        }
    }

    @Test
    void whoIsFollowedNoMoreIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                LivePeer a = ann.live()) {
            ann.isTold(bob.fingerprint(), Home.loopback(silent.getLocalPort()));
            a.followAll();
            FutureTask<List<JsonObject>> waiting = asked(a, Set.of(bob.fingerprint()));
            silent.accept();
            ann.store.unfollow(bob.fingerprint());
            assertEquals("is not followed", error(waiting.get(5, TimeUnit.SECONDS)));
        }
    }
}
