package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.clock.NodeClock;
import org.maunode.identity.FileName;
import org.maunode.identity.InvalidNameException;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.StoreException;

/** Whole nodes in this process: what they publish is followed, and nothing of them is left when they stop. */
class NodeTest {
    private static final char[] PASSPHRASE = "node".toCharArray();
    private static final FileName DESCRIPTION = new FileName("node.json.pgp");

    @TempDir
    private Path place;

    private Account account(String name) {
        return Account.create(place.resolve(name), name, "", PASSPHRASE);
    }

    private static NodeOptions options(String... more) {
        List<String> words = new ArrayList<>(List.of("--port=0", "--bind=127.0.0.1"));
        words.addAll(List.of(more));
        return NodeOptions.parse(words);
    }

    private static Node start(Account account, NodeOptions options) {
        NodeClock clock = NodeClock.start(account.privateDirectory().resolve("clock"));
        return Node.start(account, options, clock);
    }

    @AfterEach
    void noThreadIsLeft() {
        Set<String> left = Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("mau-"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), left);
    }

    @Test
    void aNodeFollowsAnotherFromItsStart() throws Exception {
        Account author = account("author");
        Account reader = account("reader");
        reader.keyring().add(author.identity().publicIdentity());
        try (ContentStore watched = ContentStore.open(reader)) {
            watched.follow(author.fingerprint());
            CountDownLatch arrived = new CountDownLatch(1);
            try (AutoCloseable _ = watched.onChange(_ -> {
                        if (watched.find(author.fingerprint(), DESCRIPTION).isPresent()) {
                            arrived.countDown();
                        }
                    });
                    Node first = start(author, options());
                    Node _ = start(
                            reader,
                            options("--peer=" + author.fingerprint() + "@127.0.0.1:"
                                    + first.address().getPort()))) {
                assertTrue(arrived.await(60, TimeUnit.SECONDS), "the description did not arrive");
            }
        }
    }

    @Test
    void aNodeWithActuatorsObeysNobodyYetAndKeepsThemSafe() {
        Account account = account("greenhouse");
        try (Node node = start(account, options("--profile=greenhouse", "--simulate", "--no-discovery"))) {
            assertEquals(
                    List.of("pump", "fan"),
                    node.actuators().stream().map(one -> one.name().value()).toList());
            assertEquals(12, node.sensors().size());
            assertTrue(node.isAlive());
        }
    }

    @Test
    void aNodeWhosePortIsTakenSaysSoAndLeavesNothingRunning() {
        Account one = account("one");
        Account two = account("two");
        try (Node first = start(one, options())) {
            InetSocketAddress taken = first.address();
            NodeOptions same = NodeOptions.parse(List.of("--port=" + taken.getPort(), "--bind=127.0.0.1"));
            ListenException refused = assertThrows(ListenException.class, () -> start(two, same));
            assertTrue(refused.getMessage().contains(String.valueOf(taken.getPort())), refused.getMessage());
        }
    }

    @Test
    void aGroupThatNobodyMayHaveStopsTheStartAndLeavesNothingRunning() {
        Account account = account("node");
        account.keyring().createGroup("friends");
        assertThrows(InvalidNameException.class, () -> start(account, options("--for=../x")));
    }

    @Test
    void aSecondNodeInTheSameHomeIsRefusedAndLeavesTheFirstAlone() {
        Account account = account("node");
        try (Node first = start(account, options())) {
            StoreException refused = assertThrows(StoreException.class, () -> start(account, options()));
            assertEquals(StoreException.Reason.IN_USE, refused.reason());
            assertTrue(refused.getMessage().contains(account.root().toString()), refused.getMessage());
            assertTrue(first.address().getPort() > 0);
        }
    }

    @Test
    void startAndStopTenTimesIsTheSameAsOnce() {
        Account account = account("node");
        for (int i = 0; i < 10; i++) {
            start(account, options()).close();
        }
    }
}
