package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.kademlia.Known;
import org.maunode.identity.Contact;

/** Twenty nodes on loopback, over TLS, that know one of them at first. */
@ExtendWith(NoThreadsLeft.class)
final class NetworkTest {
    private static final int NODES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<Peer> peers = new ArrayList<>();

    @BeforeEach
    void begin() throws InterruptedException {
        for (int i = 0; i < NODES; i++) {
            peers.add(Peer.at(directory, i));
        }
        Contact bootstrap = peers.getFirst().contact();
        peers.getFirst().overlay().start(List.of());
        for (Peer peer : peers.subList(1, NODES)) {
            peer.overlay().start(List.of(bootstrap));
        }
        assertTrue(peers.getFirst().overlay().await(NetworkTest::isWhole, PATIENCE), "somebody did not join");
    }

    private static boolean isWhole(List<Known> table) {
        return table.stream().filter(Overlay::isAlive).count() == NODES - 1;
    }

    @AfterEach
    void end() {
        peers.forEach(Peer::close);
    }

    private static void findEachOther(List<Peer> among) {
        for (Peer from : among) {
            for (Peer to : among) {
                if (from != to) {
                    List<InetSocketAddress> found = from.overlay().addressesOf(to.fingerprint());
                    assertEquals(List.of(to.contact().address()), found, from.address() + " looks for " + to.address());
                }
            }
        }
    }

    @Test
    void eachFindsEachAndGoesOnWhenHalfOfThemAreGoneAndWhenAllStartAnewWithoutABootstrap() throws Exception {
        findEachOther(peers);
        List<Peer> gone = List.copyOf(peers.subList(0, NODES / 2));
        peers.removeAll(gone);
        gone.forEach(Peer::close);
        findEachOther(peers);
        peers.forEach(Peer::close);
        peers.replaceAll(Peer::again);
        for (Peer peer : peers) {
            assertTrue(Files.size(peer.table()) > 0);
            peer.overlay().start(List.of());
        }
        findEachOther(peers);
    }
}
