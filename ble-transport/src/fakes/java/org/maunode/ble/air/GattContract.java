package org.maunode.ble.air;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.session.Limits;

/**
 * What every {@link Central} and {@link Peripheral} keep, whoever they are: named cases, each from nothing. They are run by
 * JUnit over the air in memory, and by a plain {@code main} over real BlueZ. Frames are compared without their order, which
 * no link promises.
 */
public final class GattContract {
    /** One claim. */
    public record Case(String name, Body body) {}

    /** Throws if the claim does not hold. */
    @FunctionalInterface
    public interface Body {
        void run(Testbed testbed) throws Exception;
    }

    private static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "thermometer");
    private static final BluetoothAddress ABSENT = new BluetoothAddress("00:AA:01:77:77:77");
    private static final int[] SIZES = {1, 20, 244, 509};
    private static final int OUTSTANDING = 32;
    private static final Duration SHORT = Duration.ofSeconds(2);

    private GattContract() {}

    public static List<Case> cases() {
        return List.of(
                new Case("a scan finds the node with its hint and name", GattContract::scanFinds),
                new Case("a scan tells at once who is known already", GattContract::secondScanIsToldAtOnce),
                new Case("the info is read", GattContract::infoIsRead),
                new Case("a node that begins later is waited for", GattContract::waitsForANode),
                new Case("frames of every size go whole both ways", GattContract::framesOfEverySize),
                new Case("32 outstanding frames arrive both ways", GattContract::outstandingFramesArrive),
                new Case("both sides know the MTU", GattContract::bothKnowTheMtu),
                new Case("a loss is heard once by both when the central closes", GattContract::centralCloses),
                new Case("a loss is heard once by both when the peripheral closes", GattContract::peripheralCloses),
                new Case("a closed link takes frames and drops them", GattContract::closedLinkTakesFrames),
                new Case("a node is connected to again after a close", GattContract::connectsAgain),
                new Case("a node is not connected to twice", GattContract::refusesASecondConnection),
                new Case("an absent address is given up in time", GattContract::absentAddress),
                new Case("a device that is no Mau node is refused", GattContract::stranger),
                new Case("a connect is interrupted", GattContract::interrupted),
                new Case("a close leaves neither connection nor thread", GattContract::closeLeavesNothing),
                new Case(
                        "a lost adapter ends the link, and the scan goes on when it is back",
                        GattContract::adapterBack));
    }

    private static void scanFinds(Testbed testbed) throws Exception {
        BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
        try (Node _ = new Node(testbed);
                Central central = testbed.central();
                Central.Scan _ = central.scan(seen::add)) {
            until(
                    seen,
                    testbed,
                    sighting -> sighting.address().equals(testbed.peer())
                            && sighting.hint().equals(Optional.of(NODE.hint()))
                            && sighting.name().equals(Optional.of(NODE.name())));
        }
    }

    private static void secondScanIsToldAtOnce(Testbed testbed) throws Exception {
        BlockingQueue<Sighting> first = new LinkedBlockingQueue<>();
        BlockingQueue<Sighting> second = new LinkedBlockingQueue<>();
        Predicate<Sighting> peer = sighting -> sighting.address().equals(testbed.peer());
        try (Node _ = new Node(testbed);
                Central central = testbed.central();
                Central.Scan _ = central.scan(first::add)) {
            until(first, testbed, peer);
            try (Central.Scan _ = central.scan(second::add)) {
                check(peer.test(Heard.next(second, SHORT, "sighting")), "somebody else was told");
            }
        }
    }

    private static void infoIsRead(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            equal(NODE, talk.connection.info());
            equal(testbed.peer(), talk.atCentral().peer());
        }
    }

    private static void waitsForANode(Testbed testbed) throws Exception {
        Heard heard = new Heard();
        try (Central central = testbed.central()) {
            FutureTask<Central.Connection> connecting =
                    new FutureTask<>(() -> central.connect(testbed.peer(), heard, testbed.patience()));
            Thread.ofPlatform().name("connecting").start(connecting);
            try (Node _ = new Node(testbed)) {
                equal(
                        NODE,
                        connecting
                                .get(testbed.patience().toMillis(), TimeUnit.MILLISECONDS)
                                .info());
            }
            heard.loss(testbed.patience());
        }
    }

    /** BLE-GATT-32, BLE-GATT-35. */
    private static void framesOfEverySize(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            List<byte[]> frames = new ArrayList<>();
            for (int size : SIZES) {
                frames.add(frame(Math.min(size, talk.atCentral().mtu() - Limits.NOTIFICATION_HEADER), size));
            }
            exchange(talk.atPeripheral, talk.heard, frames, testbed);
            frames.add(frame(Math.min(509, talk.atCentral().mtu() - Limits.ATT_HEADER), 1));
            exchange(talk.atCentral(), talk.node.heard, frames, testbed);
        }
    }

    /** BLE-GATT-31: whoever is connected has subscribed. */
    private static void outstandingFramesArrive(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            List<byte[]> frames = new ArrayList<>();
            for (int i = 0; i < OUTSTANDING; i++) {
                frames.add(frame(Math.min(500, talk.atCentral().mtu() - Limits.NOTIFICATION_HEADER), i));
            }
            exchange(talk.atCentral(), talk.node.heard, frames, testbed);
            exchange(talk.atPeripheral, talk.heard, frames, testbed);
        }
    }

    private static void bothKnowTheMtu(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            int mtu = talk.atCentral().mtu();
            check(mtu >= 23 && mtu <= 517, "an MTU of " + mtu);
            equal(mtu, talk.atPeripheral.mtu());
        }
    }

    /** BLE-GATT-34. */
    private static void centralCloses(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            talk.atCentral().close();
            talk.awaitLoss();
            talk.atCentral().close();
            talk.atPeripheral.close();
            talk.end();
            equal(0, talk.heard.furtherLosses() + talk.node.heard.furtherLosses());
        }
    }

    private static void peripheralCloses(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            talk.atPeripheral.close();
            talk.awaitLoss();
            talk.atPeripheral.close();
            talk.atCentral().close();
            talk.end();
            equal(0, talk.heard.furtherLosses() + talk.node.heard.furtherLosses());
        }
    }

    private static void closedLinkTakesFrames(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            talk.atCentral().close();
            talk.awaitLoss();
            CountDownLatch taken = new CountDownLatch(2);
            talk.atCentral().send(frame(20, 1), taken::countDown);
            talk.atPeripheral.send(frame(20, 2), taken::countDown);
            await(taken, testbed);
        }
    }

    private static void connectsAgain(Testbed testbed) throws Exception {
        try (Node node = new Node(testbed);
                Central central = testbed.central()) {
            for (int time = 0; time < 3; time++) {
                Heard heard = new Heard();
                Link link = central.connect(testbed.peer(), heard, testbed.patience())
                        .link();
                Link other = node.greeted(link);
                exchange(other, heard, List.of(frame(20, time)), testbed);
                link.close();
                heard.loss(testbed.patience());
                node.heard.loss(testbed.patience());
            }
        }
    }

    private static void refusesASecondConnection(Testbed testbed) throws Exception {
        try (Conversation talk = new Conversation(testbed)) {
            GattException refused =
                    refused(() -> talk.central.connect(testbed.peer(), new Heard(), testbed.patience()));
            equal(Reason.NOT_CONNECTED, refused.reason());
            exchange(talk.atCentral(), talk.node.heard, List.of(frame(20, 7)), testbed);
            exchange(talk.atPeripheral, talk.heard, List.of(frame(20, 8)), testbed);
        }
    }

    private static void absentAddress(Testbed testbed) throws Exception {
        try (Central central = testbed.central()) {
            long start = System.nanoTime();
            GattException refused = refused(() -> central.connect(ABSENT, new Heard(), SHORT));
            long millis = (System.nanoTime() - start) / 1_000_000;
            check(Set.of(Reason.NOT_FOUND, Reason.TIMED_OUT).contains(refused.reason()), refused.toString());
            check(millis < SHORT.toMillis() + 3000, "it took " + millis + " ms");
        }
    }

    /** BLE-GATT-12. */
    private static void stranger(Testbed testbed) throws Exception {
        try (Testbed.Hold _ = testbed.stranger();
                Central central = testbed.central()) {
            GattException refused = refused(() -> central.connect(testbed.peer(), new Heard(), testbed.patience()));
            equal(Reason.NOT_A_NODE, refused.reason());
            equal(0, testbed.connections());
        }
    }

    private static void interrupted(Testbed testbed) throws Exception {
        try (Central central = testbed.central()) {
            FutureTask<Reason> connecting = new FutureTask<>(() -> {
                Reason reason = refused(() -> central.connect(ABSENT, new Heard(), testbed.patience()))
                        .reason();
                check(Thread.currentThread().isInterrupted(), "the interrupt was swallowed");
                return reason;
            });
            Thread thread = Thread.ofPlatform().name("connecting").start(connecting);
            thread.interrupt();
            equal(Reason.INTERRUPTED, connecting.get(3, TimeUnit.SECONDS));
        }
    }

    private static void closeLeavesNothing(Testbed testbed) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Conversation talk = new Conversation(testbed)) {
            talk.central.scan(sighting -> {});
            talk.end();
            talk.awaitLoss();
        }
        equal(0, testbed.connections());
        Set<String> left = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ours = thread.getName().startsWith("mau-") && !before.contains(thread);
            if (ours && !thread.join(SHORT)) {
                left.add(thread.getName());
            }
        }
        equal(Set.of(), left);
    }

    private static void adapterBack(Testbed testbed) throws Exception {
        BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
        Predicate<Sighting> peer = sighting -> sighting.address().equals(testbed.peer());
        try (Conversation talk = new Conversation(testbed);
                Central.Scan _ = talk.central.scan(seen::add)) {
            until(seen, testbed, peer);
            try (Testbed.Hold _ = testbed.adapterAway()) {
                talk.awaitLoss();
                equal(
                        Reason.NO_ADAPTER,
                        refused(() -> talk.central.connect(testbed.peer(), new Heard(), SHORT))
                                .reason());
                seen.clear();
            }
            until(seen, testbed, peer);
            talk.central
                    .connect(testbed.peer(), new Heard(), testbed.patience())
                    .link()
                    .close();
        }
    }

    /** Sends with all outstanding at once, and waits until all have arrived. */
    private static void exchange(Link from, Heard to, List<byte[]> frames, Testbed testbed)
            throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(frames.size());
        Set<String> expected = new TreeSet<>();
        for (byte[] frame : frames) {
            expected.add(HexFormat.of().formatHex(frame));
            from.send(frame, taken::countDown);
        }
        Set<String> arrived = new TreeSet<>();
        for (int i = 0; i < frames.size(); i++) {
            arrived.add(HexFormat.of().formatHex(to.frame(testbed.patience())));
        }
        equal(expected, arrived);
        await(taken, testbed);
    }

    private static byte[] frame(int size, int number) {
        byte[] frame = new byte[size];
        Arrays.fill(frame, (byte) (size ^ number));
        frame[0] = (byte) number;
        return frame;
    }

    private static void await(CountDownLatch latch, Testbed testbed) throws InterruptedException {
        check(
                latch.await(testbed.patience().toMillis(), TimeUnit.MILLISECONDS),
                latch.getCount() + " frames not taken");
    }

    private static void until(BlockingQueue<Sighting> seen, Testbed testbed, Predicate<Sighting> which)
            throws InterruptedException {
        while (!which.test(Heard.next(seen, testbed.patience(), "sighting"))) {
            // Others may be on the air.
        }
    }

    private static GattException refused(Runnable connecting) {
        try {
            connecting.run();
        } catch (GattException refused) {
            return refused;
        }
        throw new AssertionError("it was not refused");
    }

    private static void equal(Object expected, Object actual) {
        check(expected.equals(actual), "expected " + expected + ", was " + actual);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** A peripheral that serves, and the last central that wrote to it. */
    private static final class Node implements AutoCloseable {
        private final Testbed testbed;
        private final Peripheral peripheral;
        private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
        private volatile Heard heard = new Heard();

        Node(Testbed testbed) {
            this.testbed = testbed;
            this.peripheral = testbed.peripheral();
            peripheral.offer(new Peripheral.Offer(NODE, List.of()), link -> {
                heard = new Heard();
                links.add(link);
                return heard;
            });
        }

        /** The node's end of this link, once a first frame has made it known. */
        Link greeted(Link link) throws InterruptedException {
            link.send(new byte[] {42}, () -> {});
            Link other = Heard.next(links, testbed.patience(), "link at the peripheral");
            equal("2a", HexFormat.of().formatHex(heard.frame(testbed.patience())));
            return other;
        }

        @Override
        public void close() {
            peripheral.close();
        }
    }

    /** A central that is connected to a node, and known there. */
    private static final class Conversation implements AutoCloseable {
        private final Testbed testbed;
        private final Node node;
        private final Central central;
        private final Heard heard = new Heard();
        private final Central.Connection connection;
        private final Link atPeripheral;

        Conversation(Testbed testbed) throws InterruptedException {
            this.testbed = testbed;
            this.node = new Node(testbed);
            this.central = testbed.central();
            try {
                this.connection = central.connect(testbed.peer(), heard, testbed.patience());
                this.atPeripheral = node.greeted(connection.link());
            } catch (GattException | AssertionError failed) {
                end();
                throw failed;
            }
        }

        Link atCentral() {
            return connection.link();
        }

        void awaitLoss() throws InterruptedException {
            heard.loss(testbed.patience());
            node.heard.loss(testbed.patience());
        }

        void end() {
            central.close();
            node.close();
        }

        @Override
        public void close() {
            end();
        }
    }
}
