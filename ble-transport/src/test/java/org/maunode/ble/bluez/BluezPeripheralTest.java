package org.maunode.ble.bluez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.dbus.Bus;
import org.maunode.ble.dbus.DBusException;
import org.maunode.ble.dbus.Match;
import org.maunode.ble.dbus.MethodCall;
import org.maunode.ble.dbus.PrivateBus;
import org.maunode.ble.dbus.Value;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.gatt.StandardValues;

/** Against a BlueZ of ours on a real bus; what real BlueZ makes of it is tried in the lab. */
class BluezPeripheralTest {
    private static final String IDENTITY = "00112233445566778899aabbccddeeff01234567";
    private static final String INFO = "e949879b-3deb-4d3f-839a-f8b66845cd4f";
    private static final byte[] FRAME = {1, 2, 3};
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path files;

    private PrivateBus daemon;
    private FakeBluez bluez;
    private final BlockingQueue<Central> centrals = new LinkedBlockingQueue<>();
    private Optional<BluezPeripheral> node = Optional.empty();

    /** A central, as the node sees it. */
    private static final class Central implements LinkListener {
        private final Link link;
        private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> lost = new CompletableFuture<>();

        Central(Link link) {
            this.link = link;
        }

        @Override
        public void received(byte[] frame) {
            frames.add(frame);
        }

        @Override
        public void lost(String why) {
            assertTrue(lost.complete(why), "lost twice");
        }

        byte[] next() throws InterruptedException {
            return frames.poll(20, TimeUnit.SECONDS);
        }

        String why() {
            return lost.orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @BeforeEach
    void start() throws Exception {
        daemon = PrivateBus.in(files);
    }

    @AfterEach
    void stop() {
        node.ifPresent(BluezPeripheral::close);
        Optional.ofNullable(bluez).ifPresent(FakeBluez::close);
        Optional.ofNullable(daemon).ifPresent(PrivateBus::close);
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("mau-"))
                        .toList());
    }

    private BluezPeripheral serve(Optional<String> adapter, Optional<Pairing> pairing) {
        BluezPeripheral made = new BluezPeripheral(
                new BluezPeripheral.Options(daemon.address(), adapter.map(BluetoothAddress::new), pairing),
                InstantSource.system());
        node = Optional.of(made);
        made.offer(
                new Peripheral.Offer(
                        new NodeInfo(IDENTITY, "A node"),
                        List.of(
                                StandardValues.temperature(() -> 30.5),
                                StandardValues.humidity(() -> 50),
                                StandardValues.batteryLevel(() -> Double.NaN))),
                this::accept);
        return made;
    }

    private LinkListener accept(Link link) {
        Central central = new Central(link);
        centrals.add(central);
        return central;
    }

    private Central accepted() throws InterruptedException {
        return centrals.poll(20, TimeUnit.SECONDS);
    }

    private void serving() throws InterruptedException {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        serve(Optional.empty(), Optional.empty());
        bluez.await("advertised " + FakeBluez.HCI0);
    }

    private Map<String, Value> object(String uuid) {
        return bluez.application()
                .get(bluez.characteristic(uuid))
                .asMap()
                .get(Names.CHARACTERISTIC)
                .asMap();
    }

    /** BLE-GATT-1 to 5. */
    @Test
    void offersTheServiceWithItsThreeCharacteristicsAndTheirOneFlagEach() throws Exception {
        serving();
        Map<String, Value> service = bluez.application()
                .get("/org/maunode/ble/service0")
                .asMap()
                .get(Names.SERVICE)
                .asMap();
        assertEquals("e9498798-3deb-4d3f-839a-f8b66845cd4f", service.get("UUID").asText());
        assertTrue(service.get("Primary").asBoolean());
        assertEquals(
                List.of(Value.of("write-without-response")),
                object("e9498799-3deb-4d3f-839a-f8b66845cd4f").get("Flags").asList());
        assertEquals(
                List.of(Value.of("notify")),
                object("e949879a-3deb-4d3f-839a-f8b66845cd4f").get("Flags").asList());
        assertEquals(List.of(Value.of("read")), object(INFO).get("Flags").asList());
        assertEquals("/org/maunode/ble/service0", object(INFO).get("Service").asText());
    }

    /** BLE-GATT-10 and 11; BLE-GATT-11 as BlueZ asks for the parts. */
    @Test
    void tellsItsInfoWholeAndInParts() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        byte[] whole = new NodeInfo(IDENTITY, "A node").encode();
        assertArrayEquals(whole, phone.read(INFO, 0));
        assertEquals("node", new String(phone.read(INFO, 23)));
        assertEquals(0, phone.read(INFO, whole.length).length);
        DBusException beyond = assertThrows(DBusException.class, () -> phone.read(INFO, whole.length + 1));
        assertEquals("org.bluez.Error.InvalidOffset", beyond.errorName());
    }

    /** BLE-GATT-20 to 22: what makes 31 bytes in BlueZ's hands. */
    @Test
    void advertisesServiceHintAndNameAndNothingElse() throws Exception {
        serving();
        Map<String, Value> said = bluez.advertisement();
        assertEquals(Set.of("Type", "ServiceUUIDs", "ManufacturerData", "Discoverable", "LocalName"), said.keySet());
        assertEquals("peripheral", said.get("Type").asText());
        assertEquals(
                List.of(Value.of("e9498798-3deb-4d3f-839a-f8b66845cd4f")),
                said.get("ServiceUUIDs").asList());
        Value.Dictionary data = (Value.Dictionary) said.get("ManufacturerData");
        assertEquals(0xFFFF, data.entries().getFirst().key().asLong());
        assertEquals(
                "001122334455",
                HexFormat.of().formatHex(data.entries().getFirst().value().asBytes()));
        assertEquals("A node", said.get("LocalName").asText());
    }

    /** BLE-GATT-40. */
    @Test
    void aLinkBeginsWithTheFirstWriteAndCarriesFramesBothWays() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        phone.read(INFO, 0);
        assertTrue(centrals.isEmpty());
        phone.write(FRAME);
        Central central = accepted();
        assertArrayEquals(FRAME, central.next());
        assertEquals("00:00:00:00:00:01", central.link.peer().text());
        assertEquals(247, central.link.mtu());
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        central.link.send(new byte[] {9, 8}, () -> taken.complete(true));
        assertTrue(taken.orTimeout(20, TimeUnit.SECONDS).join());
        assertArrayEquals(new byte[] {9, 8}, bluez.notified.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void framesGoOutInOrderAndEachIsTakenOnce() throws Exception {
        serving();
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        Link link = accepted().link;
        BlockingQueue<Integer> taken = new LinkedBlockingQueue<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            link.send(new byte[] {(byte) number}, () -> taken.add(number));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, taken.poll(20, TimeUnit.SECONDS));
            assertEquals(i, bluez.notified.poll(20, TimeUnit.SECONDS)[0]);
        }
    }

    /** BLE-GATT-30. */
    @Test
    void whatMtuWasNotToldIsTheSmallest() throws Exception {
        serving();
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME, Map.of()).join();
        assertEquals(23, accepted().link.mtu());
    }

    /** BLE-GATT-41: a phone that is gone and back at once, of which BlueZ tells nothing. */
    @Test
    void anMtuThatShrinksIsAnotherConnection() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        phone.write(FRAME, Map.of("mtu", Value.uint16(185))).join();
        Central first = accepted();
        phone.write(FRAME, Map.of("mtu", Value.uint16(247))).join();
        assertTrue(centrals.isEmpty());
        phone.write(FRAME, Map.of("mtu", Value.uint16(184))).join();
        assertEquals("connected anew", first.why());
        assertEquals(184, accepted().link.mtu());
        assertEquals(2, first.frames.size());
    }

    /** BLE-GATT-6. */
    @Test
    void dropsWhatCannotBeAFrame() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        phone.write(new byte[0]);
        phone.write(new byte[513]);
        phone.write(FRAME, Map.of("offset", Value.uint16(1))).join();
        assertTrue(centrals.isEmpty());
        phone.write(new byte[512]);
        assertEquals(512, accepted().next().length);
    }

    /** BLE-GATT-33, 40, 41. */
    @Test
    void tellsSeveralCentralsApart() throws Exception {
        serving();
        FakeBluez.Phone one = bluez.phone(FakeBluez.HCI0, 1);
        FakeBluez.Phone two = bluez.phone(FakeBluez.HCI0, 2);
        one.write(new byte[] {1});
        two.write(new byte[] {2});
        one.write(new byte[] {3});
        Central first = accepted();
        Central second = accepted();
        assertEquals(1, first.next()[0]);
        assertEquals(2, second.next()[0]);
        assertEquals(3, first.next()[0]);
        one.leave();
        assertEquals("disconnected", first.why());
        assertFalse(second.lost.isDone());
        one.write(new byte[] {4});
        assertEquals(4, accepted().next()[0]);
    }

    /** BLE-GATT-42. */
    @Test
    void listensToSixteenCentralsAndNotToASeventeenthUntilOneLeaves() throws Exception {
        serving();
        for (int i = 1; i <= Links.MOST; i++) {
            bluez.phone(FakeBluez.HCI0, i).write(FRAME);
            assertEquals(FRAME.length, accepted().next().length);
        }
        FakeBluez.Phone late = bluez.phone(FakeBluez.HCI0, 99);
        late.write(FRAME);
        assertTrue(centrals.isEmpty());
        bluez.phone(FakeBluez.HCI0, 98).leave();
        bluez.new Phone(FakeBluez.HCI0 + "/dev_00_00_00_00_00_05").leave();
        late.write(FRAME);
        assertEquals("00:00:00:00:00:63", accepted().link.peer().text());
    }

    /** BLE-GATT-34, 43. */
    @Test
    void closingALinkEndsTheConnection() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        phone.write(FRAME);
        Central central = accepted();
        central.link.close();
        bluez.await("disconnect " + phone.path);
        assertEquals("disconnected", central.why());
        central.link.close();
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        central.link.send(FRAME, () -> taken.complete(true));
        assertTrue(taken.orTimeout(20, TimeUnit.SECONDS).join());
        assertTrue(bluez.notified.isEmpty());
    }

    @Test
    void closingTheNodeEndsEveryConnection() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        phone.write(FRAME);
        Central central = accepted();
        node.orElseThrow().close();
        bluez.await("disconnect " + phone.path);
        assertTrue(central.lost.isDone());
        assertThrows(IllegalStateException.class, () -> node.orElseThrow()
                .offer(new Peripheral.Offer(new NodeInfo(IDENTITY, ""), List.of()), this::accept));
    }

    /** A program of the same user, or one that the bus lets through, is not BlueZ. */
    @Test
    void onlyBluezMayWriteAndRead() throws Exception {
        serving();
        try (Bus stranger = daemon.connect()) {
            String[] name = {""};
            bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
            accepted();
            name[0] = nodesName(stranger);
            DBusException refused = assertThrows(
                    DBusException.class,
                    () -> stranger.ask(MethodCall.of(
                            name[0],
                            bluez.characteristic(INFO),
                            Names.CHARACTERISTIC,
                            "ReadValue",
                            Value.properties(Map.of()))));
            assertEquals("org.bluez.Error.NotPermitted", refused.errorName());
        }
    }

    /** The one on the bus that is neither asking, nor BlueZ, nor the bus. */
    private static String nodesName(Bus stranger) {
        String owner = stranger.ask(MethodCall.of(Bus.DAEMON, "/", Bus.DAEMON, "GetNameOwner", Value.of("org.bluez")))
                .getFirst()
                .asText();
        return stranger.ask(MethodCall.of(Bus.DAEMON, "/", Bus.DAEMON, "ListNames")).getFirst().asList().stream()
                .map(Value::asText)
                .filter(each -> each.startsWith(":") && !each.equals(owner) && !each.equals(stranger.uniqueName()))
                .findFirst()
                .orElseThrow();
    }

    /** What we notify is between BlueZ and us: other programs on the bus do not get to see it. */
    @Test
    void notificationsGoToBluezAlone() throws Exception {
        serving();
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        Link link = accepted().link;
        BlockingQueue<String> overheard = new LinkedBlockingQueue<>();
        try (Bus stranger = daemon.connect()) {
            String name = nodesName(stranger);
            stranger.onSignal(Match.from(name), signal -> overheard.add(signal.member()));
            stranger.ask(MethodCall.of(name, "/", "org.freedesktop.DBus.Peer", "Ping"));
            link.send(FRAME, () -> {});
            assertArrayEquals(FRAME, bluez.notified.poll(20, TimeUnit.SECONDS));
            stranger.ask(MethodCall.of(name, "/", "org.freedesktop.DBus.Peer", "Ping"));
            assertTrue(overheard.isEmpty(), overheard.toString());
        }
    }

    /** BLE-GATT-50 to 52. */
    @Test
    void offersStandardValuesBesideTheService() throws Exception {
        serving();
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        assertArrayEquals(new byte[] {(byte) 0xea, 0x0b}, phone.read("00002a6e-0000-1000-8000-00805f9b34fb", 0));
        assertArrayEquals(new byte[] {(byte) 0x88, 0x13}, phone.read("00002a6f-0000-1000-8000-00805f9b34fb", 0));
        assertThrows(DBusException.class, () -> phone.read("00002a19-0000-1000-8000-00805f9b34fb", 0));
        assertEquals(1, bluez.advertisement().get("ServiceUUIDs").asList().size());
    }

    /** BLE-GATT-61. */
    @Test
    void usesTheAdapterWhoseAddressItWasGiven() throws Exception {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        serve(Optional.of(FakeBluez.address(FakeBluez.HCI1)), Optional.empty());
        bluez.plug(FakeBluez.HCI1);
        assertEquals("registered " + FakeBluez.HCI1, bluez.await("registered"));
    }

    /** BLE-GATT-61. */
    @Test
    void goesToAnotherAdapterWhenTheFirstIsUnplugged() throws Exception {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0, FakeBluez.HCI1);
        serve(Optional.empty(), Optional.empty());
        bluez.await("advertised " + FakeBluez.HCI0);
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        bluez.unplug(FakeBluez.HCI0);
        bluez.await("advertised " + FakeBluez.HCI1);
        assertEquals("the adapter is gone", accepted().why());
    }

    /** BLE-GATT-60. */
    @Test
    void comesBackWhenTheAdapterIsOnAgain() throws Exception {
        serving();
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        bluez.power(FakeBluez.HCI0, false);
        assertEquals("the adapter is gone", accepted().why());
        bluez.await("withdrawn");
        bluez.await("unregistered");
        bluez.power(FakeBluez.HCI0, true);
        bluez.await("advertised " + FakeBluez.HCI0);
    }

    /** BLE-GATT-60. */
    @Test
    void comesBackWhenBluezIsStartedAgain() throws Exception {
        serve(Optional.empty(), Optional.empty());
        for (int i = 0; i < 10; i++) {
            bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
            bluez.await("advertised " + FakeBluez.HCI0);
            bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
            Central central = accepted();
            bluez.close();
            assertEquals("BlueZ is gone", central.why());
        }
    }

    /** BLE-GATT-60. */
    @Test
    void comesBackWhenTheBusIsThereAgain() throws Exception {
        serving();
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        Central central = accepted();
        daemon.kill();
        assertEquals("the bus is gone", central.why());
        bluez.close();
        daemon.start();
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        bluez.await("advertised " + FakeBluez.HCI0);
        bluez.phone(FakeBluez.HCI0, 1).write(FRAME);
        assertArrayEquals(FRAME, accepted().next());
    }

    @Test
    void triesAgainWhenTheAdvertisementIsRefusedOrDropped() throws Exception {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        bluez.refuse(2);
        serve(Optional.empty(), Optional.empty());
        bluez.await("advertised");
        bluez.release();
        bluez.await("advertised");
    }

    /** BLE-GATT-70. */
    @Test
    void registersNoAgentUnlessAsked() throws Exception {
        serving();
        assertFalse(bluez.events.stream().anyMatch(event -> event.startsWith("agent")));
        assertThrows(IllegalStateException.class, () -> node.orElseThrow().openPairing(LONG));
    }

    /** BLE-GATT-71, 72. */
    @Test
    void pairsWithoutAPasskeyOnlyWhileTheWindowIsOpen() throws Exception {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        BluezPeripheral made = serve(Optional.empty(), Optional.of(Pairing.withoutDisplay(Pairing.Bonds.KEPT)));
        assertEquals("agent NoInputNoOutput", bluez.await("agent"));
        bluez.await("advertised");
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        assertEquals("org.bluez.Error.Rejected", refusal(phone, "RequestAuthorization"));
        made.openPairing(LONG);
        assertEquals(List.of(), phone.ask("RequestAuthorization"));
        assertEquals("org.bluez.Error.Rejected", refusal(phone, "RequestConfirmation", Value.uint32(1)));
        made.openPairing(Duration.ZERO);
        assertEquals("org.bluez.Error.Rejected", refusal(phone, "RequestAuthorization"));
    }

    private static String refusal(FakeBluez.Phone phone, String member, Value... more) {
        return assertThrows(DBusException.class, () -> phone.ask(member, more)).errorName();
    }

    /** BLE-GATT-72, 73. */
    @Test
    void showsAPasskeyAndTakesNothingElseAndForgetsThePhoneAfterwards() throws Exception {
        bluez = FakeBluez.on(daemon, FakeBluez.HCI0);
        BlockingQueue<String> shown = new LinkedBlockingQueue<>();
        Pairing pairing = new Pairing(Pairing.Capability.DISPLAY, Pairing.Bonds.DROPPED, display(shown));
        BluezPeripheral made = serve(Optional.empty(), Optional.of(pairing));
        assertEquals("agent DisplayOnly", bluez.await("agent"));
        bluez.await("advertised");
        FakeBluez.Phone phone = bluez.phone(FakeBluez.HCI0, 1);
        Value[] passkey = {Value.uint32(7), Value.uint16(0)};
        assertEquals("org.bluez.Error.Rejected", refusal(phone, "DisplayPasskey", passkey));
        made.openPairing(LONG);
        assertEquals("org.bluez.Error.Rejected", refusal(phone, "RequestAuthorization"));
        shown.clear();
        phone.ask("DisplayPasskey", passkey);
        assertEquals("000007", shown.poll(20, TimeUnit.SECONDS));
        bluez.changed(phone.path, Names.DEVICE, "Paired", Value.of(true));
        assertEquals("", shown.poll(20, TimeUnit.SECONDS));
        phone.leave();
        assertEquals("remove " + phone.path, bluez.await("remove"));
    }

    private static Pairing.Display display(BlockingQueue<String> shown) {
        return new Pairing.Display() {
            @Override
            public void show(String passkey) {
                shown.add(passkey);
            }

            @Override
            public void clear() {
                shown.add("");
            }
        };
    }

    @Test
    void whoMayNotIsToldWhatHelps() {
        DBusException denied =
                DBusException.error("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message, 2");
        assertTrue(Presence.words(denied).contains("org.maunode.conf"));
        assertEquals(Presence.words(denied), Presence.words(new CompletionException(denied)));
        assertEquals("no", Presence.words(DBusException.error("org.bluez.Error.Failed", "no")));
    }

    /** BLE-GATT-60. */
    @Test
    void saysOnceThatItIsGoneAndOnceThatItIsBack() {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Presence presence = new Presence(said::add, said::add);
        presence.away("no adapter");
        presence.away("the bus is gone");
        presence.here("00:AA:01:00:00:00");
        presence.here("00:AA:01:00:00:00");
        presence.away("unplugged");
        assertEquals(
                List.of(
                        "ble.away why=\"no adapter\"",
                        "ble.serving adapter=00:AA:01:00:00:00",
                        "ble.away why=\"unplugged\""),
                List.copyOf(said));
    }
}
