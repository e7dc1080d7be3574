package org.maunode.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides which old versions go. Of each hour, day and month the newest stays: it is also the newest of its day and of its
 * hour, so that thinning often leaves the same as thinning seldom, as long as there are no more than the most.
 */
final class Thinning {
    private static final Duration ALL = Duration.ofHours(1);
    private static final Duration HOURLY = Duration.ofDays(1);
    private static final Duration DAILY = Duration.ofDays(30);

    private Thinning() {}

    /** What {@code retention} does not keep of {@code oldestFirst}. A time behind {@code now} is as good as now. */
    static <T> List<T> superfluous(List<T> oldestFirst, Function<T, Instant> time, Retention retention, Instant now) {
        return switch (retention) {
            case Retention.KeepAll all -> List.of();
            case Retention.KeepLast last -> oldestFirst.subList(0, Math.max(0, oldestFirst.size() - last.count()));
            case Retention.Staggered staggered ->
                withoutOnePerPeriod(oldestFirst, version -> period(time.apply(version), now), staggered.most());
        };
    }

    private static <T> List<T> withoutOnePerPeriod(
            List<T> oldestFirst, Function<T, Optional<Period>> periodOf, int most) {
        List<T> superfluous = new ArrayList<>();
        Optional<Period> last = Optional.empty();
        int kept = 0;
        for (T version : oldestFirst.reversed()) {
            Optional<Period> period = periodOf.apply(version);
            boolean isNewest = period.isEmpty() || !period.equals(last);
            if (isNewest && kept < most) {
                kept++;
            } else {
                superfluous.add(version);
            }
            last = period;
        }
        return superfluous;
    }

    /** An hour, a day or a month of 30 days, counted from 1970 so that it stays the same whenever one looks. */
    private record Period(Duration length, long number) {}

    /** The period of which one version stays; empty where all do. */
    private static Optional<Period> period(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        if (age.compareTo(ALL) <= 0) {
            return Optional.empty();
        }
        if (age.compareTo(HOURLY) <= 0) {
            return Optional.of(period(time, Duration.ofHours(1)));
        }
        return Optional.of(period(time, age.compareTo(DAILY) <= 0 ? Duration.ofDays(1) : DAILY));
    }

    private static Period period(Instant time, Duration length) {
        return new Period(length, Math.floorDiv(time.getEpochSecond(), length.toSeconds()));
    }
}
