package org.maunode.device.profile;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.WriterConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Profiles as text that can be read again, with everything said that a reader would otherwise fill in. */
public final class ProfileText {
    private ProfileText() {}

    /** A profile with all its channels, and without includes: read again, it is equal. */
    public static String of(Profile profile) {
        return of(profile, List.of());
    }

    /** A profile whose channels come on top of those of others. */
    public static String of(Profile profile, List<String> include) {
        JsonObject json = new JsonObject()
                .add("name", profile.name())
                .add("version", profile.version())
                .add("title", profile.title());
        if (!include.isEmpty()) {
            json.add("include", Json.array(include.toArray(String[]::new)));
        }
        JsonObject channels = new JsonObject();
        profile.channels().forEach(channel -> channels.add(channel.name().value(), settings(channel)));
        return json.add("channels", channels).toString(WriterConfig.PRETTY_PRINT) + "\n";
    }

    private static JsonObject settings(Channel channel) {
        JsonObject json = new JsonObject()
                .add("title", channel.title())
                .add("driver", channel.driver().id());
        JsonObject wiring = wiring(channel.device());
        if (!wiring.isEmpty()) {
            json.add("wiring", wiring);
        }
        switch (channel) {
            case SensorChannel sensor -> addSensor(json, sensor);
            case ActuatorChannel actuator -> addActuator(json, actuator);
        }
        addReaders(json, channel.readers());
        return json;
    }

    private static void addSensor(JsonObject json, SensorChannel sensor) {
        json.add("measures", sensor.quantity().term());
        if (sensor.quantity().unit().isPresent()) {
            addNumbers(json, sensor);
            json.add("deadBand", number(sensor.resolution().deadBand()));
        }
        json.add("periodSeconds", sensor.period().toSeconds());
    }

    private static void addActuator(JsonObject json, ActuatorChannel actuator) {
        json.add("sets", actuator.quantity().term());
        if (actuator.quantity().unit().isPresent()) {
            addNumbers(json, actuator);
        }
        Safety safety = actuator.safety();
        json.add("controllers", actuator.controllers().value())
                .add("failSafe", setting(safety.failSafe()))
                .add("maxOnSeconds", safety.longestOn().toSeconds())
                .add("minSwitchSeconds", safety.leastBetween().toSeconds());
    }

    private static void addNumbers(JsonObject json, Channel channel) {
        channel.quantity().unit().ifPresent(unit -> json.add("unit", unit.code()));
        json.add("least", number(channel.range().least()))
                .add("most", number(channel.range().most()))
                .add("accuracy", number(channel.scale().accuracy()))
                .add("precision", number(channel.resolution().precision()));
    }

    private static void addReaders(JsonObject json, Audience readers) {
        switch (readers) {
            case Audience.OfTheNode _ -> {}
            case Audience.Everyone _ -> json.add("readers", GroupName.EVERYONE);
            case Audience.Members(GroupName group) -> json.add("readers", group.value());
        }
    }

    private static JsonObject wiring(Device device) {
        return switch (device.wiring()) {
            case Wiring.Any _ -> new JsonObject();
            case Wiring.NetworkInterface(String name) -> new JsonObject().add("interface", name);
            case Wiring.OneWire(String id) -> new JsonObject().add("id", id);
            case Wiring.KernelDevice(String name) -> new JsonObject().add("device", name);
            case Wiring.I2cChip chip -> chip(chip);
            case Wiring.I2cRegister register -> register(register);
            case Wiring.GpioLine line -> device.driver().isActuator() ? line(line) : input(line);
            case Wiring.PwmOutput(String chip, int channel, int hertz) ->
                output(chip, channel).add("hertz", hertz);
            case Wiring.ServoOutput(String chip, int channel, Duration least, Duration most) ->
                output(chip, channel).add("leastMicros", micros(least)).add("mostMicros", micros(most));
            case Wiring.Program(String path, List<String> arguments, Duration timeout) ->
                new JsonObject()
                        .add("program", path)
                        .add("arguments", array(arguments))
                        .add("timeoutSeconds", timeout.toSeconds());
        };
    }

    private static JsonObject chip(Wiring.I2cChip chip) {
        return new JsonObject().add("bus", chip.bus()).add("address", "0x%02x".formatted(chip.address()));
    }

    private static JsonObject register(Wiring.I2cRegister register) {
        String encoding = register.encoding().name();
        return chip(register.chip())
                .add("register", "0x%02x".formatted(register.register()))
                .add("bytes", register.bytes())
                .add("signed", !encoding.startsWith("UNSIGNED"))
                .add("littleEndian", encoding.endsWith("LITTLE_ENDIAN"))
                .add("factor", number(register.factor()))
                .add("offset", number(register.offset()));
    }

    private static JsonObject line(Wiring.GpioLine line) {
        return new JsonObject()
                .add("chip", line.chip())
                .add("pin", line.offset())
                .add("activeLow", line.activeLow());
    }

    private static JsonObject input(Wiring.GpioLine line) {
        return line(line)
                .add("pull", line.pull().name().toLowerCase(Locale.ROOT))
                .add("debounceMillis", line.debounce().toMillis());
    }

    private static JsonObject output(String chip, int channel) {
        return new JsonObject().add("chip", chip).add("channel", channel);
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1000;
    }

    private static JsonArray array(List<String> texts) {
        return Json.array(texts.toArray(String[]::new)).asArray();
    }

    private static JsonValue setting(Setting setting) {
        return switch (setting) {
            case Setting.OnOff(boolean on) -> Json.value(on);
            case Setting.Level(BigDecimal value) -> number(value);
        };
    }

    private static JsonValue number(BigDecimal value) {
        return Json.parse(value.toPlainString());
    }
}
