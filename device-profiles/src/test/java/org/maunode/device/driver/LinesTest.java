package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.driver.FaultsTest.assertFault;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.wire.FakeGpioLines;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.Wires;

/** Buttons, contacts, relays and lamps on GPIO lines. */
final class LinesTest {
    private final FakeGpioLines gpio = new FakeGpioLines();
    private final Wires wires = new Wires(new FakeKernelFiles(), () -> 0).with(gpio, I2cBus.none());

    private TellingDriver contact(String wiring) {
        SensorChannel channel = (SensorChannel)
                Wired.channel("\"driver\": \"contact\", \"measures\": \"contact\", \"wiring\": " + wiring);
        return assertInstanceOf(TellingDriver.class, Wired.ready(channel, wires));
    }

    private static ActuatorChannel relay(String wiring, boolean failSafe) {
        return (ActuatorChannel) Wired.channel("\"driver\": \"relay\", \"sets\": \"onOff\", \"controllers\": \"g\","
                + " \"maxOnSeconds\": 9, \"failSafe\": " + failSafe + ", \"wiring\": " + wiring);
    }

    private static Sample is(boolean so) {
        return new Sample.Switch(so);
    }

    private static TellingDriver.Listener into(List<Sample> told) {
        return new TellingDriver.Listener() {
            @Override
            public void changed(Sample now) {
                told.add(now);
            }

            @Override
            public void lost() {
                told.add(new Sample.Amount(BigDecimal.ZERO));
            }
        };
    }

    @Test
    void anInputSaysWhatItsLevelMeans() {
        TellingDriver plain = contact("{\"pin\": 4}");
        TellingDriver inverted = contact("{\"pin\": 5, \"activeLow\": true, \"pull\": \"up\"}");
        assertEquals(is(false), plain.read());
        assertEquals(is(false), inverted.read());
        gpio.level(4, true);
        gpio.level(5, false);
        assertEquals(is(true), plain.read());
        assertEquals(is(true), inverted.read());
        assertEquals("GPIO line 4 of gpiochip0", plain.technique());
    }

    @Test
    void anInputTellsOfEachEdgeByItself() {
        List<Sample> told = new ArrayList<>();
        TellingDriver contact = contact("{\"pin\": 4}");
        contact.onChange(into(told));
        contact.read();
        gpio.level(4, true);
        gpio.level(4, false);
        assertEquals(List.of(is(true), is(false)), told);
        contact.close();
        gpio.level(4, true);
        assertEquals(2, told.size());
    }

    @Test
    void anInputThatIsUnpluggedComesBackAndTellsAgain() {
        List<Sample> told = new ArrayList<>();
        TellingDriver contact = contact("{\"pin\": 4}");
        contact.onChange(into(told));
        contact.read();
        gpio.unplug();
        assertFault(Reason.VANISHED, contact);
        assertFault(Reason.VANISHED, contact);
        gpio.plugIn();
        assertEquals(is(false), contact.read());
        gpio.level(4, true);
        assertEquals(List.of(is(true)), told);
    }

    @Test
    void aLineThatSomebodyElseHasIsAFault() {
        TellingDriver first = contact("{\"pin\": 4}");
        first.read();
        assertFault(Reason.UNREADABLE, contact("{\"pin\": 4}"));
        assertFault(Reason.VANISHED, contact("{\"pin\": 4, \"chip\": \"gpiochip1\"}"));
    }

    @ParameterizedTest
    @CsvSource({"false, false, low, high", "false, true, high, low", "true, false, high, low", "true, true, low, high"})
    void anOutputComesUpInItsFailSafeStateAndInNoOther(boolean failSafe, boolean activeLow, String rest, String moved) {
        ActuatorChannel channel = relay("{\"pin\": 17, \"activeLow\": " + activeLow + "}", failSafe);
        Actuator actuator = Wired.ready(channel, wires);
        assertEquals(new Setting.OnOff(failSafe), actuator.state());
        actuator.set(new Setting.OnOff(!failSafe));
        assertEquals(new Setting.OnOff(!failSafe), actuator.state());
        actuator.close();
        actuator.close();
        assertEquals(List.of("17 " + rest, "17 " + moved, "17 " + rest, "17 closed"), gpio.events);
        assertEquals(new Setting.OnOff(failSafe), actuator.state());
    }

    @Test
    void anOutputThatIsGoneSaysSoAndKeepsWhatItLastKnew() {
        Actuator actuator = Wired.ready(relay("{\"pin\": 17}", false), wires);
        gpio.unplug();
        assertEquals(
                Reason.VANISHED,
                assertThrows(DriverException.class, () -> actuator.set(Setting.ON))
                        .reason());
        assertEquals(Setting.OFF, actuator.state());
        gpio.plugIn();
        actuator.set(Setting.ON);
        assertTrue(gpio.isHigh(17));
        gpio.unplug();
        actuator.close();
    }

    @Test
    void anOutputThatCannotBeTakenIsAbsent() {
        OpenedActuator.Absent absent =
                assertInstanceOf(OpenedActuator.Absent.class, Actuators.open(relay("{\"pin\": 60}", false), wires));
        assertEquals("channel it cannot be driven: line 60 is not there", absent.why());
        assertInstanceOf(
                OpenedActuator.Absent.class,
                Actuators.open(relay("{\"pin\": 17}", false), new Wires(new FakeKernelFiles(), () -> 0)));
    }

    @Test
    void anOutputTakesNothingThatItsChannelDoesNotAccept() {
        Actuator actuator = Wired.ready(relay("{\"pin\": 17}", false), wires);
        assertThrows(IllegalArgumentException.class, () -> actuator.set(new Setting.Level(BigDecimal.ONE)));
        assertFalse(gpio.isHigh(17));
    }
}
