package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/** Pulses through the kernel's files; the chip behaves as driver-api/pwm.rst says. */
final class PwmDutyTest {
    private static final String CHIP = "/sys/class/pwm/pwmchip0";

    private final List<String> written = new ArrayList<>();
    private final FakeKernelFiles kernel = FakeKernelFiles.recorded("documented-sensors");

    @BeforeEach
    void exportMakesADirectory() {
        kernel.afterSetting((path, text) -> {
            written.add(path.substring(CHIP.length() + 1) + "=" + text);
            if (path.endsWith("/export")) {
                for (String attribute : List.of("period", "duty_cycle", "enable")) {
                    kernel.write(CHIP + "/pwm" + text + "/" + attribute, "0\n");
                }
            }
        });
    }

    private Wires wires() {
        return new Wires(kernel, () -> 0);
    }

    private static ActuatorChannel pwm(int failSafe) {
        return (ActuatorChannel) Wired.channel("\"driver\": \"pwm\", \"sets\": \"level\", \"unit\": \"P1\","
                + " \"precision\": 0.1, \"controllers\": \"g\", \"maxOnSeconds\": 9, \"failSafe\": " + failSafe
                + ", \"wiring\": {\"chip\": \"pwmchip0\", \"channel\": 1, \"hertz\": 1000}");
    }

    private static ActuatorChannel servo() {
        return (ActuatorChannel) Wired.channel("\"driver\": \"servo\", \"sets\": \"angle\", \"unit\": \"DD\","
                + " \"precision\": 1, \"controllers\": \"g\", \"maxOnSeconds\": 9, \"failSafe\": 90,"
                + " \"wiring\": {\"chip\": \"pwmchip0\", \"channel\": 0}");
    }

    private static Setting level(String number) {
        return new Setting.Level(new BigDecimal(number));
    }

    @Test
    void isExportedOnceAndGivenPeriodPulseAndPowerInThisOrder() {
        Actuator actuator = Wired.ready(pwm(10), wires());
        assertEquals(List.of("export=1", "pwm1/period=1000000", "pwm1/duty_cycle=100000", "pwm1/enable=1"), written);
        written.clear();
        actuator.set(level("33.33"));
        assertEquals(List.of("pwm1/duty_cycle=333000", "pwm1/enable=1"), written);
        assertEquals(level("33.3"), actuator.state());
        assertEquals("PWM channel 1 of pwmchip0", actuator.technique());
    }

    @Test
    void goesBackToItsFailSafePulseAtTheEnd() {
        Actuator actuator = Wired.ready(pwm(0), wires());
        actuator.set(level("100"));
        assertEquals("1000000", kernel.text(CHIP + "/pwm1/duty_cycle"));
        actuator.close();
        assertEquals("0", kernel.text(CHIP + "/pwm1/duty_cycle"));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000000", "45, 1250000", "90, 1500000", "180, 2000000"})
    void aServoIsGivenThePulseOfItsAngle(String degrees, String nanoseconds) {
        Actuator actuator = Wired.ready(servo(), wires());
        assertEquals("20000000", kernel.text(CHIP + "/pwm0/period"));
        actuator.set(level(degrees));
        assertEquals(nanoseconds, kernel.text(CHIP + "/pwm0/duty_cycle"));
    }

    @Test
    void isExportedAnewWhenTheChipComesBack() {
        Actuator actuator = Wired.ready(pwm(0), wires());
        kernel.remove(CHIP);
        assertEquals(
                Reason.VANISHED,
                assertThrows(DriverException.class, () -> actuator.set(level("50")))
                        .reason());
        assertEquals(level("0"), actuator.state());
        kernel.write(CHIP + "/export", "");
        actuator.set(level("50"));
        assertEquals("500000", kernel.text(CHIP + "/pwm1/duty_cycle"));
    }

    @Test
    void isAbsentWhereThereIsNoSuchChip() {
        kernel.remove(CHIP);
        assertInstanceOf(OpenedActuator.Absent.class, Actuators.open(pwm(0), wires()));
    }

    @Test
    void aValueThatTheKernelRefusesIsAFault() {
        Actuator actuator = Wired.ready(pwm(0), wires());
        kernel.refuse(CHIP + "/pwm1/duty_cycle");
        assertEquals(
                Reason.UNREADABLE,
                assertThrows(DriverException.class, () -> actuator.set(level("50")))
                        .reason());
    }
}
