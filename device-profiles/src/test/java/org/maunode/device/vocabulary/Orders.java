package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.Setting;

/** Commands, and what became of them, to write documents about. */
final class Orders {
    static final String COMMANDER = "9ab4f1c2d3e4f5061728394a5b6c7d8e9f001122";
    static final CommandId ID = new CommandId(COMMANDER, new Ulid("01JDC3Y8Z4T8V0Q6M2K7R9W1XA"));
    static final Instant START = Instant.parse("2026-11-23T08:16:00Z");

    private static final String PROFILE =
            """
            {"name": "tests", "version": 1, "title": "Tests", "channels": {
              "pump": {"title": "Water pump relay", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff",
                "controllers": "gardeners", "failSafe": false, "maxOnSeconds": 900},
              "vent": {"title": "Vent", "driver": "pwm", "wiring": {"chip": "pwmchip0", "channel": 0}, "sets": "level",
                "unit": "P1", "precision": 1, "controllers": "gardeners", "failSafe": 0, "maxOnSeconds": 900}
            }}
            """;
    static final List<ActuatorChannel> ACTUATORS = Profiles.parse(
                    "tests.json", PROFILE.getBytes(StandardCharsets.UTF_8))
            .actuators();
    static final ActuatorChannel PUMP = ACTUATORS.get(0);
    static final ActuatorChannel VENT = ACTUATORS.get(1);

    private Orders() {}

    static Command on() {
        return new Command(
                ID,
                Scene.FINGERPRINT,
                "pump",
                Act.ACTIVATE,
                Setting.ON,
                Optional.empty(),
                Optional.of(Duration.ofMinutes(10)),
                START,
                START.plusSeconds(60),
                77,
                "Turn the pump on for 10 minutes");
    }

    static Command level() {
        return new Command(
                ID,
                Scene.FINGERPRINT,
                "vent",
                Act.UPDATE,
                new Setting.Level(new BigDecimal("42.5")),
                Optional.of("P1"),
                Optional.empty(),
                START,
                START.plusSeconds(60),
                78,
                "Set the vent to 42.5 %");
    }

    static State state(ActuatorChannel channel, Setting value) {
        return new State(
                Scene.NODE,
                channel,
                value,
                START.plusSeconds(2),
                312,
                "",
                Optional.of(ID),
                Optional.of(START.plusSeconds(602)));
    }

    static CommandResult result(ResultCode code) {
        return new CommandResult(
                Scene.NODE,
                new CommandResult.About(ID, "9f2c".repeat(16), Act.ACTIVATE, on().name(), List.of()),
                code,
                "the pump is on until 08:26:02",
                Optional.of(PUMP),
                code == ResultCode.APPLIED ? Optional.of(state(PUMP, Setting.ON)) : Optional.empty(),
                START.plusSeconds(2),
                START.plusSeconds(2));
    }

    static CommandResult together(int others) {
        List<CommandId> all = Collections.nCopies(others, ID);
        return new CommandResult(
                Scene.NODE,
                new CommandResult.About(ID, "", Act.CONTROL, "Commands", all),
                ResultCode.BUSY,
                "too many commands",
                Optional.empty(),
                Optional.empty(),
                START,
                START);
    }

    static List<String> documents() {
        return List.of(
                on().toJson(),
                level().toJson(),
                state(PUMP, Setting.ON).toJson(),
                state(VENT, new Setting.Level(BigDecimal.TEN)).toJson(),
                result(ResultCode.APPLIED).toJson(),
                result(ResultCode.DENIED).toJson(),
                result(ResultCode.FAULT).toJson(),
                together(3).toJson(),
                Scene.node(Scene.pi(), ACTUATORS));
    }

    static JsonObject json(String text) {
        return Json.parse(text).asObject();
    }
}
