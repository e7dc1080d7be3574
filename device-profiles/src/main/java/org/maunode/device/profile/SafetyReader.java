package org.maunode.device.profile;

import java.time.Duration;
import java.util.Optional;

/** The rules of an actuator. */
final class SafetyReader {
    private final Fields fields;

    SafetyReader(Fields fields) {
        this.fields = fields;
    }

    /** @param scale of the actuator; empty where that was reported, and the fail-safe state cannot be judged */
    Optional<Safety> read(Optional<Scale> scale) {
        Optional<Setting> failSafe = scale.isEmpty() ? unjudged() : failSafe(scale.get());
        Optional<Duration> longestOn =
                fields.whole("maxOnSeconds", 1, (int) Safety.MAX_ON.toSeconds()).map(Duration::ofSeconds);
        Optional<Duration> leastBetween = fields.offers("minSwitchSeconds")
                ? fields.whole("minSwitchSeconds", 0, (int) Safety.MAX_BETWEEN.toSeconds())
                        .map(Duration::ofSeconds)
                : Optional.of(Duration.ZERO);
        return failSafe.flatMap(state ->
                longestOn.flatMap(longest -> leastBetween.map(between -> new Safety(state, longest, between))));
    }

    private Optional<Setting> unjudged() {
        fields.offers("failSafe");
        return Optional.empty();
    }

    private Optional<Setting> failSafe(Scale scale) {
        return scale.quantity().unit().isEmpty()
                ? fields.flag("failSafe").map(Setting.OnOff::new)
                : fields.number("failSafe", scale.range()).map(Setting.Level::new);
    }
}
