package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.kademlia.Known;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Request;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** Nodes that lie about where others are, or where they are themselves, over TLS. */
@ExtendWith(NoThreadsLeft.class)
final class LiarsInTheNetworkTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final LogLines log = new LogLines();
    private final List<Peer> peers = new ArrayList<>();

    @AfterEach
    void end() {
        peers.forEach(Peer::close);
        log.close();
    }

    private Peer started(Peer peer, Contact... bootstrap) {
        peers.add(peer);
        peer.overlay().start(List.of(bootstrap));
        return peer;
    }

    private static Predicate<List<Known>> knowing(Fingerprint... others) {
        return table -> List.of(others).stream().allMatch(other -> table.stream()
                .anyMatch(known -> known.contact().fingerprint().equals(other) && Overlay.isAlive(known)));
    }

    /** Says of whoever is looked for that it is here. */
    private static Exchange everybodyIsHere(Peer self) {
        return (request, caller) -> request instanceof Request.FindPeer(Fingerprint target)
                ? new Answer.Contacts(List.of(new Contact(target, self.contact().address())))
                : self.overlay().answer(request, caller);
    }

    private List<String> falseAddresses() {
        return log.lines().stream()
                .filter(line -> line.contains("a false address"))
                .toList();
    }

    /** KW-20, KW-22. */
    @Test
    void whoSaysThatTheVictimIsHereGainsALineInTheLogAndTheVictimIsFound() throws InterruptedException {
        Peer honest = started(Peer.at(directory, 1));
        Peer victim = started(Peer.at(directory, 2), honest.contact());
        Peer liar = started(Peer.at(directory, 3, LiarsInTheNetworkTest::everybodyIsHere), honest.contact());
        assertTrue(honest.overlay().await(knowing(victim.fingerprint(), liar.fingerprint()), PATIENCE));
        Peer caller = started(Peer.at(directory, 4), liar.contact(), honest.contact());
        assertTrue(caller.overlay().await(knowing(honest.fingerprint()), PATIENCE));
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(victim.contact().address()), caller.overlay().addressesOf(victim.fingerprint()));
        }
        Fingerprint nobody = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
        assertEquals(List.of(), caller.overlay().addressesOf(nobody));
        String said = liar.fingerprint() + " answers at " + liar.address();
        assertTrue(
                falseAddresses().stream().allMatch(line -> line.contains(said)),
                log.lines().toString());
        int lines = falseAddresses().size();
        assertTrue(lines >= 1 && lines <= peers.size(), "a line for each node at most: " + log.lines());
    }

    /** KW-21, KW-22. */
    @Test
    void whoClaimsTheAddressOfAnotherIsNotBelieved() throws InterruptedException {
        Peer node = started(Peer.at(directory, 5));
        Peer victim = started(Peer.at(directory, 6), node.contact());
        assertTrue(node.overlay().await(knowing(victim.fingerprint()), PATIENCE));
        Peer liar = Peer.at(directory, 7);
        peers.add(liar);
        ping(node, liar, victim.address());
        Peer honest = started(Peer.at(directory, 8), node.contact());
        assertTrue(node.overlay().await(knowing(honest.fingerprint()), PATIENCE));
        assertTrue(
                node.overlay().await(_ -> falseAddresses().size() == 1, PATIENCE),
                log.lines().toString());
        assertFalse(knowing(liar.fingerprint()).test(node.overlay().contacts()));
        assertEquals(List.of(victim.contact().address()), honest.overlay().addressesOf(victim.fingerprint()));
    }

    private static void ping(Peer node, Peer caller, String... claims) {
        try (PeerDialer dialer = new PeerDialer(caller.identity(), DialerOptions.BRIEF, () -> List.of(claims));
                RemotePeer peer = dialer.dial(node.fingerprint(), node.contact().address())) {
            peer.ping();
        }
    }

    /** KW-5, KW-21. */
    @Test
    void whoClaimsNothingOfUseIsAnsweredAndNotNoted() throws InterruptedException {
        Peer node = started(Peer.at(directory, 9));
        Peer caller = Peer.at(directory, 10);
        peers.add(caller);
        ping(node, caller);
        ping(node, caller, "somewhere");
        ping(node, caller, "127.0.0.1");
        assertEquals(List.of(), node.overlay().contacts());
        ping(node, caller, caller.address());
        assertTrue(node.overlay().await(knowing(caller.fingerprint()), PATIENCE));
        assertEquals(List.of(), log.lines());
    }
}
