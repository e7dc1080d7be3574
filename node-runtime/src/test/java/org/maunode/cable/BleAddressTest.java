package org.maunode.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.identity.HostAndPort;

class BleAddressTest {
    private static final BluetoothAddress NODE = new BluetoothAddress("00:AA:01:00:00:2F");

    /** CA-10. */
    @Test
    void isWrittenAsAHostAndReadBack() {
        InetSocketAddress written = BleAddress.of(NODE);
        assertEquals("00-aa-01-00-00-2f.ble:6275", HostAndPort.format(written));
        assertEquals(Optional.of(NODE), BleAddress.read(HostAndPort.parse("00-aa-01-00-00-2f.ble")));
        assertEquals(Optional.of(NODE), BleAddress.read(HostAndPort.parse("00-AA-01-00-00-2F.BLE:1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-aa-01-00-00-2f", "host.example", "00-aa-01-00-00.ble", "00-aa-01-00-00-2g.ble", ".ble"})
    void nothingElseIsOne(String host) {
        assertEquals(Optional.empty(), BleAddress.read(InetSocketAddress.createUnresolved(host, 6275)));
    }

    /** CA-11. */
    @ParameterizedTest
    @ValueSource(strings = {"00-aa-01-00-00-2f.ble:6275", "00-AA-01-00-00-2F.BLE:6275", "anything.ble:1"})
    void aStrangerCannotTellOne(String told) {
        assertEquals(Optional.empty(), HostAndPort.told(told));
    }

    @Test
    void eachHasItsOwnOriginThatNoNetworkHas() {
        long origin = BleAddress.origin(NODE);
        assertNotEquals(origin, BleAddress.origin(new BluetoothAddress("00:AA:01:00:00:2E")));
        assertEquals(1, origin >>> 48);
    }
}
