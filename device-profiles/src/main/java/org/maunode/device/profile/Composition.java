package org.maunode.device.profile;

import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What must hold between the channels of a profile, its own and the inherited ones together. */
final class Composition {
    private final Map<String, Draft.Entry> holders = new HashMap<>();

    private Composition() {}

    /** Reports every channel that uses what another one already has. */
    static void check(SequencedMap<String, Draft.Entry> channels) {
        Composition composition = new Composition();
        channels.values().forEach(composition::add);
    }

    private void add(Draft.Entry entry) {
        entry.channel().device().wiring().claims().forEach(claim -> claim(entry, claim));
    }

    private void claim(Draft.Entry entry, Wiring.Claim claim) {
        Draft.Entry holder = holders.putIfAbsent(claim.what(), entry);
        if (holder != null && !mayShare(claim, holder.channel(), entry.channel())) {
            entry.problems()
                    .add(
                            entry.place(),
                            claim.what() + " is already used by channel \""
                                    + holder.channel().name() + "\"",
                            claim.isExclusive()
                                    ? "wire one of them elsewhere"
                                    : "name the same driver for both, or correct the address");
        }
    }

    private static boolean mayShare(Wiring.Claim claim, Channel holder, Channel other) {
        return !claim.isExclusive() && holder.driver() == other.driver();
    }
}
