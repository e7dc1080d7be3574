package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The addresses of one node that are told in a lookup. The least tried goes first, then one that many tell. */
final class Addresses {
    private static final Comparator<Told> MOST_PROMISING = Comparator.comparingInt(Told::tries)
            .thenComparingInt(told -> told.teller().doubt())
            .thenComparingInt(told -> -told.tellers());

    private final int maxTries;
    private final List<Told> all = new ArrayList<>(1);

    /** @param maxTries how often one address is called, since calls get lost */
    Addresses(int maxTries) {
        this.maxTries = maxTries;
    }

    void add(Told told) {
        for (Told known : all) {
            if (known.contact().equals(told.contact())) {
                known.toldAgain();
                return;
            }
        }
        all.add(told);
    }

    /** The best one left, of those by tellers that are not exposed. */
    Optional<Told> best() {
        Told best = null;
        for (Told told : all) {
            if (isWorthACall(told) && (best == null || MOST_PROMISING.compare(told, best) < 0)) {
                best = told;
            }
        }
        return Optional.ofNullable(best);
    }

    private boolean isWorthACall(Told told) {
        return !told.isOut() && !isSpent(told) && !told.teller().isExposed();
    }

    /** Whether this address will not be called again. */
    boolean isSpent(Told told) {
        return told.tries() >= maxTries;
    }
}
