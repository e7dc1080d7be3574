package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.maunode.device.driver.Channels.amount;
import static org.maunode.device.driver.Channels.host;
import static org.maunode.device.driver.Channels.ready;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.wire.DiskSpace;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** Broken, cut, empty, absurd and vanished files: each is a typed fault, and none is ever a value. */
final class FaultsTest {
    private static final String TEMPERATURE = "/sys/class/thermal/thermal_zone0/temp";
    private static final String RECEIVED = "/sys/class/net/eth0/statistics/rx_bytes";

    private final FakeKernelFiles kernel = FakeKernelFiles.recorded("raspberry-pi-3")
            .write(RECEIVED, "1234567\n")
            .directory("/sys/class/net/eth0/device");

    static void assertFault(Reason reason, Driver driver) {
        assertEquals(reason, assertThrows(DriverException.class, driver::read).reason());
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("cpu-temperature", TEMPERATURE),
                Arguments.of("load", "/proc/loadavg"),
                Arguments.of("memory", "/proc/meminfo"),
                Arguments.of("uptime", "/proc/uptime"),
                Arguments.of("network-received", RECEIVED));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aVanishedFileIsOne(String channel, String path) {
        Driver driver = ready(channel, kernel);
        kernel.remove(path).remove("/sys/class/hwmon");
        assertFault(Reason.VANISHED, driver);
    }

    @ParameterizedTest
    @MethodSource("files")
    void anInputErrorIsOne(String channel, String path) {
        Driver driver = ready(channel, kernel);
        kernel.refuse(path).remove("/sys/class/hwmon");
        assertFault(Reason.UNREADABLE, driver);
    }

    @ParameterizedTest
    @MethodSource("files")
    void anEmptyFileIsOne(String channel, String path) {
        kernel.write(path, "");
        assertFault(Reason.MALFORMED, ready(channel, kernel));
        kernel.write(path, "\n");
        assertFault(Reason.MALFORMED, ready(channel, kernel));
    }

    @ParameterizedTest
    @MethodSource("files")
    void anEndlessFileIsOne(String channel, String path) {
        kernel.write(path, "1".repeat(KernelFiles.MAX_BYTES + 1));
        assertFault(Reason.MALFORMED, ready(channel, kernel));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileThatIsCutAnywhereIsOneOrStillSaysTheSame(String channel, String path) {
        Sample whole = ready(channel, kernel).read();
        String text = kernel.text(path);
        for (int length = 0; length < text.length(); length++) {
            kernel.write(path, text.substring(0, length));
            try {
                assertEquals(whole, ready(channel, kernel).read(), "cut to " + length);
            } catch (DriverException fault) {
                assertEquals(Reason.MALFORMED, fault.reason());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void randomBytesNeverEscapeAsAnythingElse(String channel, String path) {
        Random random = new Random(20261123);
        String letters = "0123456789.-+eE \n\0kBNaIinf:xXé";
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(12), 0, letters.length()).forEach(i -> text.append(letters.charAt(i)));
            kernel.write(path, text.toString());
            try {
                ready(channel, kernel).read();
            } catch (DriverException fault) {
                assertEquals(false, fault.getMessage().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"150000, true", "150001, false", "-40000, true", "-40001, false", "999000, false", "-274000, false"})
    void aTemperatureIsOneOutsideItsRange(String milliDegrees, boolean sane) {
        kernel.write(TEMPERATURE, milliDegrees + "\n");
        Driver driver = ready("cpu-temperature", kernel);
        if (sane) {
            assertEquals(amount(milliDegrees.replaceFirst("000$", ".0")), driver.read());
        } else {
            assertFault(Reason.OUT_OF_RANGE, driver);
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN", "inf", "1e5", "0x1F", "+5", "5 °C", "5.", "--5", "99999999999999999999999"})
    void aTemperatureThatIsNoPlainNumberIsOne(String text) {
        kernel.write(TEMPERATURE, text + "\n");
        assertFault(Reason.MALFORMED, ready("cpu-temperature", kernel));
    }

    @ParameterizedTest
    @CsvSource({"9007199254740000, true", "9007199254740992, false", "18446744073709551615, false"})
    void aCounterIsOneAboveWhatJsonCanTellExactly(String bytes, boolean sane) {
        kernel.write(RECEIVED, bytes + "\n");
        Driver driver = ready("network-received", kernel);
        if (sane) {
            assertEquals(amount(bytes), driver.read());
        } else {
            assertFault(Reason.OUT_OF_RANGE, driver);
        }
    }

    @Test
    void anOldKernelWithoutMemAvailableIsOne() {
        kernel.write("/proc/meminfo", "MemTotal: 936104 kB\nMemFree: 888720 kB\n");
        assertFault(Reason.MALFORMED, ready("memory", kernel));
    }

    @Test
    void memoryInAnotherUnitIsOne() {
        kernel.write("/proc/meminfo", "MemAvailable: 863616 MB\n");
        assertFault(Reason.MALFORMED, ready("memory", kernel));
    }

    @Test
    void aDiskThatWasUnpluggedIsOne() {
        DiskSpace gone = () -> {
            throw new WireException(WireException.Reason.VANISHED, "/media/usb is not there");
        };
        Opened opened = Drivers.open(host("storage"), new Wires(kernel, gone));
        assertFault(Reason.VANISHED, ((Opened.Ready) opened).driver());
    }

    @Test
    void aFullDiskIsNone() {
        Opened opened = Drivers.open(host("storage"), new Wires(kernel, () -> 0));
        assertEquals(amount("0"), ((Opened.Ready) opened).driver().read());
    }

    @Test
    void theMessageShowsWhatStoodThereAndCanHarmNoTerminal() {
        kernel.write(TEMPERATURE, "\u001b[2J\u00e9\n");
        DriverException fault = assertThrows(DriverException.class, ready("cpu-temperature", kernel)::read);
        assertEquals(TEMPERATURE + " does not hold the expected number but \"?[2J??\"", fault.getMessage());
    }

    @Test
    void aDriverWorksAgainAfterOne() {
        Driver driver = ready("cpu-temperature", kernel);
        kernel.write(TEMPERATURE, "999000\n");
        assertFault(Reason.OUT_OF_RANGE, driver);
        kernel.write(TEMPERATURE, "30000\n");
        assertEquals(amount("30.0"), driver.read());
    }
}
