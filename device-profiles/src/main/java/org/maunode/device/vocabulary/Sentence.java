package org.maunode.device.vocabulary;

import java.math.BigDecimal;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Quantity;
import org.maunode.device.sampling.Observed;

/** What a reading says in words, for whoever knows nothing of units and properties. */
final class Sentence {
    private Sentence() {}

    static String of(Observed observed) {
        return switch (observed) {
            case Observed.Measured measured -> measured(measured) + remark(measured);
            case Observed.Lost lost ->
                "%s since %s; last %s"
                        .formatted(lost.reason().words(), LinkedData.time(lost.since()), measured(lost.last()));
            case Observed.Missing missing ->
                "%s since %s; there is no value yet".formatted(missing.reason().words(), LinkedData.time(missing.at()));
        };
    }

    private static String measured(Observed.Measured measured) {
        return value(measured.channel().quantity(), measured.sample()) + " at " + LinkedData.time(measured.at());
    }

    private static String remark(Observed.Measured measured) {
        return switch (measured.quality()) {
            case OK, FAULT -> "";
            case STALE -> ", not renewed since";
            case SIMULATED -> " (simulated)";
        };
    }

    private static String value(Quantity quantity, Sample sample) {
        return switch (sample) {
            case Sample.Switch(boolean on) -> on ? "on" : "off";
            case Sample.Amount(BigDecimal number) ->
                quantity.unit().map(unit -> unit.spell(number)).orElse(number.toPlainString());
        };
    }
}
