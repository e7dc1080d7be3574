package org.maunode.discovery.router;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * A promise of the router for some time, and when to ask for more (RFC 6887, 11.2.1). Pure.
 *
 * <pre>
 * asked                renewAt                              end
 *   |-------- 1/2 ------|-1/8-|                              |
 *                       failed: again half way to the end, and again, never within {@link #SHORTEST_WAIT}
 * </pre>
 *
 * @param asked when the router was last asked for it
 * @param renewAt when it is to be asked next
 * @param end when the router forgets it
 */
record Lease(Instant asked, Instant renewAt, Instant end) {
    /** A router that promises less is not worth asking. */
    static final Duration SHORTEST = Duration.ofSeconds(8);
    /** Promises beyond this are not relied on: routers are switched off. */
    static final Duration LONGEST = Duration.ofDays(1);
    /** Between two requests. */
    static final Duration SHORTEST_WAIT = Duration.ofSeconds(4);
    /** Between two requests if the second one is due to a word that anybody on the network can utter. */
    static final Duration SHORTEST_WAIT_AFTER_ANNOUNCEMENT = Duration.ofSeconds(10);
    /** Within this all clients of a router that lost its mappings come back (RFC 6887, 14.1.3). */
    static final Duration SPREAD = Duration.ofSeconds(5);

    /** @throws RouterException with {@code REFUSED} if {@code length} is under {@link #SHORTEST} */
    static Lease granted(Instant now, Duration length, RandomGenerator random) {
        if (length.compareTo(SHORTEST) < 0) {
            throw new RouterException(Reason.REFUSED, "the router promises " + length.toSeconds() + " s only");
        }
        Duration relied = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        Duration wait = relied.dividedBy(2).plus(part(relied.dividedBy(8), random));
        return new Lease(now, now.plus(longer(wait, SHORTEST_WAIT)), now.plus(relied));
    }

    /** After a renewal that failed {@code now}. */
    Lease failed(Instant now) {
        Duration rest = Duration.between(now, end).dividedBy(2);
        return new Lease(now, now.plus(longer(rest, SHORTEST_WAIT)), end);
    }

    /** After the router said {@code now} that it lost the mapping. */
    Lease doubted(Instant now, RandomGenerator random) {
        Instant allowed = asked.plus(SHORTEST_WAIT_AFTER_ANNOUNCEMENT);
        Instant wanted = now.plus(part(SPREAD, random));
        Instant soon = wanted.isBefore(allowed) ? allowed : wanted;
        return soon.isBefore(renewAt) ? new Lease(asked, soon, end) : this;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }

    private static Duration part(Duration whole, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(whole.toMillis() + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
