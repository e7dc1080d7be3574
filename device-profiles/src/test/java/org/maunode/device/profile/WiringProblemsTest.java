package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.profile.Written.LOAD;
import static org.maunode.device.profile.Written.PUMP;
import static org.maunode.device.profile.Written.SCRIPT;
import static org.maunode.device.profile.Written.SOIL;
import static org.maunode.device.profile.Written.channel;
import static org.maunode.device.profile.Written.complaints;
import static org.maunode.device.profile.Written.parse;
import static org.maunode.device.profile.Written.problems;
import static org.maunode.device.profile.Written.profile;
import static org.maunode.device.profile.Written.with;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.profile.Wiring.Encoding;
import org.maunode.device.profile.Wiring.GpioLine;
import org.maunode.device.profile.Wiring.I2cChip;
import org.maunode.device.profile.Wiring.Pull;

/** Where things hang, and that no two hang in one place. */
final class WiringProblemsTest {
    /** A channel of a driver with this wiring; what else it needs, it has. */
    private static String wired(String driver, String wiring) {
        DriverKind kind = Words.DRIVERS.get(driver);
        Quantity quantity = kind.quantities().getFirst();
        String verb = kind.isActuator()
                ? "\"controllers\": \"g\", \"maxOnSeconds\": 9, \"failSafe\": "
                        + (quantity.unit().isPresent() ? "0" : "false") + ", \"sets\""
                : "\"measures\"";
        String number = quantity.unit()
                .map(unit -> ", \"unit\": \"" + unit.code() + "\", \"precision\": 1"
                        + (kind.isActuator() ? "" : ", \"deadBand\": 0")
                        + (kind.isOpenEnded() ? ", \"least\": 0, \"most\": 9" : ""))
                .orElse("");
        String where = wiring.isEmpty() ? "" : ", \"wiring\": " + wiring;
        return "{\"title\": \"T\", \"driver\": \"" + driver + "\", " + verb + ": \"" + quantity.term() + "\"" + number
                + where + "}";
    }

    private static Wiring wiring(String driver, String wiring) {
        return channel(wired(driver, wiring)).device().wiring();
    }

    /** PR-17 */
    @ParameterizedTest
    @EnumSource(DriverKind.class)
    void everyDriverTakesItsOwnWiringAndNoOther(DriverKind kind) {
        assertEquals(kind.form().isOptional(), isSound(wired(kind.id(), "")), kind.id());
        for (WiringForm form : WiringForm.values()) {
            boolean fits = form.example().equals(kind.form().example()) && form != WiringForm.NONE;
            assertEquals(fits, isSound(wired(kind.id(), form.example())), kind.id() + " as " + form);
        }
    }

    private static boolean isSound(String channel) {
        try {
            parse(profile("\"it\": " + channel));
            return true;
        } catch (ProfileException refused) {
            return false;
        }
    }

    /** PR-17 */
    @Test
    void whatIsMissingIsToldWithAnExample() {
        assertEquals(
                List.of("driver \"relay\" needs \"wiring\"; add \"wiring\": {\"pin\": 17}"),
                complaints(wired("relay", "")));
        assertEquals(
                List.of("\"wiring\" is nothing that driver \"load\" has; remove it"),
                complaints(with(LOAD, "\"unit\"", "\"wiring\": {}, \"unit\"")));
        assertEquals(List.of("\"wiring\" is a number; write an object in braces"), complaints(wired("relay", "17")));
    }

    /** PR-18 */
    @Test
    void eachFormIsReadWithItsDefaults() {
        assertEquals(
                new GpioLine("gpiochip0", 22, false, Pull.NONE, Duration.ofMillis(20)),
                wiring("contact", "{\"pin\": 22}"));
        assertEquals(
                new GpioLine("gpiochip4", 22, true, Pull.UP, Duration.ZERO),
                wiring(
                        "contact",
                        "{\"chip\": \"gpiochip4\", \"pin\": 22, \"activeLow\": true, \"pull\": \"up\", \"debounceMillis\": 0}"));
        assertEquals(new GpioLine("gpiochip0", 17, false, Pull.NONE, Duration.ZERO), wiring("relay", "{\"pin\": 17}"));
        assertEquals(new I2cChip(1, 0x76), wiring("bme280", "{\"bus\": 1, \"address\": \"0x76\"}"));
        assertEquals("1-0076", new I2cChip(1, 0x76).kernelName());
        assertEquals(
                new Wiring.PwmOutput("pwmchip0", 1, 1000), wiring("pwm", "{\"chip\": \"pwmchip0\", \"channel\": 1}"));
        assertEquals(
                new Wiring.ServoOutput("pwmchip0", 1, Duration.ofNanos(500_000), Duration.ofNanos(2_500_000)),
                wiring(
                        "servo",
                        "{\"chip\": \"pwmchip0\", \"channel\": 1, \"leastMicros\": 500, \"mostMicros\": 2500}"));
        assertEquals(new Wiring.OneWire("28-0316a2795eff"), wiring("ds18b20", "{\"id\": \"28-0316a2795eff\"}"));
        assertEquals(new Wiring.KernelDevice("dht11@4"), wiring("dht22", "{\"device\": \"dht11@4\"}"));
        assertEquals(new Wiring.NetworkInterface("wlan0"), wiring("network", "{\"interface\": \"wlan0\"}"));
        assertEquals(
                new Wiring.I2cRegister(
                        new I2cChip(0, 0x48),
                        0x0a,
                        2,
                        Encoding.SIGNED_LITTLE_ENDIAN,
                        new BigDecimal("0.5"),
                        BigDecimal.TEN),
                wiring(
                        "i2c-registers",
                        "{\"bus\": 0, \"address\": \"0x48\", \"register\": \"0x0A\", \"bytes\": 2, \"signed\": true,"
                                + " \"littleEndian\": true, \"factor\": 0.5, \"offset\": 10}"));
        assertEquals(
                new Wiring.Program("/bin/x", List.of("-a", ""), Duration.ofSeconds(60)),
                wiring("script", "{\"program\": \"/bin/x\", \"arguments\": [\"-a\", \"\"], \"timeoutSeconds\": 60}"));
    }

    /** PR-18 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relay | {\"pin\": 1023} | {\"pin\": 1024}",
                "relay | {\"pin\": 0} | {\"pin\": -1}",
                "relay | {\"pin\": 1, \"chip\": \"gpiochip999\"} | {\"pin\": 1, \"chip\": \"../gpiochip0\"}",
                "button | {\"pin\": 1, \"debounceMillis\": 10000} | {\"pin\": 1, \"debounceMillis\": 10001}",
                "button | {\"pin\": 1, \"pull\": \"down\"} | {\"pin\": 1, \"pull\": \"left\"}",
                "bme280 | {\"bus\": 255, \"address\": \"0x08\"} | {\"bus\": 256, \"address\": \"0x08\"}",
                "bme280 | {\"bus\": 0, \"address\": \"0x77\"} | {\"bus\": 0, \"address\": \"0x78\"}",
                "bme280 | {\"bus\": 0, \"address\": \"0x08\"} | {\"bus\": 0, \"address\": \"0x07\"}",
                "bme280 | {\"bus\": 0, \"address\": \"0x76\"} | {\"bus\": 0, \"address\": \"76\"}",
                "bme280 | {\"bus\": 0, \"address\": \"0x76\"} | {\"bus\": 0, \"address\": 118}",
                "pwm | {\"chip\": \"pwmchip0\", \"channel\": 255} | {\"chip\": \"pwmchip0\", \"channel\": 256}",
                "pwm | {\"chip\": \"pwmchip0\", \"channel\": 0, \"hertz\": 100000} | {\"chip\": \"pwmchip0\", \"channel\": 0, \"hertz\": 100001}",
                "servo | {\"chip\": \"pwmchip0\", \"channel\": 0, \"leastMicros\": 400} | {\"chip\": \"pwmchip0\", \"channel\": 0, \"leastMicros\": 399}",
                "servo | {\"chip\": \"pwmchip0\", \"channel\": 0, \"mostMicros\": 1001} | {\"chip\": \"pwmchip0\", \"channel\": 0, \"mostMicros\": 1000}",
                "ds18b20 | {\"id\": \"28-0316a2795eff\"} | {\"id\": \"28-0316A2795EFF\"}",
                "ds18b20 | {\"id\": \"3b-0316a2795eff\"} | {\"id\": \"../../../etc\"}",
                "dht11 | {\"device\": \"humidity_sensor\"} | {\"device\": \"a/b\"}",
                "network | {\"interface\": \"enp0s31f6\"} | {\"interface\": \"..\"}",
                "network | {\"interface\": \"abcdefghijklmno\"} | {\"interface\": \"abcdefghijklmnop\"}"
            })
    void eachPartHasItsLimits(String driver, String within, String beyond) {
        assertTrue(isSound(wired(driver, within)), within);
        assertEquals(1, complaints(wired(driver, beyond)).size(), beyond);
    }

    /** PR-18 */
    @ParameterizedTest
    @CsvSource({
        "\"bytes\": 2, \"bytes\": 4, true",
        "\"bytes\": 2, \"bytes\": 5, false",
        "\"bytes\": 2, \"bytes\": 0, false",
        "0x00, 0xff, true",
        "0x00, 0x100, false",
        "0x00, 00, false"
    })
    void aRegisterHasItsLimits(String from, String to, boolean sound) {
        assertEquals(sound, isSound(with(SOIL, from, to)));
    }

    /** PR-12 */
    @Test
    void whatHasNoRangeOfItsOwnIsGivenOne() {
        assertEquals(
                new Range(BigDecimal.ZERO, BigDecimal.valueOf(100)),
                channel(SOIL).range());
        assertEquals(
                List.of("\"least\" is missing; add it to this object"), complaints(with(SOIL, "\"least\": 0, ", "")));
        assertEquals(
                List.of("\"most\" is not above \"least\", which is 100; exchange or correct them"),
                complaints(with(SOIL, "\"least\": 0", "\"least\": 100")));
    }

    /** PR-12 */
    @Test
    void aRangeIsNarrowedAndNeverWidened() {
        String air = wired("bme280", "").replace("\"deadBand\"", "\"least\": -10, \"most\": 50, \"deadBand\"");
        assertEquals(
                new Range(BigDecimal.valueOf(-10), BigDecimal.valueOf(50)),
                channel(air).range());
        assertEquals(
                List.of("\"most\" may not be 86; write a number from -40 to 85"),
                complaints(air.replace("\"most\": 50", "\"most\": 86")));
        assertEquals(
                new BigDecimal("0.7"),
                channel(wired("bme280", "").replace("\"precision\"", "\"accuracy\": 0.7, \"precision\""))
                        .marginOfError());
    }

    /** PR-20 */
    @ParameterizedTest
    @ValueSource(strings = {"rain", "./rain", "~/rain", "", "/", "/usr/", "/a\\u0000b"})
    void aProgramHasAnAbsolutePath(String path) {
        assertEquals(1, complaints(with(SCRIPT, "/usr/local/bin/rain", path)).size());
    }

    /** PR-20 */
    @Test
    void aProgramHasFewShortArgumentsAndLittleTime() {
        assertTrue(isSound(with(SCRIPT, "rain\"", "rain\", \"arguments\": [" + arguments(16, 200) + "]")));
        for (String beyond : List.of(arguments(17, 1), arguments(1, 201), "7", "null", "\"a\\u0000\"")) {
            assertEquals(
                    1,
                    complaints(with(SCRIPT, "rain\"", "rain\", \"arguments\": [" + beyond + "]"))
                            .size());
        }
        assertEquals(
                1,
                complaints(with(SCRIPT, "rain\"", "rain\", \"timeoutSeconds\": 61"))
                        .size());
        assertEquals(
                1,
                complaints(with(SCRIPT, "rain\"", "rain\", \"arguments\": \"-a\""))
                        .size());
    }

    private static String arguments(int count, int length) {
        return String.join(", ", java.util.Collections.nCopies(count, '"' + "x".repeat(length) + '"'));
    }

    /** PR-19 */
    @Test
    void twoChannelsOnOneLineAreToldAtTheSecond() {
        String channels = "\"pump\": " + PUMP + ",\n\"fan\": " + PUMP;
        assertEquals(
                List.of("2:45: line 17 of gpiochip0 is already used by channel \"pump\"; wire one of them elsewhere"),
                problems(profile(channels)));
        assertEquals(
                2,
                parse(profile("\"pump\": " + PUMP + ", \"fan\": " + with(PUMP, "17", "18")))
                        .actuators()
                        .size());
        assertEquals(
                2,
                parse(profile("\"pump\": " + PUMP + ", \"fan\": "
                                + with(PUMP, "\"pin\": 17", "\"pin\": 17, \"chip\": \"gpiochip1\"")))
                        .actuators()
                        .size());
    }

    /** PR-19 */
    @Test
    void aLineIsNotReadAndDrivenAtOnce() {
        String contact = wired("contact", "{\"pin\": 17}");
        assertEquals(
                1, problems(profile("\"a\": " + contact + ", \"b\": " + PUMP)).size());
    }

    /** PR-19 */
    @Test
    void aPulseAndAServoDoNotShareAnOutput() {
        String output = "{\"chip\": \"pwmchip0\", \"channel\": 0}";
        assertTrue(problems(profile("\"a\": " + wired("pwm", output) + ", \"b\": " + wired("servo", output)))
                .getFirst()
                .contains("channel 0 of pwmchip0 is already used by channel \"a\""));
    }

    /** PR-19 */
    @Test
    void oneDriverSharesItsChipAndTwoDoNot() {
        String address = "{\"bus\": 1, \"address\": \"0x76\"}";
        String air = wired("bme280", address);
        String humidity = air.replace("airTemperature", "relativeHumidity").replace("CEL", "P1");
        assertEquals(
                2,
                parse(profile("\"a\": " + air + ", \"h\": " + humidity))
                        .channels()
                        .size());
        assertTrue(problems(profile("\"a\": " + air + ", \"p\": " + wired("bmp280", address)))
                .getFirst()
                .contains("address 0x76 of i2c bus 1 is already used by channel \"a\"; name the same driver for both"));
    }

    /** PR-8 */
    @ParameterizedTest
    @EnumSource(DriverKind.class)
    void everyDriversNameIsWrittenInSmallLetters(DriverKind kind) {
        assertEquals(kind.id().toLowerCase(Locale.ROOT), kind.id());
        assertTrue(kind.quantities().stream().allMatch(kind::offers));
    }
}
