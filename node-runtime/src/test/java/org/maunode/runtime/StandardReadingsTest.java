package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Peripheral.Readable;
import org.maunode.ble.gatt.StandardValues;
import org.maunode.device.Readers;
import org.maunode.device.WritePolicy;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.Profiles;
import org.maunode.identity.FileName;

/** What an app sees that knows nothing of Mau. */
@ExtendWith(MauThreads.class)
@Timeout(60)
class StandardReadingsTest {
    private static final int TEMPERATURE = 0x2A6E;
    private static final int HUMIDITY = 0x2A6F;
    private static final int PRESSURE = 0x2A6D;
    private static final int BATTERY = 0x2A19;
    private static final int MODEL = 0x2A24;
    private static final int SOFTWARE = 0x2A28;
    private static final byte[] UNKNOWN = {0, (byte) 0x80};
    private static final BluetoothAddress HERE = new BluetoothAddress("00:AA:01:00:00:0A");

    @TempDir
    private Path place;

    private static DeviceOptions simulated(Profile profile) {
        return new DeviceOptions(profile, DeviceOptions.Board.SIMULATED, WritePolicy.DEFAULT);
    }

    private static Profile profile(String channels) {
        String json = "{\"name\": \"p\", \"version\": 1, \"title\": \"P\", \"channels\": {" + channels + "}}";
        return Profiles.parse("p", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String channel(String name, String driver, String measures, String unit, String more) {
        return "\"%s\": {\"title\": \"%s\", \"driver\": \"%s\", \"measures\": \"%s\", \"unit\": \"%s\", %s\"precision\": 0.01, \"deadBand\": 0}"
                .formatted(name, name, driver, measures, unit, more);
    }

    private static List<Integer> offered(Profile profile, Readers readers) {
        return new StandardReadings(simulated(profile), readers)
                .offered().stream().map(StandardReadingsTest::number).toList();
    }

    private static int number(Readable readable) {
        return (int) (readable.characteristic().getMostSignificantBits() >>> 32);
    }

    private static final String BATTERY_LEVEL = channel(
            "battery",
            "i2c-registers",
            "level",
            "P1",
            "\"wiring\": {\"bus\": 1, \"address\": \"0x36\", \"register\": \"0x04\", \"bytes\": 1}, \"least\": 0,"
                    + " \"most\": 100, ");

    @Test
    void eachCharacteristicIsOfferedOnceAndOnlyByWhatMeasuresJustThat() {
        Profile weather = profile(String.join(
                ", ",
                channel("cpu", "cpu-temperature", "cpuTemperature", "CEL", ""),
                channel("air", "bme280", "airTemperature", "CEL", ""),
                channel("damp", "bme280", "relativeHumidity", "P1", ""),
                channel("weight", "bme280", "airPressure", "A97", ""),
                channel("ground", "ds18b20", "airTemperature", "CEL", ""),
                BATTERY_LEVEL.replace("battery", "tank").replace("0x36", "0x37"),
                BATTERY_LEVEL));
        assertEquals(
                List.of(SOFTWARE, MODEL, TEMPERATURE, HUMIDITY, PRESSURE, BATTERY),
                offered(weather, new Readers.Everyone()));
    }

    @Test
    void whatIsSealedIsNotOffered() {
        String group = "\"readers\": \"family\", ";
        Profile home = profile(String.join(
                ", ",
                channel("bed", "ds18b20", "airTemperature", "CEL", group),
                channel("damp", "sht3x", "relativeHumidity", "P1", ""),
                channel("weight", "bmp280", "airPressure", "A97", "\"readers\": \"public\", ")));
        assertEquals(List.of(SOFTWARE, MODEL, HUMIDITY, PRESSURE), offered(home, new Readers.Everyone()));
        assertEquals(List.of(PRESSURE), offered(home, new Readers.Group("friends")));
    }

    /** BLE-GATT-50, BLE-GATT-51. */
    @Test
    void anAppReadsOverTheRadioWhatWasJustMeasured() throws Exception {
        Profile greenhouse = Profiles.ready("greenhouse");
        Readers everyone = new Readers.Everyone();
        StandardReadings readings = new StandardReadings(simulated(greenhouse), everyone);
        try (FakeAir air = new FakeAir(7);
                Home home = new Home(place, "greenhouse")) {
            Radios radios = new Radios(244, Optional.of(() -> air.peripheral(HERE)), Optional.empty(), List.of())
                    .with(readings.offered());
            try (LivePeer _ = home.live(Home.onLoopback().with(Optional.of(radios)));
                    Devices devices =
                            Devices.open(home.account, home.store, simulated(greenhouse), everyone, home.clock)) {
                readings.comeFrom(devices);
                assertArrayEquals(UNKNOWN, read(air, TEMPERATURE), "nothing was measured yet");
                awaitReading(home, devices);
                double celsius = ByteBuffer.wrap(read(air, TEMPERATURE))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getShort()
                        / 100.0;
                assertTrue(celsius > 0 && celsius < 50, celsius + " °C");
                assertEquals("Simulated board", new String(read(air, MODEL), StandardCharsets.UTF_8));
            }
        }
    }

    private static byte[] read(FakeAir air, int characteristic) {
        return air.read(HERE, StandardValues.assigned(characteristic)).orElseThrow();
    }

    private static void awaitReading(Home home, Devices devices) throws Exception {
        FileName file = FileName.published("air.json");
        CountDownLatch here = new CountDownLatch(1);
        try (AutoCloseable _ = home.store.onChange(_ -> {
            if (home.store.find(home.fingerprint(), file).isPresent()) {
                here.countDown();
            }
        })) {
            devices.start();
            assertTrue(here.await(30, TimeUnit.SECONDS), "no reading");
        }
    }
}
