package org.maunode.device.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.maunode.device.driver.Actuator;
import org.maunode.device.driver.Actuators;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.Drivers;
import org.maunode.device.driver.Opened;
import org.maunode.device.driver.OpenedActuator;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.Wires;

/** The real drivers on simulated wires. */
final class SimulatedBoardTest {
    private static final List<String> NAMES = Profiles.NAMES;
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private Instant now = NOON;

    private Wires wires(Profile profile) {
        return new SimulatedBoard(profile, 42, () -> now).wires();
    }

    private static Driver open(SensorChannel channel, Wires wires) {
        return switch (Drivers.open(channel, wires)) {
            case Opened.Ready(Driver driver) -> driver;
            case Opened.Absent(String why) -> throw new AssertionError(why);
        };
    }

    private static Actuator open(ActuatorChannel channel, Wires wires) {
        return switch (Actuators.open(channel, wires)) {
            case OpenedActuator.Ready(Actuator actuator) -> actuator;
            case OpenedActuator.Absent(String why) -> throw new AssertionError(why);
        };
    }

    private static <T extends Channel> T named(List<T> channels, String name) {
        return channels.stream()
                .filter(channel -> channel.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyChannelOfEveryReadyProfileAnswersForADay(String name) {
        Profile profile = Profiles.ready(name);
        Wires wires = wires(profile);
        List<Driver> drivers =
                profile.sensors().stream().map(channel -> open(channel, wires)).toList();
        for (int hour = 0; hour < 24; hour++) {
            now = NOON.plus(Duration.ofHours(hour));
            drivers.forEach(driver -> assertTrue(!driver.technique().isEmpty() && driver.read() != null));
        }
        profile.actuators().forEach(channel -> {
            Actuator actuator = open(channel, wires);
            actuator.set(Setting.ON);
            assertEquals(Setting.ON, actuator.state());
        });
        assertEquals(
                "Simulated board", new BoardIdentity(wires.kernel()).model().orElseThrow());
    }

    /** Each driver with each of its quantities, so that none is without a simulator. */
    @ParameterizedTest
    @EnumSource(DriverKind.class)
    void everyDriverHasItsSimulator(DriverKind kind) {
        for (Quantity quantity : kind.quantities()) {
            Profile profile = profile(kind, quantity);
            Wires wires = wires(profile);
            if (kind.isActuator()) {
                ActuatorChannel channel = profile.actuators().getFirst();
                Actuator actuator = open(channel, wires);
                Setting most = quantity.unit().isPresent()
                        ? new Setting.Level(channel.range().most())
                        : Setting.ON;
                actuator.set(most);
                assertEquals(most, actuator.state());
            } else {
                SensorChannel channel = profile.sensors().getFirst();
                Sample sample = open(channel, wires).read();
                assertEquals(quantity.unit().isPresent(), sample instanceof Sample.Amount, sample.toString());
            }
        }
    }

    private static Profile profile(DriverKind kind, Quantity quantity) {
        String json =
                """
                {"name": "p", "version": 1, "title": "P", "channels": {"it": {"title": "T", "driver": "%s", "%s": "%s"%s%s%s}}}
                """
                        .formatted(
                                kind.id(),
                                kind.isActuator() ? "sets" : "measures",
                                quantity.term(),
                                quantity.unit()
                                        .map(unit -> ", \"unit\": \"" + unit.code() + "\", \"precision\": 0.1"
                                                + (kind.isActuator() ? "" : ", \"deadBand\": 0"))
                                        .orElse(""),
                                kind.isActuator()
                                        ? ", \"controllers\": \"g\", \"maxOnSeconds\": 1, \"failSafe\": "
                                                + (quantity.unit().isPresent() ? "0" : "false")
                                        : "",
                                wiring(kind, quantity));
        return Profiles.parse("p.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String wiring(DriverKind kind, Quantity quantity) {
        String limits = quantity.unit().isPresent() ? ", \"least\": -1000, \"most\": 1000000000000" : "";
        return switch (kind) {
            case BUTTON, CONTACT, MOTION, RELAY, LED -> ", \"wiring\": {\"pin\": 17}";
            case PWM, SERVO -> ", \"wiring\": {\"chip\": \"pwmchip0\", \"channel\": 0}";
            case SCRIPT -> ", \"wiring\": {\"program\": \"/opt/x\"}" + limits;
            case I2C_REGISTERS ->
                ", \"wiring\": {\"bus\": 1, \"address\": \"0x20\", \"register\": \"0x00\", \"bytes\": 4, \"signed\": true,"
                        + " \"factor\": 1000}" + limits;
            default -> "";
        };
    }

    @Test
    void thePumpOfTheGreenhouseWetsItsSoil() {
        Profile greenhouse = Profiles.ready("greenhouse");
        Wires wires = wires(greenhouse);
        Driver soil = open(named(greenhouse.sensors(), "soil"), wires);
        Actuator pump = open(named(greenhouse.actuators(), "pump"), wires);
        BigDecimal dry = amount(soil);
        pump.set(Setting.ON);
        now = now.plusSeconds(5);
        pump.set(Setting.OFF);
        BigDecimal wet = amount(soil);
        assertTrue(wet.subtract(dry).compareTo(new BigDecimal("0.8")) > 0, dry + " to " + wet);
        now = now.plus(Duration.ofHours(1));
        assertTrue(amount(soil).compareTo(wet) < 0);
    }

    @Test
    void theDoorStandsOpenNowAndThen() {
        Profile door = Profiles.ready("door");
        Driver contact = open(named(door.sensors(), "door"), wires(door));
        Set<Sample> seen = new HashSet<>();
        for (int minute = 0; minute < 24 * 60; minute += 5) {
            now = NOON.plus(Duration.ofMinutes(minute));
            seen.add(contact.read());
        }
        assertEquals(Set.of(new Sample.Switch(true), new Sample.Switch(false)), seen);
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        Profile weather = Profiles.ready("weather");
        assertEquals(readings(weather, 1), readings(weather, 1));
        assertTrue(!readings(weather, 1).equals(readings(weather, 2)));
    }

    private String readings(Profile profile, long seed) {
        Wires wires = new SimulatedBoard(profile, seed, () -> NOON).wires();
        return profile.sensors().stream()
                .map(channel -> open(channel, wires).read().toString())
                .collect(Collectors.joining("\n"));
    }

    private static BigDecimal amount(Driver driver) {
        return assertInstanceOf(Sample.Amount.class, driver.read()).value();
    }
}
