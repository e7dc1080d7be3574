package org.maunode.ble.gatt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written on the air, byte by byte. */
class GattTest {
    private static final String IDENTITY = "00112233445566778899aabbccddeeff01234567";

    private static String written(NodeInfo info) {
        return HexFormat.of().formatHex(info.encode());
    }

    /** BLE-GATT-10. */
    @Test
    void writesAndReadsItsInfo() {
        assertEquals("01" + IDENTITY + "4e6fc3ab6c", written(new NodeInfo(IDENTITY, "Noël")));
        NodeInfo read = NodeInfo.decode(HexFormat.of().parseHex("01" + IDENTITY + "4e6fc3ab6c"));
        assertEquals(new NodeInfo(IDENTITY, "Noël"), read);
        assertEquals(21, new NodeInfo(IDENTITY, "").encode().length);
    }

    /** BLE-GATT-10: 64 bytes, and not within a character. */
    @Test
    void cutsALongNameBetweenCharacters() {
        assertEquals(85, new NodeInfo(IDENTITY, "x".repeat(65)).encode().length);
        assertEquals(84, new NodeInfo(IDENTITY, "x".repeat(63) + "ë").encode().length);
        assertEquals(21 + 61, new NodeInfo(IDENTITY, "x".repeat(61) + "\uD83D\uDCE1").encode().length);
    }

    /** BLE-GATT-12. */
    @Test
    void goesAwayFromWhatIsNoNode() {
        byte[] good = new NodeInfo(IDENTITY, "x".repeat(64)).encode();
        assertRefused(Arrays.copyOf(good, 20));
        assertRefused(Arrays.copyOf(good, 86));
        good[0] = 2;
        assertRefused(good);
        assertRefused(new byte[0]);
    }

    private static void assertRefused(byte[] value) {
        GattException refused = assertThrows(GattException.class, () -> NodeInfo.decode(value));
        assertEquals(GattException.Reason.NOT_A_NODE, refused.reason());
    }

    /** BLE-GATT-21, 23: first bytes, which many identities may share. */
    @Test
    void hintsAtTheIdentity() {
        assertEquals("001122334455", new NodeInfo(IDENTITY, "").hint());
    }

    /** BLE-GATT-1 to 4. */
    @Test
    void theUuidsAreThoseOfTheSpecification() {
        assertEquals("e9498798-3deb-4d3f-839a-f8b66845cd4f", MauService.SERVICE.toString());
        assertEquals("e9498799-3deb-4d3f-839a-f8b66845cd4f", MauService.WRITE.toString());
        assertEquals("e949879a-3deb-4d3f-839a-f8b66845cd4f", MauService.NOTIFY.toString());
        assertEquals("e949879b-3deb-4d3f-839a-f8b66845cd4f", MauService.INFO.toString());
    }

    /** BLE-GATT-51. */
    @ParameterizedTest
    @CsvSource({
        "21.5, 6608",
        "-0.01, ffff",
        "-273.15, 4d95",
        "-273.16, 0080",
        "327.67, ff7f",
        "327.68, 0080",
        "NaN, 0080"
    })
    void writesTemperature(double celsius, String hex) {
        assertValue(hex, StandardValues.temperature(() -> celsius));
    }

    /** BLE-GATT-51. */
    @ParameterizedTest
    @CsvSource({"0, 0000", "45.67, d711", "100, 1027", "100.01, ffff", "-0.01, ffff", "NaN, ffff"})
    void writesHumidity(double percent, String hex) {
        assertValue(hex, StandardValues.humidity(() -> percent));
    }

    /** BLE-GATT-51. */
    @ParameterizedTest
    @CsvSource({"101325, 02760f00", "0, 00000000", "429496729.5, ffffffff", "429496729.6, ''", "-1, ''", "NaN, ''"})
    void writesPressure(double pascal, String hex) {
        assertValue(hex, StandardValues.pressure(() -> pascal));
    }

    /** BLE-GATT-51. */
    @ParameterizedTest
    @CsvSource({"0, 00", "100, 64", "101, ''", "NaN, ''"})
    void writesTheBatterysLevel(double percent, String hex) {
        assertValue(hex, StandardValues.batteryLevel(() -> percent));
    }

    private static void assertValue(String hex, Peripheral.Readable readable) {
        assertEquals(hex, HexFormat.of().formatHex(readable.value().get()));
    }

    /** BLE-GATT-50. */
    @Test
    void tellsOfTheDevice() {
        Peripheral.Readable model = StandardValues.modelNumber("Zero 2");
        assertEquals("0000180a-0000-1000-8000-00805f9b34fb", model.service().toString());
        assertEquals(
                "00002a24-0000-1000-8000-00805f9b34fb", model.characteristic().toString());
        assertArrayEquals(
                new byte[] {'Z', 'e', 'r', 'o', ' ', '2'}, model.value().get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00:AA:01:00:00", "00:AA:01:00:00:0G", "00-AA-01-00-00-00", "00:aa:01:00:00:00:00"})
    void refusesWhatIsNoAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> BluetoothAddress.parse(text));
    }

    @Test
    void readsAnAddressInEitherCase() {
        assertEquals(
                "00:AA:01:00:00:23", BluetoothAddress.parse("00:aa:01:00:00:23").text());
    }
}
