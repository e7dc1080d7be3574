package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.maunode.device.driver.FaultsTest.assertFault;
import static org.maunode.device.driver.Wired.amount;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.DiskSpace;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.GpioLines;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.Programs;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** Registers of chips without a driver, and programs. */
final class WaysOutTest {
    private static final DiskSpace NO_DISK = () -> 0;

    private static SensorChannel register(String more) {
        return (SensorChannel) Wired.channel("\"driver\": \"i2c-registers\", \"measures\": \"angle\", \"unit\": \"DD\","
                + " \"least\": -5000000000, \"most\": 5000000000, \"precision\": 0.01, \"deadBand\": 0,"
                + " \"wiring\": {\"bus\": 1, \"address\": \"0x20\", \"register\": \"0x0a\"" + more + "}");
    }

    private static Driver register(String more, I2cBus bus) {
        Wires wires = new Wires(new FakeKernelFiles(), NO_DISK).with(GpioLines.none(), bus);
        return Wired.ready(register(more), wires);
    }

    private static Driver script(String measures, Programs programs) {
        String number = measures.equals("count")
                ? ", \"unit\": \"C62\", \"least\": -10, \"most\": 1000, \"precision\": 0.1, \"deadBand\": 0"
                : "";
        SensorChannel channel = (SensorChannel) Wired.channel("\"driver\": \"script\", \"measures\": \"" + measures
                + "\"" + number + ", \"wiring\": {\"program\": \"/opt/rain\", \"arguments\": [\"-x\"]}");
        return Wired.ready(
                channel, new Wires(new FakeKernelFiles(), NO_DISK, GpioLines.none(), I2cBus.none(), programs));
    }

    private static Driver saying(String measures, String output) {
        return script(measures, (_, _, _) -> output);
    }

    @ParameterizedTest
    @CsvSource({
        "ff, 1, false, false, 255",
        "ff, 1, true, false, -1",
        "0102, 2, false, false, 258",
        "0102, 2, false, true, 513",
        "fffe, 2, true, false, -2",
        "feff, 2, true, true, -2",
        "ffffffff, 4, false, false, 4294967295",
        "80000000, 4, true, false, -2147483648"
    })
    void bytesMakeTheNumberThatTheWiringSays(String hex, int bytes, boolean signed, boolean little, String number) {
        String more = ", \"bytes\": " + bytes + ", \"signed\": " + signed + ", \"littleEndian\": " + little;
        I2cBus bus = (_, _, _, _) -> HexFormat.of().parseHex(hex);
        assertEquals(amount(number + ".00"), register(more, bus).read());
    }

    @Test
    void theRegisterIsAskedForAtItsAddress() {
        I2cBus bus = (number, address, register, count) -> {
            assertEquals(List.of(1, 0x20, 0x0a, 2), List.of(number, address, register, count));
            return new byte[] {0, 100};
        };
        Driver driver = register(", \"bytes\": 2, \"factor\": 0.25, \"offset\": -5", bus);
        assertEquals(amount("20.00"), driver.read());
        assertEquals("register 0x0a of the I2C chip at 0x20", driver.technique());
    }

    @Test
    void aChipThatDoesNotAnswerOrGivesTooLittleIsAFault() {
        assertFault(Reason.MALFORMED, register(", \"bytes\": 2", (_, _, _, _) -> new byte[1]));
        assertFault(Reason.VANISHED, register(", \"bytes\": 2", I2cBus.none()));
    }

    @ParameterizedTest
    @CsvSource({"'5\n', 5.0", "'noise\n\n 21.46 \n\n', 21.5", "'1\n2', 2.0", "'-3\r\n', -3.0", "'on\n', 1.0"})
    void theLastLineIsTheValue(String output, String value) {
        assertEquals(amount(value), saying("count", output).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "5 mm\n", "NaN\n", "1e9\n", "5\nerror\n", "0x10\n", "yes\n"})
    void aLastLineThatIsNoNumberIsAFault(String output) {
        assertFault(Reason.MALFORMED, saying("count", output));
    }

    @Test
    void aValueOutOfTheProfilesRangeIsAFault() {
        assertFault(Reason.OUT_OF_RANGE, saying("count", "1001\n"));
        assertFault(Reason.OUT_OF_RANGE, saying("onOff", "2\n"));
    }

    @ParameterizedTest
    @CsvSource({"on, true", "OFF, false", "true, true", "False, false", "1, true", "0, false"})
    void aProgramMaySayWhetherSomethingIsSo(String output, boolean so) {
        assertEquals(new Sample.Switch(so), saying("onOff", output + "\n").read());
    }

    @Test
    void aProgramIsRunAsTheWiringSays() {
        Driver driver = script("count", (program, arguments, timeout) -> {
            assertEquals("/opt/rain [-x] PT5S", program + " " + arguments + " " + timeout);
            return "7\n";
        });
        assertEquals(amount("7.0"), driver.read());
        assertEquals("program rain", driver.technique());
        assertEquals(Duration.ofSeconds(5), driver.patience());
    }

    @Test
    void aProgramThatFailsIsAFault() {
        assertFault(Reason.UNREADABLE, script("count", (_, _, _) -> {
            throw new WireException(WireException.Reason.UNREADABLE, "took longer than 5 s");
        }));
    }
}
