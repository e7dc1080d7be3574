package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.maunode.device.driver.Channels.amount;
import static org.maunode.device.driver.Channels.open;
import static org.maunode.device.driver.Channels.ready;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.wire.FakeKernelFiles;

/** Which of a machine's many temperatures is the processor's. The trees follow the kernel's documentation. */
final class CpuTemperatureTest {
    private static final String CHANNEL = "cpu-temperature";

    private final FakeKernelFiles kernel = new FakeKernelFiles();

    private void zone(int number, String type, String temperature) {
        String zone = "/sys/class/thermal/thermal_zone" + number;
        kernel.write(zone + "/type", type + "\n").write(zone + "/temp", temperature + "\n");
    }

    private void chip(int number, String name, String temperature) {
        String chip = "/sys/class/hwmon/hwmon" + number;
        kernel.write(chip + "/name", name + "\n").write(chip + "/temp1_input", temperature + "\n");
    }

    @Test
    void isThePackageOfALaptopAndNotItsMainboard() {
        zone(0, "acpitz", "27800");
        zone(1, "pch_skylake", "52000");
        zone(2, "x86_pkg_temp", "46000");
        chip(4, "coretemp", "47000");
        assertEquals(amount("46.0"), ready(CHANNEL, kernel).read());
        assertEquals("Linux thermal zone x86_pkg_temp", ready(CHANNEL, kernel).technique());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu-thermal",
                "cpu_thermal",
                "cpu0-thermal",
                "CPU-therm",
                "soc-thermal",
                "soc_thermal",
                "bigcore0-thermal"
            })
    void isTheZoneOfAnArmBoardUnderAnyOfItsNames(String type) {
        zone(0, "gpu-thermal", "60000");
        zone(1, type, "51234");
        assertEquals(amount("51.2"), ready(CHANNEL, kernel).read());
    }

    @Test
    void isTheFirstOfSeveralEqualZonesByNumber() {
        zone(10, "cpu-thermal", "10000");
        zone(2, "cpu-thermal", "20000");
        assertEquals(amount("20.0"), ready(CHANNEL, kernel).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"coretemp", "k10temp", "cpu_thermal"})
    void isTheHwmonChipWhereNoZoneIsTheProcessors(String name) {
        zone(0, "acpitz", "27800");
        chip(0, "nvme", "40000");
        chip(1, name, "61875");
        assertEquals(amount("61.9"), ready(CHANNEL, kernel).read());
        assertEquals("Linux hwmon chip " + name, ready(CHANNEL, kernel).technique());
    }

    @Test
    void isAbsentWhereOnlyOtherThingsHaveATemperature() {
        zone(0, "acpitz", "27800");
        zone(1, "iwlwifi_1", "44000");
        chip(0, "nvme", "40000");
        kernel.write("/sys/class/hwmon/hwmon1/name", "coretemp\n");
        assertInstanceOf(Opened.Absent.class, open(CHANNEL, kernel));
    }

    @Test
    void passesOverAZoneThatDoesNotSayWhatItIs() {
        zone(0, "cpu-thermal", "11000");
        zone(1, "soc-thermal", "22000");
        kernel.refuse("/sys/class/thermal/thermal_zone0/type");
        assertEquals(amount("22.0"), ready(CHANNEL, kernel).read());
    }

    @Test
    void maySinkBelowZero() {
        zone(0, "cpu-thermal", "-9500");
        assertEquals(amount("-9.5"), ready(CHANNEL, kernel).read());
    }

    @Test
    void isFoundAgainUnderAnotherNumber() {
        chip(1, "k10temp", "50000");
        Driver driver = ready(CHANNEL, kernel);
        kernel.remove("/sys/class/hwmon/hwmon1");
        FaultsTest.assertFault(DriverException.Reason.VANISHED, driver);
        chip(3, "k10temp", "51000");
        assertEquals(amount("51.0"), driver.read());
    }
}
