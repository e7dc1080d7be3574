package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One of the disjoint paths of a lookup (S/Kademlia, 4.4): it follows only what nodes on it told, so that a liar on one path
 * misleads no other. It is at its end when those of its nodes that are nearest to the target have answered.
 */
final class Path {
    private final Id target;
    private final int width;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Id> answered = new ArrayList<>();
    private int asked;

    /** @param width how many of the nearest must have answered */
    Path(Id target, int width) {
        this.target = target;
        this.width = width;
    }

    boolean isUnused() {
        return candidates.isEmpty();
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
    }

    /** Calls of this path that are out and not slow. */
    int asked() {
        return asked;
    }

    void asked(int change) {
        asked += change;
    }

    /** Whom to ask now: of those told by the least doubtful the one nearest to the target. */
    Optional<Candidate> next(Predicate<Candidate> allowed) {
        Optional<Id> border = border();
        Candidate best = null;
        int leastDoubt = Integer.MAX_VALUE;
        for (Candidate candidate : candidates) {
            if (!candidate.is(Candidate.State.WAITING) || !within(border, candidate)) {
                continue;
            }
            int doubt = doubt(candidate);
            boolean better = doubt < leastDoubt || doubt == leastDoubt && best != null && isNearer(candidate, best);
            if (better && doubt != Integer.MAX_VALUE && allowed.test(candidate)) {
                best = candidate;
                leastDoubt = doubt;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int doubt(Candidate candidate) {
        return candidate.addresses.best().map(told -> told.teller().doubt()).orElse(Integer.MAX_VALUE);
    }

    private boolean isNearer(Candidate a, Candidate b) {
        return target.compareDistances(a.id, b.id) < 0;
    }

    private boolean within(Optional<Id> border, Candidate candidate) {
        return border.isEmpty() || target.compareDistances(candidate.id, border.get()) < 0;
    }

    void answered(Candidate candidate) {
        candidate.become(Candidate.State.ANSWERED);
        int place = Collections.binarySearch(answered, candidate.id, target::compareDistances);
        answered.add(-place - 1, candidate.id);
    }

    /** The last of the {@code width} nearest that answered: nobody farther is asked. */
    private Optional<Id> border() {
        return answered.size() < width ? Optional.empty() : Optional.of(answered.get(width - 1));
    }
}
