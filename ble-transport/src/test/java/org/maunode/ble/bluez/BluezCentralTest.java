package org.maunode.ble.bluez;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.air.Heard;
import org.maunode.ble.bluez.ScriptedBlueZ.Fault;
import org.maunode.ble.dbus.PrivateBus;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Central.Connection;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.GattException.Reason;
import org.maunode.ble.gatt.Sighting;

/** What the lab cannot make BlueZ do, or not on demand; that it works at all is {@code GattContract}'s business there. */
class BluezCentralTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Sighting SEEN = new Sighting(
            ScriptedBlueZ.PEER,
            Optional.of(ScriptedBlueZ.NODE.hint()),
            Optional.of(ScriptedBlueZ.NODE.name()),
            OptionalInt.of(-60));

    @TempDir
    private Path files;

    private final Heard heard = new Heard();
    private final BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();
    private PrivateBus daemon;
    private ScriptedBlueZ bluez;
    private BluezCentral central;

    @BeforeEach
    void start() throws Exception {
        daemon = PrivateBus.in(files);
        bluez = new ScriptedBlueZ(daemon.connect());
        central = new BluezCentral(daemon.address(), Optional.of(ScriptedBlueZ.ADAPTER));
    }

    @AfterEach
    void noThreadIsLeft() throws InterruptedException {
        if (daemon != null) {
            central.close();
            bluez.close();
            daemon.close();
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertTrue(!thread.getName().startsWith("mau-") || thread.join(PATIENCE), thread.getName());
        }
    }

    private void restart(Fault... faults) {
        bluez.close();
        bluez = new ScriptedBlueZ(daemon.connect(), faults);
    }

    private Connection connect() {
        return central.connect(ScriptedBlueZ.PEER, heard, PATIENCE);
    }

    private Reason refusal() {
        return assertThrows(GattException.class, this::connect).reason();
    }

    private Sighting sighting() throws InterruptedException {
        return Optional.ofNullable(seen.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .orElseThrow();
    }

    private void assertEchoes(Connection connection) throws InterruptedException {
        connection.link().send(new byte[] {1, 2, 3}, () -> {});
        assertArrayEquals(new byte[] {1, 2, 3}, heard.frame(PATIENCE));
    }

    @Test
    void connectsOnceItHasStoppedToScanAndWritesCommands() throws Exception {
        Connection connection = connect();
        assertEquals(ScriptedBlueZ.NODE, connection.info());
        assertEquals(185, connection.link().mtu());
        assertEchoes(connection);
        assertEquals(
                List.of("SetDiscoveryFilter anybody", "StartDiscovery", "StopDiscovery", "Connect", "StartNotify"),
                bluez.until("WriteValue command"));
    }

    @Test
    void asksWhereBlueZForgetsToSignalThatItIsConnected() throws Exception {
        restart(Fault.FORGETS_TO_SIGNAL_CONNECTED);
        assertEchoes(connect());
    }

    @Test
    void triesAgainAfterARefusedConnect() throws Exception {
        bluez.refusing("org.bluez.Error.Failed", "org.bluez.Error.InProgress");
        assertEchoes(connect());
        assertEquals(3, bluez.callsSoFar().stream().filter("Connect"::equals).count());
    }

    @Test
    void triesAgainWhereBlueZRemembersOldServices() throws Exception {
        restart(Fault.FAILS_THE_FIRST_READ);
        assertEchoes(connect());
        bluez.until("Disconnect");
        bluez.until("Connect");
    }

    @Test
    void triesAgainWhereTheServicesAreNotResolved() throws Exception {
        restart(Fault.RESOLVES_NOTHING_AT_FIRST);
        assertEchoes(central.connect(ScriptedBlueZ.PEER, heard, Duration.ofSeconds(4)));
        bluez.until("Connect");
        bluez.until("Disconnect");
        bluez.until("Connect");
    }

    @Test
    void whoMayNotIsToldSo() throws Exception {
        bluez.refusing("org.freedesktop.DBus.Error.AccessDenied");
        assertEquals(Reason.NOT_ALLOWED, refusal());
    }

    @Test
    void aDeviceWithoutTheServiceIsNoNodeAndDoesNotStayConnected() throws Exception {
        restart(Fault.IS_NO_NODE);
        assertEquals(Reason.NOT_A_NODE, refusal());
        bluez.until("Disconnect");
    }

    @Test
    void whereTheMtuIsNotToldItIsTheSmallest() throws Exception {
        restart(Fault.KEEPS_ITS_MTU_TO_ITSELF);
        assertEquals(23, connect().link().mtu());
    }

    @Test
    void scansForNodesAloneWhileSomebodyListens() throws Exception {
        Central.Scan scan = central.scan(seen::add);
        assertEquals(SEEN, sighting());
        scan.close();
        assertEquals(List.of("SetDiscoveryFilter nodes", "StartDiscovery"), bluez.until("StopDiscovery"));
    }

    @Test
    void endsItsConnectionToTheBusWhenNobodyNeedsIt() throws Exception {
        central.scan(seen::add).close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ours = thread.getName().equals("mau-dbus") && !bluez.isRunBy(thread);
            assertTrue(!ours || thread.join(PATIENCE), "the bus is still there");
        }
    }

    @Test
    void theOtherSideMayBreakTheConnection() throws Exception {
        connect();
        bluez.breakConnection();
        assertEquals("the connection broke", heard.loss(PATIENCE));
    }

    @Test
    void aCloseOfOursIsHeardAsOne() throws Exception {
        connect().link().close();
        assertEquals("closed here", heard.loss(PATIENCE));
    }

    @Test
    void aServiceThatIsWithdrawnEndsTheLink() throws Exception {
        connect();
        bluez.withdrawService();
        assertEquals("the node serves no more", heard.loss(PATIENCE));
        bluez.until("Disconnect");
    }

    @Test
    void aSwitchedOffAdapterEndsTheLinkAndTheScanGoesOnWhenItIsOn() throws Exception {
        connect();
        central.scan(seen::add);
        bluez.until("StartDiscovery");
        bluez.power(false);
        bluez.breakConnection();
        heard.loss(PATIENCE);
        assertEquals(Reason.NO_ADAPTER, refusal());
        bluez.power(true);
        bluez.until("StartDiscovery");
    }

    @Test
    void bluetoothdMayBeKilledAndStartedAgain() throws Exception {
        connect();
        central.scan(seen::add);
        assertEquals(SEEN, sighting());
        bluez.close();
        assertEquals("bluetoothd does not run", heard.loss(PATIENCE));
        assertEquals(Reason.NO_ADAPTER, refusal());
        bluez = new ScriptedBlueZ(daemon.connect());
        assertEquals(SEEN, sighting());
        assertEchoes(connect());
    }

    @Test
    void theBusMayBeKilledAndStartedAgain() throws Exception {
        connect();
        central.scan(seen::add);
        assertEquals(SEEN, sighting());
        daemon.kill();
        heard.loss(PATIENCE);
        bluez.close();
        daemon.start();
        bluez = new ScriptedBlueZ(daemon.connect());
        assertEquals(SEEN, sighting());
        assertEchoes(connect());
    }

    @Test
    void anotherAdapterIsNoAdapter() {
        try (BluezCentral other = new BluezCentral(daemon.address(), Optional.of(ScriptedBlueZ.PEER))) {
            GattException refused = assertThrows(GattException.class, () -> other.scan(seen::add));
            assertEquals("there is no adapter 00:AA:01:00:00:00 that is switched on", refused.getMessage());
        }
    }

    @Test
    void nothingIsDoneAfterTheEnd() {
        central.close();
        assertEquals(Reason.NO_ADAPTER, refusal());
        assertThrows(GattException.class, () -> central.scan(seen::add));
        assertFalse(bluez.callsSoFar().contains("Connect"));
    }

    @Test
    void aDeviceThatIsNeverHeardIsNotFound() {
        BluetoothAddress absent = new BluetoothAddress("00:AA:01:77:77:77");
        GattException refused =
                assertThrows(GattException.class, () -> central.connect(absent, heard, Duration.ofMillis(300)));
        assertEquals(Reason.NOT_FOUND, refused.reason());
    }
}
