package org.maunode.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides which old versions go: one does if the next newer one that stays is of the same hour and older than an hour, of
 * the same day and older than a day, or of the same month and older than a month. So the newest of each stays, and thinning
 * often leaves the same as thinning seldom, as long as there are no more than the most.
 */
final class Thinning {
    /** Versions this old stay once a period; periods are counted from 1970, the same whenever one looks. */
    private record Tier(Duration age, Duration period) {
        boolean isSame(Instant one, Instant other) {
            return number(one) == number(other);
        }

        private long number(Instant time) {
            return Math.floorDiv(time.getEpochSecond(), period.toSeconds());
        }
    }

    private static final List<Tier> TIERS = List.of(
            new Tier(Duration.ofHours(1), Duration.ofHours(1)),
            new Tier(Duration.ofDays(1), Duration.ofDays(1)),
            new Tier(Duration.ofDays(30), Duration.ofDays(30)));

    private Thinning() {}

    /** What {@code retention} does not keep of {@code oldestFirst}. A time behind {@code now} is as good as now. */
    static <T> List<T> superfluous(List<T> oldestFirst, Function<T, Instant> time, Retention retention, Instant now) {
        return switch (retention) {
            case Retention.KeepAll all -> List.of();
            case Retention.KeepLast last -> oldestFirst.subList(0, Math.max(0, oldestFirst.size() - last.count()));
            case Retention.Staggered staggered -> thinned(oldestFirst, time, staggered.most(), now);
        };
    }

    private static <T> List<T> thinned(List<T> oldestFirst, Function<T, Instant> time, int most, Instant now) {
        List<T> superfluous = new ArrayList<>();
        Optional<Instant> newer = Optional.empty();
        int kept = 0;
        for (T version : oldestFirst.reversed()) {
            Instant modified = time.apply(version);
            if (kept == most || newer.filter(n -> replaces(n, modified, now)).isPresent()) {
                superfluous.add(version);
            } else {
                kept++;
                newer = Optional.of(modified);
            }
        }
        return superfluous;
    }

    private static boolean replaces(Instant newer, Instant older, Instant now) {
        Duration age = Duration.between(newer, now);
        return TIERS.stream().anyMatch(tier -> age.compareTo(tier.age()) > 0 && tier.isSame(newer, older));
    }
}
