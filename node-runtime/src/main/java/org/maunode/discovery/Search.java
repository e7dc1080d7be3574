package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One search as a pure engine: whom to ask, what to dial, and when. Time is what has passed since the search began.
 *
 * <pre>
 *   source:     idle ──head start over, or nothing left──► asked ──knows no more──► ended
 *   candidate:  found ──its turn──► dialled ──► failed: the next one's turn
 *                                          └──► proved: over
 * </pre>
 *
 * The first candidate of each source comes before the second of any, and no source has all places: whoever floods one
 * source with lies does not keep the others' truth from being tried. Confined to one thread.
 */
final class Search {
    static final int MAX_CANDIDATES = 16;
    static final int MAX_OF_ONE_SOURCE = 8;
    static final int AT_ONCE = 4;
    static final int AT_ONCE_OF_ONE_SOURCE = 2;

    /** Between two attempts, unless one fails earlier (RFC 8305 has 250 ms). */
    static final Duration PACE = Duration.ofMillis(300);

    /** For a search as a whole. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What to begin. */
    sealed interface Step {
        /** @param source its place in the order */
        record Ask(int source) implements Step {}

        record Dial(Candidate candidate) implements Step {}
    }

    /** What is known of a source. */
    private static final class Asked {
        private final String how;
        private final Duration headStart;
        private Optional<Duration> since = Optional.empty();
        private boolean ended;
        private int found;
        private int dialling;

        Asked(Source source) {
            this.how = source.resolver().name();
            this.headStart = source.headStart();
        }
    }

    /** @param turn the how manieth of its source it is */
    private record Known(Candidate candidate, int source, int turn) {}

    private final List<Asked> sources;
    private final Set<String> places = new HashSet<>();
    private final List<Known> waiting = new ArrayList<>();
    private final List<Known> dialling = new ArrayList<>();
    private Duration nextDial = Duration.ZERO;

    Search(List<Source> sources) {
        this.sources = sources.stream().map(Asked::new).toList();
    }

    /** What to begin now; each step once. */
    List<Step> due(Duration now) {
        List<Step> steps = new ArrayList<>();
        for (Optional<Known> next = dialable(now); next.isPresent(); next = dialable(now)) {
            steps.add(dial(next.get(), now));
        }
        for (int i = 0; i < sources.size(); i++) {
            if (isTurnOf(i, now)) {
                sources.get(i).since = Optional.of(now);
                steps.add(new Step.Ask(i));
            }
        }
        return steps;
    }

    private Step dial(Known known, Duration now) {
        waiting.remove(known);
        dialling.add(known);
        sources.get(known.source()).dialling++;
        nextDial = now.plus(PACE);
        return new Step.Dial(known.candidate());
    }

    private Optional<Known> dialable(Duration now) {
        return now.compareTo(nextDial) < 0 ? Optional.empty() : next();
    }

    private Optional<Known> next() {
        if (dialling.size() >= AT_ONCE) {
            return Optional.empty();
        }
        return waiting.stream()
                .filter(known -> sources.get(known.source()).dialling < AT_ONCE_OF_ONE_SOURCE)
                .min(Comparator.comparingInt(Known::turn).thenComparingInt(Known::source));
    }

    private boolean isTurnOf(int source, Duration now) {
        return sources.get(source).since.isEmpty()
                && (source == 0
                        || askedFrom(source)
                                .filter(time -> now.compareTo(time) >= 0)
                                .isPresent()
                        || isIdle());
    }

    /** When the head start of those before a source is over; empty while the one before it is not asked itself. */
    private Optional<Duration> askedFrom(int source) {
        return sources.get(source - 1).since.map(since -> since.plus(sources.get(source).headStart));
    }

    /** Whether those who were asked know no more, and nothing of what they said is left to try. */
    private boolean isIdle() {
        return waiting.isEmpty()
                && dialling.isEmpty()
                && sources.stream().allMatch(source -> source.since.isEmpty() || source.ended);
    }

    /** How long nothing will be due, unless something happens; never negative. */
    Duration rest(Duration now) {
        Duration next = PATIENCE;
        for (int i = 1; i < sources.size(); i++) {
            if (sources.get(i).since.isEmpty()) {
                next = earlier(next, askedFrom(i));
            }
        }
        Duration rest = earlier(next, next().map(_ -> nextDial)).minus(now);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private static Duration earlier(Duration one, Optional<Duration> other) {
        return other.filter(time -> time.compareTo(one) < 0).orElse(one);
    }

    /**
     * A source names an address.
     *
     * @return empty if it is known already, or one too many
     */
    Optional<Candidate> found(int source, InetSocketAddress address) {
        Asked from = sources.get(source);
        Candidate candidate = new Candidate(address, from.how);
        if (places.size() >= MAX_CANDIDATES
                || from.found >= MAX_OF_ONE_SOURCE
                || address.getPort() == 0
                || !places.add(candidate.place())) {
            return Optional.empty();
        }
        waiting.add(new Known(candidate, source, from.found++));
        return Optional.of(candidate);
    }

    /** A source knows no more. */
    void ended(int source) {
        sources.get(source).ended = true;
    }

    /** An attempt came to nothing: the next one need not wait. */
    void failed(Candidate candidate, Duration now) {
        for (Known known : List.copyOf(dialling)) {
            if (known.candidate().equals(candidate)) {
                dialling.remove(known);
                sources.get(known.source()).dialling--;
                nextDial = now;
            }
        }
    }

    /** What is being dialled. */
    List<Candidate> dialling() {
        return dialling.stream().map(Known::candidate).toList();
    }

    /** Whether nothing is left to ask or try, or no time. */
    boolean isOver(Duration now) {
        return now.compareTo(PATIENCE) >= 0
                || isIdle() && sources.stream().allMatch(source -> source.since.isPresent());
    }
}
