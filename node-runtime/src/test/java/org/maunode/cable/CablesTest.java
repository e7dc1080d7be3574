package org.maunode.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.gatt.Sighting;
import org.maunode.ble.line.Carrier;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Fingerprint;

/** Two who have a line, and what they do with it. */
@Timeout(60)
class CablesTest {
    private static final BluetoothAddress BOARD = new BluetoothAddress("00:AA:01:00:00:0A");
    private static final BluetoothAddress PHONE = new BluetoothAddress("00:AA:01:00:00:0B");
    private static final BluetoothAddress OTHER = new BluetoothAddress("00:AA:01:00:00:0C");
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));
    private static final Fingerprint BOB = Fingerprint.of("b".repeat(40));

    private final FakeAir air = new FakeAir(3);
    private final Listened listened = new Listened(air.central(PHONE));
    private final Peripheral peripheral = air.peripheral(BOARD);
    private final BlockingQueue<Fingerprint> near = new LinkedBlockingQueue<>();
    private Cables board;
    private Cables phone;
    private Exchanges atBoard;
    private Exchanges atPhone;

    /** Counts those who listen and those who connect. */
    private static final class Listened implements Central {
        private final Central radio;
        private final AtomicInteger listening = new AtomicInteger();
        private final AtomicInteger connecting = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(1);

        Listened(Central radio) {
            this.radio = radio;
        }

        @Override
        public String name() {
            return radio.name();
        }

        @Override
        public Scan scan(Consumer<Sighting> seen) {
            Scan scan = radio.scan(seen);
            listening.incrementAndGet();
            begun.countDown();
            return () -> {
                listening.decrementAndGet();
                scan.close();
            };
        }

        @Override
        public Connection connect(BluetoothAddress address, LinkListener listener, Duration patience) {
            connecting.incrementAndGet();
            return radio.connect(address, listener, patience);
        }

        @Override
        public void close() {
            radio.close();
        }
    }

    @BeforeEach
    void connect() throws IOException {
        atBoard = new Exchanges();
        atPhone = new Exchanges();
        board = new Cables(ANN, new Carrier(244), () -> {
            throw new GattException(GattException.Reason.NO_ADAPTER, "the board seeks nobody");
        });
        phone = new Cables(BOB, new Carrier(244), () -> listened);
        board.serve(atBoard);
        board.onNear(near::add);
        offer(peripheral, ANN.toString());
    }

    private void offer(Peripheral by, String identity) {
        by.offer(new Peripheral.Offer(new NodeInfo(identity, "a node"), List.of()), board.acceptor());
    }

    @AfterEach
    void hangUp() throws IOException {
        phone.close();
        peripheral.close();
        board.close();
        atBoard.close();
        atPhone.close();
        air.close();
    }

    private static SocketChannel call(Cables from, BluetoothAddress to) throws IOException {
        InetSocketAddress entrance = from.leadingTo(BleAddress.of(to)).orElseThrow();
        return SocketChannel.open(entrance);
    }

    private static List<InetSocketAddress> found(Cables by, Fingerprint who) {
        return by.addressesOf(who);
    }

    /** CA-2, CA-20, CA-28. */
    @Test
    void aLineCarriesTheCallsOfBoth() throws Exception {
        phone.serve(atPhone);
        try (SocketChannel there = call(phone, BOARD)) {
            Exchanges.say(there, "\u0016hello");
            Exchanges.Taken taken = atBoard.next();
            assertEquals("\u0016hello", Exchanges.hear(taken.socket(), 6));
            assertTrue(taken.plug().secured());
            assertEquals(PHONE.text(), taken.plug().name());
            assertEquals(BleAddress.origin(PHONE), taken.plug().origin());
            assertEquals(0, near.size());
            taken.plug().proved().accept(BOB);
            taken.plug().proved().accept(BOB);
            assertEquals(BOB, near.poll(20, TimeUnit.SECONDS));
            assertEquals(0, near.size());
            assertEquals(List.of(BleAddress.of(PHONE)), found(board, BOB));
            try (SocketChannel back = call(board, PHONE)) {
                Exchanges.say(back, "GET /");
                Exchanges.Taken answered = atPhone.next();
                assertEquals("GET /", Exchanges.hear(answered.socket(), 5));
                assertFalse(answered.plug().secured());
                Exchanges.say(answered.socket(), "200 OK");
                assertEquals("200 OK", Exchanges.hear(back, 6));
            }
        }
        assertEquals(1, air.connections());
        assertEquals(1, listened.connecting.get());
    }

    @Test
    void whoCallsBeforeAnybodyIsServedIsHungUpOn() throws Exception {
        try (SocketChannel there = call(phone, BOARD)) {
            Exchanges.say(there, "\u0016hello");
            Exchanges.Taken taken = atBoard.next();
            taken.plug().proved().accept(BOB);
            try (SocketChannel back = call(board, PHONE)) {
                Exchanges.say(back, "\u0016hello");
                assertThrows(IOException.class, () -> Exchanges.hear(back, 1));
            }
        }
    }

    /** CA-21. */
    @Test
    void isListenedForOnlyWhileSomebodyIsSought() throws Exception {
        assertEquals(0, listened.listening.get());
        Thread seeker = Thread.ofPlatform().start(() -> found(phone, Fingerprint.of("c".repeat(40))));
        assertTrue(listened.begun.await(20, TimeUnit.SECONDS));
        assertEquals(1, listened.listening.get());
        BlockingQueue<InetSocketAddress> heard = new LinkedBlockingQueue<>();
        Thread finder = Thread.ofPlatform().start(() -> phone.resolve(ANN, heard::add));
        assertEquals(BleAddress.of(BOARD), heard.poll(20, TimeUnit.SECONDS));
        assertEquals(1, listened.listening.get());
        for (Thread one : List.of(seeker, finder)) {
            one.interrupt();
            one.join();
        }
        assertEquals(0, listened.listening.get());
        assertEquals(0, listened.connecting.get());
    }

    @Test
    void whoIsOnALineIsNotLookedFor() throws Exception {
        call(phone, BOARD).close();
        assertEquals(List.of(BleAddress.of(BOARD)), found(phone, ANN));
        assertEquals(1, listened.begun.getCount());
    }

    /** CA-22. */
    @Test
    void aNodeThatIsAnotherThanItAdvertisesIsCalledOnceAndLeftAlone() throws Exception {
        String liar = ANN.toString().substring(0, 12) + "0".repeat(28);
        try (Peripheral eve = air.peripheral(OTHER)) {
            peripheral.close();
            offer(eve, liar);
            assertEquals(Optional.of(BleAddress.of(OTHER)), first(ANN));
            ExchangeException refused = assertThrows(ExchangeException.class, () -> call(phone, OTHER));
            assertEquals(Reason.WRONG_IDENTITY, refused.reason());
            assertTrue(refused.getMessage().contains(liar), refused.getMessage());
            assertTrue(phone.connected().isEmpty());
            assertEquals(Optional.empty(), first(ANN));
            assertEquals(1, listened.connecting.get());
        }
    }

    /** What is found first, in two seconds. */
    private Optional<InetSocketAddress> first(Fingerprint who) throws InterruptedException {
        BlockingQueue<InetSocketAddress> heard = new LinkedBlockingQueue<>();
        Thread finder = Thread.ofPlatform().start(() -> phone.resolve(who, heard::add));
        try {
            return Optional.ofNullable(heard.poll(2, TimeUnit.SECONDS));
        } finally {
            finder.interrupt();
            finder.join();
        }
    }

    @Test
    void whoIsCalledByAddressAloneMayBeAnybody() throws Exception {
        call(phone, BOARD).close();
        call(phone, BOARD).close();
        Connected line = phone.connected().getFirst();
        assertEquals(BleAddress.of(BOARD), line.address());
        assertTrue(line.isReached());
        assertEquals(1, listened.connecting.get());
    }

    @Test
    void manyWhoAskAtOnceShareOneLine() throws Exception {
        List<Thread> askers = new ArrayList<>();
        BlockingQueue<InetSocketAddress> ways = new LinkedBlockingQueue<>();
        for (int i = 0; i < 5; i++) {
            askers.add(Thread.ofPlatform()
                    .start(() -> ways.add(phone.leadingTo(BleAddress.of(BOARD)).orElseThrow())));
        }
        for (Thread one : askers) {
            one.join();
        }
        assertEquals(5, ways.size());
        assertEquals(1, listened.connecting.get());
    }

    /** The line is made all the same: whoever wanted it asks again. */
    @Test
    void whoWaitsNoMoreLeavesTheLineToTheNext() throws Exception {
        air.away(BOARD);
        Thread impatient = Thread.ofPlatform()
                .start(() -> assertThrows(ExchangeException.class, () -> phone.leadingTo(BleAddress.of(BOARD))));
        while (listened.connecting.get() == 0) {
            Thread.onSpinWait();
        }
        impatient.interrupt();
        impatient.join();
        air.back(BOARD);
        call(phone, BOARD).close();
        assertEquals(1, listened.connecting.get());
    }

    /** CA-14. */
    @Test
    void anEntranceTakesOneConnection() throws Exception {
        InetSocketAddress entrance = phone.leadingTo(BleAddress.of(BOARD)).orElseThrow();
        try (SocketChannel first = SocketChannel.open(entrance)) {
            Exchanges.say(first, "\u0016");
            atBoard.next();
            assertThrows(IOException.class, () -> SocketChannel.open(entrance));
        }
    }

    @Test
    void aHostIsNoWayByRadio() {
        assertEquals(Optional.empty(), phone.leadingTo(InetSocketAddress.createUnresolved("host.example", 6275)));
        assertEquals(Optional.empty(), phone.leadingTo(new InetSocketAddress("127.0.0.1", 6275)));
    }

    @Test
    void whatIsNoBluetoothAddressIsNamed() {
        InetSocketAddress broken = InetSocketAddress.createUnresolved("printer.ble", 6275);
        ExchangeException refused = assertThrows(ExchangeException.class, () -> phone.leadingTo(broken));
        assertEquals(Reason.UNREACHABLE, refused.reason());
        assertTrue(refused.getMessage().contains("printer.ble"), refused.getMessage());
    }

    /** CA-29. */
    @Test
    void whereThereIsNoRadioNobodyIsFound() {
        assertEquals(List.of(), found(board, BOB));
        ExchangeException none = assertThrows(ExchangeException.class, () -> board.leadingTo(BleAddress.of(OTHER)));
        assertEquals(Reason.UNREACHABLE, none.reason());
        assertEquals("the board seeks nobody", none.getMessage());
    }

    @Test
    void oneThatIsClosedLeadsNowhere() {
        phone.close();
        assertThrows(ExchangeException.class, () -> phone.leadingTo(BleAddress.of(BOARD)));
        assertEquals(List.of(), found(phone, ANN));
    }
}
