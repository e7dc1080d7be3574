package org.maunode.device.profile;

import java.time.Duration;
import java.util.Optional;

/** One entry of a profile's {@code channels}. */
final class ChannelReader {
    static final int MAX_TITLE = 100;
    static final int MAX_PERIOD_SECONDS = 24 * 3600;

    private static final String GROUP_RULE =
            "write the name of a group: printable, no slash, no dot first, at most " + GroupName.MAX_BYTES + " bytes";

    private final Fields fields;
    private final Problems problems;
    private Optional<Device> device = Optional.empty();

    ChannelReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /** The channel, or nothing where its name or any of its settings was reported. */
    Optional<Channel> read(Optional<ChannelName> name) {
        Optional<String> title = fields.text("title", MAX_TITLE);
        Optional<DriverKind> driver = fields.word("driver", Words.DRIVERS);
        Optional<Wiring> wiring = new WiringReader(fields, problems).read(driver);
        device = driver.flatMap(kind -> wiring.map(wired -> new Device(kind, wired)));
        Optional<Audience> readers = readers();
        ScaleReader scale = new ScaleReader(fields, problems, driver);
        Optional<Channel> channel = isActuator(driver)
                ? actuator(
                        scale.set(),
                        (s, group, safety) -> name.flatMap(n -> title.flatMap(t -> device.flatMap(
                                d -> readers.map(r -> new ActuatorChannel(n, t, d, s, r, group, safety))))))
                : sensor(
                        scale.measured(),
                        (s, period) -> name.flatMap(n -> title.flatMap(
                                t -> device.flatMap(d -> readers.map(r -> new SensorChannel(n, t, d, s, period, r))))));
        fields.refuseOthers();
        return channel;
    }

    /** What the channel that was read hangs on, though its other settings may be wrong. */
    Optional<Device> device() {
        return device;
    }

    /** Where the driver is not known, what the channel says it does tells. */
    private boolean isActuator(Optional<DriverKind> driver) {
        return driver.map(DriverKind::isActuator).orElseGet(() -> fields.has("sets"));
    }

    /** The parts that only a sensor has, with what all channels have. */
    private interface Sensor {
        Optional<Channel> with(Scale scale, Duration period);
    }

    /** The parts that only an actuator has, with what all channels have. */
    private interface Actuator {
        Optional<Channel> with(Scale scale, GroupName controllers, Safety safety);
    }

    private Optional<Channel> sensor(Optional<Scale> scale, Sensor rest) {
        Optional<Duration> period = period();
        for (String key : new String[] {"controllers", "failSafe", "maxOnSeconds", "minSwitchSeconds", "sets"}) {
            fields.refuse(key, "is for what can be switched, and this channel measures", "remove it");
        }
        return scale.flatMap(s -> period.flatMap(p -> rest.with(s, p)));
    }

    private Optional<Channel> actuator(Optional<Scale> scale, Actuator rest) {
        Optional<GroupName> controllers =
                fields.text("controllers", GroupName::isWellFormed, GROUP_RULE).map(GroupName::new);
        Optional<Safety> safety = new SafetyReader(fields).read(scale);
        for (String key : new String[] {"measures", "periodSeconds"}) {
            fields.refuse(key, "is for sensors, and this channel is set", "remove it");
        }
        return scale.flatMap(s -> controllers.flatMap(c -> safety.flatMap(rules -> rest.with(s, c, rules))));
    }

    private Optional<Duration> period() {
        return fields.offers("periodSeconds")
                ? fields.whole("periodSeconds", 1, MAX_PERIOD_SECONDS).map(Duration::ofSeconds)
                : Optional.of(SensorChannel.DEFAULT_PERIOD);
    }

    private Optional<Audience> readers() {
        if (!fields.offers("readers")) {
            return Optional.of(new Audience.OfTheNode());
        }
        return fields.text(
                        "readers",
                        text -> text.equals(GroupName.EVERYONE) || GroupName.isWellFormed(text),
                        "write \"public\", or the name of a group")
                .map(text -> text.equals(GroupName.EVERYONE)
                        ? new Audience.Everyone()
                        : new Audience.Members(new GroupName(text)));
    }
}
