package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A channel that can be told to change something.
 *
 * @param controllers the group whose members may command it; nobody else may
 */
public record ActuatorChannel(
        ChannelName name,
        String title,
        Device device,
        Scale scale,
        Audience readers,
        GroupName controllers,
        Safety safety)
        implements Channel {

    public ActuatorChannel {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(readers);
        Objects.requireNonNull(controllers);
        if (!device.driver().isActuator() || !device.driver().offers(scale.quantity())) {
            throw new IllegalArgumentException(
                    device.driver().id() + " does not set " + scale.quantity().term());
        }
        if (!accepts(scale, safety.failSafe())) {
            throw new IllegalArgumentException("fail-safe state " + safety.failSafe() + " is out of range");
        }
    }

    /** Whether it can be set to this: of its kind, and in its range. */
    public boolean accepts(Setting setting) {
        return accepts(scale, setting);
    }

    private static boolean accepts(Scale scale, Setting setting) {
        return switch (setting) {
            case Setting.OnOff _ -> scale.quantity().unit().isEmpty();
            case Setting.Level(BigDecimal value) ->
                scale.quantity().unit().isPresent() && scale.range().contains(value);
        };
    }

    /** The nearest setting that the channel's precision has; an end of the range that lies between two steps stays. */
    public Setting rounded(Setting setting) {
        return switch (setting) {
            case Setting.OnOff onOff -> onOff;
            case Setting.Level level -> {
                Setting rounded = new Setting.Level(scale.resolution().round(level.value()));
                yield accepts(rounded) ? rounded : level;
            }
        };
    }

    /** A setting as people say it: {@code on}, {@code 40 %}. */
    public String say(Setting setting) {
        return switch (setting) {
            case Setting.OnOff(boolean on) -> on ? "on" : "off";
            case Setting.Level(BigDecimal value) ->
                quantity().unit().map(unit -> unit.spell(value)).orElse(value.toPlainString());
        };
    }

    /** One line for people: what is set, by whom, for how long at most, and what it falls back to. */
    @Override
    public String summary() {
        return "%s, set by %s for %s at most, otherwise %s"
                .formatted(
                        title,
                        controllers,
                        Unit.SECOND.spell(BigDecimal.valueOf(safety.longestOn().toSeconds())),
                        say(safety.failSafe()));
    }
}
