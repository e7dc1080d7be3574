package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.maunode.device.driver.FaultsTest.assertFault;
import static org.maunode.device.driver.Wired.amount;
import static org.maunode.device.driver.Wired.ready;
import static org.maunode.device.driver.Wired.sensor;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/** The kernel's chips: on trees recorded from its own drivers, and on trees after its documentation. */
final class KernelChipTest {
    private static final String LM75 = "/sys/bus/i2c/devices/0-0048";

    private FakeKernelFiles kernel = FakeKernelFiles.recorded("lab-sensors");

    private Driver driver(String driver, String wiring, String measures, String unit) {
        return ready(sensor(driver, wiring, measures, unit), new Wires(kernel, () -> 0));
    }

    @Test
    void areReadByNameAsTheKernelShowsThem() {
        assertEquals(
                amount("30.50"), driver("lm75", "", "airTemperature", "CEL").read());
        assertEquals(
                amount("50.00"), driver("tmp102", "", "airTemperature", "CEL").read());
        assertEquals(
                amount("25.08"), driver("bmp280", "", "airTemperature", "CEL").read());
        assertEquals(
                amount("1006.53"), driver("bmp280", "", "airPressure", "A97").read());
    }

    @Test
    void areReadByAddress() {
        assertEquals(
                amount("30.50"),
                driver("lm75", "{\"bus\": 0, \"address\": \"0x48\"}", "airTemperature", "CEL")
                        .read());
        assertEquals(
                amount("1006.53"),
                driver("bmp280", "{\"bus\": 0, \"address\": \"0x76\"}", "airPressure", "A97")
                        .read());
    }

    @Test
    void areNotTakenForAnotherAtTheirAddress() {
        assertFault(Reason.VANISHED, driver("lm75", "{\"bus\": 0, \"address\": \"0x49\"}", "airTemperature", "CEL"));
        assertFault(Reason.VANISHED, driver("bme280", "{\"bus\": 0, \"address\": \"0x76\"}", "airTemperature", "CEL"));
        assertFault(Reason.VANISHED, driver("lm75", "{\"bus\": 1, \"address\": \"0x48\"}", "airTemperature", "CEL"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bme280 | | airTemperature | CEL | 21.48",
                "bme280 | {\"bus\": 1, \"address\": \"0x76\"} | relativeHumidity | P1 | 48.32",
                "bme280 | | airPressure | A97 | 987.57",
                "bmp280 | | airPressure | A97 | 987.57",
                "dht11 | | airTemperature | CEL | 22.60",
                "dht22 | | relativeHumidity | P1 | 51.20",
                "dht22 | {\"device\": \"dht11@4\"} | airTemperature | CEL | 22.60",
                "bh1750 | | illuminance | LUX | 510.00",
                "sht3x | | airTemperature | CEL | 21.91",
                "sht3x | | relativeHumidity | P1 | 44.87",
                "ina219 | | voltage | VLT | 12.02",
                "ina219 | | current | AMP | 0.32",
                "ina219 | | power | WTT | 3.82",
                "ds18b20 | | airTemperature | CEL | 23.44",
                "ds18b20 | {\"id\": \"28-0316a2795eff\"} | airTemperature | CEL | 23.44",
                "wifi-signal | | signalStrength | DBM | -53.00",
                "wifi-signal | {\"interface\": \"wlan0\"} | signalStrength | DBM | -53.00"
            })
    void areReadAsTheKernelDocumentsThem(String driver, String wiring, String measures, String unit, String value) {
        kernel = FakeKernelFiles.recorded("documented-sensors");
        String where = wiring == null ? "" : wiring;
        assertEquals(amount(value), driver(driver, where, measures, unit).read());
    }

    /** The two hwmon chips of the recording exchanged their numbers while they were away. */
    @Test
    void areFoundAgainUnderAnotherNumber() {
        Driver driver = driver("tmp102", "", "airTemperature", "CEL");
        Driver byAddress = driver("tmp102", "{\"bus\": 0, \"address\": \"0x49\"}", "airTemperature", "CEL");
        assertEquals(amount("50.00"), driver.read());
        assertEquals(amount("50.00"), byAddress.read());
        kernel.remove("/sys/class/hwmon").remove("/sys/bus/i2c/devices");
        assertFault(Reason.VANISHED, driver);
        assertFault(Reason.VANISHED, byAddress);
        kernel.takeOver(FakeKernelFiles.recorded("lab-sensors-replugged"));
        assertEquals(amount("51.00"), driver.read());
        assertEquals(amount("51.00"), byAddress.read());
    }

    /** Nobody looked while two chips exchanged their numbers: the value must not come from the other one. */
    @Test
    void areNotConfusedWhenTheyExchangeTheirNumbersUnseen() {
        Driver driver = driver("tmp102", "", "airTemperature", "CEL");
        assertEquals(amount("50.00"), driver.read());
        kernel.takeOver(FakeKernelFiles.recorded("lab-sensors-replugged"));
        assertEquals(amount("51.00"), driver.read());
    }

    @Test
    void mayBePluggedInLater() {
        kernel.remove(LM75).remove("/sys/class/hwmon");
        Driver driver = driver("lm75", "{\"bus\": 0, \"address\": \"0x48\"}", "airTemperature", "CEL");
        assertFault(Reason.VANISHED, driver);
        kernel.write(LM75 + "/hwmon/hwmon7/name", "lm75\n").write(LM75 + "/hwmon/hwmon7/temp1_input", "-9500\n");
        assertEquals(amount("-9.50"), driver.read());
    }

    @Test
    void areReadThroughScaleAndOffsetWhereTheKernelGivesNoValue() {
        String device = "/sys/bus/iio/devices/iio:device9/";
        kernel = new FakeKernelFiles()
                .write(device + "name", "bme280\n")
                .write(device + "in_temp_raw", "2148\n")
                .write(device + "in_temp_offset", "-100\n")
                .write(device + "in_temp_scale", "10.5\n");
        assertEquals(
                amount("21.50"), driver("bme280", "", "airTemperature", "CEL").read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lm75a", "tmp75", "pct2075", "tmp105"})
    void ofTheLm75sFamilyAllWillDo(String name) {
        kernel.write("/sys/class/hwmon/hwmon0/name", name + "\n");
        assertEquals(
                amount("30.50"), driver("lm75", "", "airTemperature", "CEL").read());
    }

    @Test
    void whoseReadFailsAreAFaultAndNotAbsent() {
        Driver driver = driver("bmp280", "", "airTemperature", "CEL");
        kernel.refuse("/sys/bus/iio/devices/iio:device0/in_temp_input");
        assertFault(Reason.UNREADABLE, driver);
        kernel.write("/sys/bus/iio/devices/iio:device0/in_pressure_input", "nan\n");
        assertFault(Reason.MALFORMED, driver("bmp280", "", "airPressure", "A97"));
    }

    /** A DHT loses bits as a matter of course: two in a row are none, three are. */
    @Test
    void aDhtIsAskedThreeTimes() {
        kernel = FakeKernelFiles.recorded("documented-sensors");
        String file = "/sys/bus/iio/devices/iio:device1/in_temp_input";
        Driver driver = driver("dht11", "", "airTemperature", "CEL");
        assertEquals(amount("22.60"), driver.read());
        // Each attempt looks at the remembered file once, and once more after it was looked for again.
        kernel.refuse(file, 3);
        assertEquals(amount("22.60"), driver.read());
        kernel.refuse(file, 100);
        assertFault(Reason.UNREADABLE, driver);
    }

    @Test
    void aThermometersPowerOnValueIsNoTemperature() {
        kernel = FakeKernelFiles.recorded("documented-sensors");
        String file = "/sys/bus/w1/devices/28-0316a2795eff/temperature";
        Driver driver = driver("ds18b20", "", "airTemperature", "CEL");
        kernel.write(file, "85000\n");
        assertFault(Reason.OUT_OF_RANGE, driver);
        kernel.write(file, "84937\n");
        assertEquals(amount("84.94"), driver.read());
        kernel.write(file, "85000\n");
        assertEquals(amount("85.00"), driver.read());
    }

    @Test
    void anOldKernelsThermometerIsReadWithItsChecksum() {
        kernel = FakeKernelFiles.recorded("documented-sensors");
        String device = "/sys/bus/w1/devices/28-0316a2795eff/";
        kernel.remove(device + "temperature");
        Driver driver = driver("ds18b20", "", "airTemperature", "CEL");
        assertEquals(amount("23.44"), driver.read());
        kernel.write(device + "w1_slave", kernel.text(device + "w1_slave").replace("YES", "NO"));
        assertFault(Reason.MALFORMED, driver);
        kernel.remove("/sys/bus/w1/devices/28-0316a2795eff");
        assertFault(Reason.VANISHED, driver);
    }

    @Test
    void aWirelessNetworkThatIsLeftIsAFault() {
        kernel = FakeKernelFiles.recorded("documented-sensors");
        Driver driver = driver("wifi-signal", "", "signalStrength", "DBM");
        String headings = kernel.text("/proc/net/wireless").replaceFirst("(?s) wlan0.*", "");
        kernel.write("/proc/net/wireless", headings);
        assertFault(Reason.VANISHED, driver);
        kernel.write("/proc/net/wireless", headings + " wlan0: 0000   57.\n");
        assertFault(Reason.MALFORMED, driver);
        kernel.write("/proc/net/wireless", headings + "  wlp2s0: 0000   40.  -71  -256   0  0  0  0  0  0\n");
        assertEquals(amount("-71.00"), driver.read());
        assertFault(Reason.VANISHED, wired("wlan1"));
    }

    private Driver wired(String name) {
        kernel.write("/proc/net/wireless", kernel.text("/proc/net/wireless") + " wlan1: 0000   40.  -71  -256\n");
        Driver driver = driver("wifi-signal", "{\"interface\": \"" + name + "\"}", "signalStrength", "DBM");
        kernel.write("/proc/net/wireless", "a\nb\n");
        return driver;
    }

    @Test
    void sayHowLongTheyMayTake() {
        assertEquals(Duration.ZERO, driver("lm75", "", "airTemperature", "CEL").patience());
        assertEquals(
                Duration.ofSeconds(1),
                driver("ds18b20", "", "airTemperature", "CEL").patience());
        assertEquals(
                Duration.ofSeconds(3),
                driver("dht11", "", "airTemperature", "CEL").patience());
    }

    @Test
    void sayHowTheyAreRead() {
        assertEquals(
                "BMP280 through the kernel's iio interface",
                driver("bmp280", "", "airPressure", "A97").technique());
        assertEquals(
                "LM75 through the kernel's hwmon interface",
                driver("lm75", "", "airTemperature", "CEL").technique());
    }
}
