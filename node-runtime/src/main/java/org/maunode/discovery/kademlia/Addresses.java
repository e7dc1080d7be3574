package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The addresses of one node that are told in a lookup. Each is tried once; one that many tell goes first. */
final class Addresses {
    private static final Comparator<Told> MOST_PROMISING =
            Comparator.comparingInt((Told told) -> told.teller().doubt()).thenComparingInt(told -> -told.tellers());

    private final List<Told> untried = new ArrayList<>(1);
    private final List<Told> tried = new ArrayList<>(0);

    void add(Told told) {
        if (!isToldAgain(untried, told) && !isToldAgain(tried, told)) {
            untried.add(told);
        }
    }

    private static boolean isToldAgain(List<Told> among, Told told) {
        for (Told known : among) {
            if (known.contact().equals(told.contact())) {
                known.toldAgain();
                return true;
            }
        }
        return false;
    }

    /** The best one left, of those by tellers that are not exposed. */
    Optional<Told> best() {
        if (untried.size() == 1) {
            return untried.getFirst().teller().isExposed() ? Optional.empty() : Optional.of(untried.getFirst());
        }
        return untried.stream().filter(told -> !told.teller().isExposed()).min(MOST_PROMISING);
    }

    void tried(Told told) {
        untried.remove(told);
        tried.add(told);
    }
}
