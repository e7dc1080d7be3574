package org.maunode.device.vocabulary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.Unit;
import org.maunode.device.sampling.Observed;

/** What a reading says in words, for whoever knows nothing of units and properties. */
final class Sentence {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final List<String> BYTES = List.of("bytes", "kB", "MB", "GB", "TB", "PB");
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

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
                quantity.unit().map(unit -> amount(number, unit)).orElse(number.toPlainString());
        };
    }

    private static String amount(BigDecimal number, Unit unit) {
        return switch (unit) {
            case BYTE -> bytes(number);
            case SECOND -> duration(number);
            case ONE -> number.toPlainString();
            default -> number.toPlainString() + " " + unit.text();
        };
    }

    /** Three digits and a decimal prefix: 24.5 GB. */
    private static String bytes(BigDecimal number) {
        int power = 0;
        BigDecimal scaled = number.round(THREE_DIGITS);
        while (scaled.abs().compareTo(THOUSAND) >= 0 && power < BYTES.size() - 1) {
            scaled = scaled.divide(THOUSAND);
            power++;
        }
        return scaled.toPlainString() + " " + BYTES.get(power);
    }

    /** The two largest parts: 3 d 4 h. */
    private static String duration(BigDecimal number) {
        long seconds = number.longValue();
        if (seconds >= DAY) {
            return seconds / DAY + " d " + seconds % DAY / HOUR + " h";
        }
        if (seconds >= HOUR) {
            return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
        }
        return seconds >= MINUTE ? seconds / MINUTE + " min " + seconds % MINUTE + " s" : number.toPlainString() + " s";
    }
}
