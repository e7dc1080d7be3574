package org.maunode.device.profile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Numbers of a unit as people say them. */
final class Spelling {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final List<String> BYTES = List.of("bytes", "kB", "MB", "GB", "TB", "PB");
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Spelling() {}

    static String of(BigDecimal number, Unit unit) {
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
        return scaled.stripTrailingZeros().toPlainString() + " " + BYTES.get(power);
    }

    /** The two largest parts: 3 d 4 h. */
    private static String duration(BigDecimal number) {
        long seconds = number.longValue();
        if (seconds >= DAY) {
            return parts(seconds / DAY, " d", seconds % DAY / HOUR, " h");
        }
        if (seconds >= HOUR) {
            return parts(seconds / HOUR, " h", seconds % HOUR / MINUTE, " min");
        }
        return seconds >= MINUTE
                ? parts(seconds / MINUTE, " min", seconds % MINUTE, " s")
                : number.toPlainString() + " s";
    }

    private static String parts(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
