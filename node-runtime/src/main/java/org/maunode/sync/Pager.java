package org.maunode.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.maunode.exchange.RemotePeer.Behind;
import org.maunode.exchange.RemotePeer.From;

/**
 * Decides what to ask for behind a page. Pure: one a run, told what came, asked what next.
 *
 * <p>A peer that pages is simply followed. One that does not (the Go peer) answers with the first 100 files at or after a
 * second, less those that the caller may not read, so that neither a short nor an empty page is the end:
 *
 * <pre>
 *   page brought files of a later second ──► ask from that second on
 *   page brought nothing later           ──► ask 1, 2, 4, 8 ... seconds later, up to now
 * </pre>
 */
final class Pager {
    /** How far a peer's clock may be ahead of ours when the end is looked for. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private final From first;
    private final Instant end;
    private Instant asked;
    private Duration stride = Duration.ofSeconds(1);

    private Pager(From first, Instant asked, Instant now) {
        this.first = first;
        this.asked = asked.truncatedTo(ChronoUnit.SECONDS);
        this.end = now.plus(CLOCK_SKEW);
    }

    /** Follows a listing from {@code time} on; the search for later files ends at {@code now}. */
    static Pager from(Instant time, Instant now) {
        return new Pager(new From.Since(time), time, now);
    }

    /**
     * Follows a listing from its very beginning, whatever its times say.
     *
     * @param earliest a time before which it is not worth searching
     */
    static Pager fromTheStart(Instant earliest, Instant now) {
        return new Pager(new From.Since(Instant.MIN), earliest, now);
    }

    From first() {
        return first;
    }

    /**
     * The request that follows a page.
     *
     * @param newest the latest time of a file on it, as far as it is known; one that lies ahead of any clock is not believed
     * @return empty at the end
     */
    Optional<From> behind(Behind behind, Optional<Instant> newest) {
        return switch (behind) {
            case Behind.More more -> Optional.of(new From.Next(more.cursor()));
            case Behind.Nothing _ -> Optional.empty();
            case Behind.Untold _ ->
                newest.filter(time -> !time.isAfter(end))
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS))
                        .filter(time -> time.isAfter(asked))
                        .map(this::onwards)
                        .orElseGet(this::probe);
        };
    }

    private Optional<From> onwards(Instant time) {
        asked = time;
        stride = Duration.ofSeconds(1);
        return Optional.of(new From.Since(asked));
    }

    private Optional<From> probe() {
        Instant next = asked.plus(stride);
        if (next.isAfter(end)) {
            return Optional.empty();
        }
        asked = next;
        stride = stride.multipliedBy(2);
        return Optional.of(new From.Since(asked));
    }
}
