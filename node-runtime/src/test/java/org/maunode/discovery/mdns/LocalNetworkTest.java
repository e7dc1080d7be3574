package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.net.FakeLinks;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.Link.Trait;
import org.maunode.discovery.net.Links;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** Real sockets on the loopback link, which is used only because a test says so; its cable is a fake. */
class LocalNetworkTest {
    private static final Predicate<Link> LOOPBACK = link -> link.is(Trait.LOOPBACK);

    /** Other tests may speak on the same link: nobody else has these. */
    private final Fingerprint alice = random();

    private final Fingerprint bob = random();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Links loopback;
    private FakeLinks cable;
    private NetworkWatch watch;

    private static Fingerprint random() {
        byte[] bytes = new byte[Fingerprint.LENGTH];
        new Random().nextBytes(bytes);
        return Fingerprint.of(bytes);
    }

    @BeforeEach
    void plugIn() {
        try (NetworkWatch machine = NetworkWatch.start()) {
            loopback = new Links(machine.now().all().stream().filter(LOOPBACK).toList(), List.of());
        }
        cable = new FakeLinks(loopback);
        watch = opened(NetworkWatch.start(cable));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals(LocalNetwork.THREAD)),
                "a thread was left behind");
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    private LocalNetwork announced(Fingerprint self, int port) {
        return opened(LocalNetwork.start(new Presence.Announced(self, port), watch, LOOPBACK));
    }

    private LocalNetwork hidden() {
        return opened(LocalNetwork.start(new Presence.Hidden(), watch, LOOPBACK));
    }

    private static BlockingQueue<Contact> seenBy(LocalNetwork network) {
        BlockingQueue<Contact> seen = new LinkedBlockingQueue<>();
        network.onSeen(seen::add);
        return seen;
    }

    private static Contact next(BlockingQueue<Contact> seen, Fingerprint peer) throws InterruptedException {
        Contact contact = seen.poll(20, TimeUnit.SECONDS);
        while (contact != null && !contact.fingerprint().equals(peer)) {
            contact = seen.poll(20, TimeUnit.SECONDS);
        }
        assertNotNull(contact, "nobody was seen");
        return contact;
    }

    @Test
    void findsWhoIsThereAndIsFound() throws InterruptedException {
        LocalNetwork ofAlice = announced(alice, 6275);
        BlockingQueue<Contact> seenByAlice = seenBy(ofAlice);
        LocalNetwork ofBob = announced(bob, 6276);
        BlockingQueue<Contact> seenByBob = seenBy(ofBob);
        assertEquals(6276, next(seenByAlice, bob).address().getPort());
        assertEquals(6275, next(seenByBob, alice).address().getPort());
        List<InetSocketAddress> found = ofBob.addressesOf(alice);
        assertTrue(found.contains(InetSocketAddress.createUnresolved("127.0.0.1", 6275)), found.toString());
        assertEquals("mdns", ofBob.name());
    }

    @Test
    void aHiddenPeerFindsAndIsNotFound() {
        announced(alice, 6275);
        LocalNetwork hidden = hidden();
        while (hidden.addressesOf(alice).isEmpty()) {
            // It probes for a second before it can be found.
        }
        assertEquals(List.of(), hidden.addressesOf(bob));
    }

    @Test
    void eachAddressIsHandedOnOnce() {
        announced(alice, 6275);
        LocalNetwork hidden = hidden();
        List<InetSocketAddress> found = hidden.addressesOf(alice);
        while (found.isEmpty()) {
            found = hidden.addressesOf(alice);
        }
        assertEquals(found.stream().distinct().toList(), found);
    }

    @Test
    void whoSaysGoodbyeIsFoundNoMore() throws InterruptedException {
        LocalNetwork ofAlice = announced(alice, 6275);
        LocalNetwork hidden = hidden();
        BlockingQueue<Contact> seen = seenBy(hidden);
        next(seen, alice);
        ofAlice.close();
        assertEquals(List.of(), hidden.addressesOf(alice));
    }

    @Test
    void aLinkThatGoesAndComesIsLeftAndJoinedAndWhoIsThereIsToldAgain() throws InterruptedException {
        announced(alice, 6275);
        LocalNetwork hidden = hidden();
        BlockingQueue<Contact> seen = seenBy(hidden);
        next(seen, alice);
        cable.change(Links.NONE);
        while (!hidden.addressesOf(alice).isEmpty()) {
            // The change is on its way.
        }
        cable.change(loopback);
        next(seen, alice);
    }

    @Test
    void whoListensLateIsToldWhoIsThere() throws InterruptedException {
        announced(alice, 6275);
        LocalNetwork hidden = hidden();
        next(seenBy(hidden), alice);
        next(seenBy(hidden), alice);
    }

    @Test
    void aLinkThatCannotBeJoinedIsNoReasonToLeaveTheOthers() throws InterruptedException {
        Link ghost = new Link(
                "ghost0",
                Integer.MAX_VALUE,
                Set.of(Trait.UP, Trait.LOOPBACK),
                loopback.all().getFirst().addresses());
        cable.change(new Links(List.of(loopback.all().getFirst(), ghost), List.of()));
        announced(alice, 6275);
        next(seenBy(hidden()), alice);
    }

    @Test
    void returnsAtOnceWhenInterruptedAndKeepsThat() throws InterruptedException {
        LocalNetwork hidden = hidden();
        CountDownLatch returned = new CountDownLatch(1);
        List<Boolean> kept = new ArrayList<>();
        Thread looker = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            hidden.resolve(alice, _ -> {});
            kept.add(Thread.currentThread().isInterrupted());
            returned.countDown();
        });
        assertTrue(returned.await(1_000, TimeUnit.MILLISECONDS), "before the 1.5 s are over");
        looker.join();
        assertEquals(List.of(true), kept);
    }

    @Test
    void closingEndsWhoeverLooksAndNothingIsFoundAfterwards() throws InterruptedException {
        LocalNetwork hidden = hidden();
        hidden.close();
        assertEquals(List.of(), hidden.addressesOf(alice));
        hidden.close();
        Look look = new Look(alice);
        look.end();
        look.await(Duration.ofDays(1), _ -> {});
    }

    @Test
    void aListenerThatThrowsSilencesNoOther() throws InterruptedException {
        LocalNetwork hidden = hidden();
        hidden.onSeen(_ -> {
            throw new IllegalStateException("a test's listener");
        });
        BlockingQueue<Contact> seen = seenBy(hidden);
        announced(alice, 6275);
        next(seen, alice);
    }

    @Test
    void usesCablesAndRadiosAndNoTunnelNorThisMachineAlone() {
        assertTrue(LocalNetwork.LAN.test(link(Trait.UP, Trait.MULTICAST)), "MD-60");
        assertFalse(LocalNetwork.LAN.test(link(Trait.MULTICAST)));
        assertFalse(LocalNetwork.LAN.test(link(Trait.UP)));
        assertFalse(LocalNetwork.LAN.test(link(Trait.UP, Trait.MULTICAST, Trait.LOOPBACK)));
        assertFalse(LocalNetwork.LAN.test(link(Trait.UP, Trait.MULTICAST, Trait.POINT_TO_POINT)));
    }

    private static Link link(Trait... traits) {
        return new Link("eth0", 2, Set.of(traits), List.of());
    }
}
