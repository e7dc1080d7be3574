package org.maunode.tools.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** From when to when; both ends belong to it. */
public record Span(Instant since, Instant until) {
    /** All that any reading could carry. */
    public static final Span ALL = new Span(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));

    private static final Duration HOUR = Duration.ofHours(1);

    public Span {
        Objects.requireNonNull(since);
        if (until.isBefore(since)) {
            throw new IllegalArgumentException(until + " is before " + since);
        }
    }

    boolean contains(Instant time) {
        return !time.isBefore(since) && !time.isAfter(until);
    }

    /** Whether some of the hour that begins at {@code hour} belongs to it. */
    boolean meetsHour(Instant hour) {
        return hour.plus(HOUR).isAfter(since) && !hour.isAfter(until);
    }

    /** This, but no further than {@code extent} where this has no end of its own. */
    public Span narrowedTo(Span extent) {
        return new Span(since.equals(ALL.since) ? extent.since : since, until.equals(ALL.until) ? extent.until : until);
    }
}
