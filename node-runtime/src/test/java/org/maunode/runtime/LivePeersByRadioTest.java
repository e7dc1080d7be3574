package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.cable.BleAddress;
import org.maunode.cable.Connected;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.sync.PeerState;

/** Whole peers that have a radio, and no network unless it is said. */
@ExtendWith(MauThreads.class)
@Timeout(120)
class LivePeersByRadioTest {
    private static final BluetoothAddress ANN = new BluetoothAddress("00:AA:01:00:00:0A");
    private static final BluetoothAddress BOB = new BluetoothAddress("00:AA:01:00:00:0B");
    private static final BluetoothAddress EVE = new BluetoothAddress("00:AA:01:00:00:0E");

    @TempDir
    private Path place;

    private FakeAir air;
    private Home ann;
    private Home bob;

    @BeforeEach
    void settle() {
        air = new FakeAir(7);
        ann = new Home(place, "ann");
        bob = new Home(place, "bob").befriends(ann);
    }

    @AfterEach
    void leave() {
        ann.close();
        bob.close();
        air.close();
    }

    private Optional<Radios> serving(BluetoothAddress address) {
        return Optional.of(new Radios(244, Optional.of(() -> air.peripheral(address)), Optional.empty(), List.of()));
    }

    private Optional<Radios> seeking(BluetoothAddress address) {
        return Optional.of(new Radios(244, Optional.empty(), Optional.of(() -> air.central(address)), List.of()));
    }

    private Optional<Radios> both(BluetoothAddress address) {
        return Optional.of(new Radios(
                244, Optional.of(() -> air.peripheral(address)), Optional.of(() -> air.central(address)), List.of()));
    }

    private static LivePeer live(Home home, Optional<Radios> radios) throws IOException {
        LivePeer peer = home.live(Home.onLoopback().with(radios));
        peer.followAll();
        return peer;
    }

    private static String where(LivePeer peer) {
        return peer.following().getFirst().where().map(HostAndPort::format).orElse("nowhere");
    }

    /** Waits for what nobody announces, by looking. */
    private static void await(String what, BooleanSupplier here) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScheduledExecutorService eyes = Executors.newSingleThreadScheduledExecutor()) {
            eyes.scheduleAtFixedRate(
                    () -> {
                        if (here.getAsBoolean()) {
                            seen.countDown();
                        }
                    },
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            assertTrue(seen.await(60, TimeUnit.SECONDS), what);
            eyes.shutdownNow();
        }
    }

    /** CA-20, CA-26, CA-28. */
    @Test
    void twoWithoutANetworkFindEachOtherAndSyncBothWaysOverOneConnection() throws Exception {
        ann.publish("old.txt", "before they met");
        try (LivePeer a = live(ann, serving(ANN));
                LivePeer b = live(bob, seeking(BOB))) {
            bob.awaits(ann, "old.txt");
            bob.publish("b.txt", "b");
            ann.awaits(bob, "b.txt");
            ann.publish("a.txt", "a");
            bob.awaits(ann, "a.txt");
            assertEquals(1, air.connections());
            await(
                    "each has called the other",
                    () -> where(a).equals(HostAndPort.format(BleAddress.of(BOB)))
                            && where(b).equals(HostAndPort.format(BleAddress.of(ANN))));
            Connected line = a.lines().getFirst();
            assertFalse(line.isReached());
            assertEquals(List.of(bob.fingerprint()), List.copyOf(line.proved()));
            assertTrue(b.lines().getFirst().isReached());
        }
        assertEquals(0, air.connections());
    }

    /** CA-24. */
    @Test
    void twoWhoFindEachOtherKeepOneConnection() throws Exception {
        try (LivePeer a = live(ann, both(ANN));
                LivePeer b = live(bob, both(BOB))) {
            ann.publish("a.txt", "a");
            bob.publish("b.txt", "b");
            bob.awaits(ann, "a.txt");
            ann.awaits(bob, "b.txt");
            await(
                    "one line is left",
                    () -> air.connections() == 1
                            && a.lines().size() == 1
                            && b.lines().size() == 1);
            ann.publish("c.txt", "c");
            bob.publish("d.txt", "d");
            bob.awaits(ann, "c.txt");
            ann.awaits(bob, "d.txt");
        }
    }

    @Test
    void aLinkThatIsCutComesBack() throws Exception {
        try (LivePeer a = live(ann, serving(ANN));
                LivePeer b = live(bob, seeking(BOB))) {
            for (int i = 0; i < 3; i++) {
                String name = "file-" + i + ".txt";
                ann.publish(name, "before cut " + i);
                bob.awaits(ann, name);
                air.cut();
            }
            assertEquals(1, a.following().size() * b.following().size());
        }
    }

    /** CA-27. */
    @Test
    void theNetworkIsPreferredAsSoonAsItIsThere() throws Exception {
        try (LivePeer a = live(ann, serving(ANN));
                LivePeer b = live(bob, seeking(BOB))) {
            ann.publish("a.txt", "a");
            bob.awaits(ann, "a.txt");
            bob.publish("b.txt", "b");
            ann.awaits(bob, "b.txt");
            ann.isTold(bob.fingerprint(), b.address());
            bob.isTold(ann.fingerprint(), a.address());
            a.seen(bob.fingerprint());
            b.seen(ann.fingerprint());
            await(
                    "both moved",
                    () -> where(a).equals(HostAndPort.format(b.address()))
                            && where(b).equals(HostAndPort.format(a.address())));
            ann.publish("c.txt", "c");
            bob.awaits(ann, "c.txt");
            await("nobody calls by radio", () -> b.lines().stream().allMatch(line -> line.calls() == 0));
        }
    }

    /** CA-12. */
    @Test
    void radioAddressesAreNotWrittenDown() throws Exception {
        try (LivePeer a = live(ann, serving(ANN));
                LivePeer b = live(bob, seeking(BOB))) {
            ann.publish("a.txt", "a");
            bob.awaits(ann, "a.txt");
            assertEquals(List.of(), a.places());
            assertEquals(List.of(), b.places());
        }
        for (Home home : List.of(ann, bob)) {
            assertFalse(Files.exists(home.account.privateDirectory().resolve("places.json")));
        }
    }

    /** CA-23. */
    @Test
    void aStrangerIsConnectedAndGetsNothing() throws Exception {
        Home eve = new Home(place, "eve");
        eve.account.keyring().add(ann.account.identity().publicIdentity());
        eve.store.follow(ann.fingerprint());
        ann.publish("a.txt", "for friends");
        try (LivePeer a = live(ann, serving(ANN));
                LivePeer e = live(eve, seeking(EVE))) {
            await("she has asked", () -> e.following().getFirst().phase() == PeerState.Phase.WAITING);
            assertFalse(eve.holds(ann, "a.txt"));
            assertEquals(1, a.lines().size());
        } finally {
            eve.close();
        }
    }

    /** Says in its advertisement that it is somebody else, and not when it is asked. */
    @Test
    void whoLiesInAnAdvertisementCostsOneAttempt() throws Exception {
        String liar = ann.fingerprint().toString().substring(0, 12) + "0".repeat(28);
        List<String> met = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (Peripheral eve = air.peripheral(EVE);
                Central _ = air.central(EVE)) {
            eve.offer(new Peripheral.Offer(new NodeInfo(liar, "liar"), List.of()), link -> {
                met.add(link.peer().text());
                return new Deaf();
            });
            try (LivePeer _ = live(ann, serving(ANN));
                    LivePeer _ = live(bob, seeking(BOB))) {
                ann.publish("a.txt", "a");
                bob.awaits(ann, "a.txt");
                air.cut();
                ann.publish("b.txt", "b");
                bob.awaits(ann, "b.txt");
                assertTrue(met.size() <= 1, met.toString());
            }
        }
    }

    /** One that is called and never answers. */
    private static final class Deaf implements org.maunode.ble.gatt.LinkListener {
        @Override
        public void received(byte[] frame) {}

        @Override
        public void lost(String why) {}
    }

    @Test
    void itStopsInTimeHoweverTheRadioHangs() throws Exception {
        NodeInfo info = new NodeInfo(ann.fingerprint().toString(), "ann, deaf");
        try (Peripheral deaf = air.peripheral(ANN)) {
            deaf.offer(new Peripheral.Offer(info, List.of()), _ -> new Deaf());
            LivePeer b = live(bob, seeking(BOB));
            await("it is connected", () -> air.connections() == 1);
            long begun = System.nanoTime();
            b.close();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, "took " + took);
        }
    }

    /** CA-29. */
    @Test
    void withoutARadioNothingOfItIsThere() throws Exception {
        try (LivePeer a = ann.live()) {
            assertEquals(List.of(), a.lines());
            Fingerprint nobody = bob.fingerprint();
            assertEquals(List.of(), a.contacts());
            InetSocketAddress here = BleAddress.of(ANN);
            ann.isTold(nobody, here);
            a.followAll();
            assertTrue(a.lines().isEmpty());
        }
    }
}
