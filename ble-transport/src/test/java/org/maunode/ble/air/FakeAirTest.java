package org.maunode.ble.air;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;

class FakeAirTest {
    private static final BluetoothAddress BOARD = new BluetoothAddress("00:AA:01:00:00:00");
    private static final BluetoothAddress PHONE = new BluetoothAddress("00:AA:01:01:00:01");
    private static final BluetoothAddress LAPTOP = new BluetoothAddress("00:AA:01:02:00:02");
    private static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "thermometer");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final UUID TEMPERATURE = UUID.fromString("00002a6e-0000-1000-8000-00805f9b34fb");

    private final FakeAir air = new FakeAir(4);
    private final BlockingQueue<Link> accepted = new LinkedBlockingQueue<>();
    private final Heard atBoard = new Heard();

    @AfterEach
    void noThreadIsLeft() {
        air.close();
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("air")));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return GattContract.cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    try (FakeAir own = new FakeAir(1)) {
                        each.body().run(new InMemory(own));
                        assertEquals(0, own.connections());
                    }
                }));
    }

    private record InMemory(FakeAir own) implements Testbed {
        @Override
        public Central central() {
            return own.central(PHONE);
        }

        @Override
        public Peripheral peripheral() {
            return own.peripheral(BOARD);
        }

        @Override
        public BluetoothAddress peer() {
            return BOARD;
        }

        @Override
        public Hold stranger() {
            own.stranger(BOARD);
            return () -> {};
        }

        @Override
        public Hold adapterAway() {
            own.away(PHONE);
            return () -> own.back(PHONE);
        }

        @Override
        public int connections() {
            return own.connections();
        }

        @Override
        public Duration patience() {
            return PATIENCE;
        }
    }

    private Link connected(BluetoothAddress from, Heard heard) {
        return air.central(from).connect(BOARD, heard, PATIENCE).link();
    }

    private void serve() {
        Peripheral.Readable reading = new Peripheral.Readable(UUID.randomUUID(), TEMPERATURE, () -> bytes("21.5"));
        air.peripheral(BOARD).offer(new Peripheral.Offer(NODE, List.of(reading)), link -> {
            accepted.add(link);
            return atBoard;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }

    private static void send(Link link, String... frames) {
        for (String frame : frames) {
            link.send(bytes(frame), () -> {});
        }
    }

    @Test
    void notificationsReachEveryCentral() throws InterruptedException {
        serve();
        Heard phone = new Heard();
        Heard laptop = new Heard();
        send(connected(PHONE, phone), "hello");
        air.mtu(23);
        connected(LAPTOP, laptop);
        accepted.take().send(bytes("to the phone, and longer than 20"), () -> {});
        assertEquals("to the phone, and longer than 20", text(phone.frame(PATIENCE)));
        assertEquals("to the phone, and lo", text(laptop.frame(PATIENCE)));
    }

    @Test
    void losesRepeatsCutsAndReordersAsTheSeedSays() throws InterruptedException {
        assertEquals(faulty(7), faulty(7));
    }

    /** What arrives of ten frames before one that nothing happens to. */
    private static List<String> faulty(long seed) throws InterruptedException {
        List<String> arrived = new ArrayList<>();
        Heard heard = new Heard();
        try (FakeAir own = new FakeAir(seed)) {
            own.peripheral(BOARD).offer(new Peripheral.Offer(NODE, List.of()), link -> heard);
            Link link = own.central(PHONE).connect(BOARD, new Heard(), PATIENCE).link();
            own.faults(Faults.NONE.lost(30).twice(30).cut(30).garbage(30));
            send(link, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
            own.faults(Faults.NONE);
            send(link, "end");
            for (byte[] frame = heard.frame(PATIENCE); !text(frame).equals("end"); frame = heard.frame(PATIENCE)) {
                arrived.add(HexFormat.of().formatHex(frame));
            }
        }
        assertFalse(arrived.isEmpty());
        return arrived;
    }

    @Test
    void lateFramesAreOvertaken() throws InterruptedException {
        serve();
        Link link = connected(PHONE, new Heard());
        air.faults(Faults.NONE.late(100).lateness(Duration.ofMillis(200)));
        send(link, "late");
        air.faults(Faults.NONE);
        send(link, "punctual");
        assertEquals("punctual", text(atBoard.frame(PATIENCE)));
        assertEquals("late", text(atBoard.frame(PATIENCE)));
    }

    @Test
    void cutsAfterSoManyFrames() throws InterruptedException {
        serve();
        Heard phone = new Heard();
        Link link = connected(PHONE, phone);
        air.cutAfter(2);
        send(link, "one", "two", "three");
        assertEquals("one", text(atBoard.frame(PATIENCE)));
        assertEquals("two", text(atBoard.frame(PATIENCE)));
        assertEquals("the connection was cut", atBoard.loss(PATIENCE));
        assertEquals("the connection was cut", phone.loss(PATIENCE));
        assertEquals(0, air.connections());
    }

    @Test
    void outOfRangeIsLostAndNotFound() throws InterruptedException {
        serve();
        Heard phone = new Heard();
        send(connected(PHONE, phone), "hello");
        accepted.take();
        air.away(BOARD);
        phone.loss(PATIENCE);
        atBoard.loss(PATIENCE);
        assertThrows(
                RuntimeException.class, () -> air.central(PHONE).connect(BOARD, new Heard(), Duration.ofMillis(10)));
        air.back(BOARD);
        connected(PHONE, phone);
    }

    @Test
    void thirdPartiesAreHeardOnBothSides() throws InterruptedException {
        serve();
        Heard phone = new Heard();
        connected(PHONE, phone);
        air.writes(PHONE, bytes("another app"));
        assertEquals("another app", text(atBoard.frame(PATIENCE)));
        air.notifies(BOARD, bytes("somebody"));
        assertEquals("somebody", text(phone.frame(PATIENCE)));
    }

    @Test
    void longWritesVanishAsInBlueZ() throws InterruptedException {
        serve();
        Link link = connected(PHONE, new Heard());
        link.send(new byte[FakeAir.LONGEST_WRITE + 1], () -> {});
        link.send(new byte[FakeAir.LONGEST_WRITE], () -> {});
        assertEquals(FakeAir.LONGEST_WRITE, atBoard.frame(PATIENCE).length);
        assertThrows(IllegalArgumentException.class, () -> link.send(new byte[515], () -> {}));
    }

    @Test
    void whatIsOfferedBesideIsRead() {
        serve();
        assertArrayEquals(bytes("21.5"), air.read(BOARD, TEMPERATURE).orElseThrow());
        assertTrue(air.read(BOARD, UUID.randomUUID()).isEmpty());
    }

    @Test
    void aListenerThatThrowsIsReportedAtTheEnd() throws InterruptedException {
        FakeAir own = new FakeAir(1);
        own.peripheral(BOARD).offer(new Peripheral.Offer(NODE, List.of()), link -> {
            throw new IllegalArgumentException("a bug");
        });
        send(own.central(PHONE).connect(BOARD, new Heard(), PATIENCE).link(), "hello");
        own.ether().now(() -> accepted.add(new Nowhere()));
        accepted.take();
        assertThrows(IllegalStateException.class, own::close);
    }

    private record Nowhere() implements Link {
        @Override
        public BluetoothAddress peer() {
            return BOARD;
        }

        @Override
        public int mtu() {
            return 23;
        }

        @Override
        public void send(byte[] frame, Runnable taken) {}

        @Override
        public void close() {}
    }
}
