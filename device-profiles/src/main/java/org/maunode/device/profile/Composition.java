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
        entry.device().ifPresent(device -> device.wiring().claims().forEach(claim -> claim(entry, device, claim)));
    }

    private void claim(Draft.Entry entry, Device device, Wiring.Claim claim) {
        Draft.Entry holder = holders.putIfAbsent(claim.what(), entry);
        if (holder != null && !mayShare(claim, device, holder.device().orElseThrow())) {
            entry.problems()
                    .add(
                            entry.place(),
                            claim.what() + " is already used by channel \"" + holder.name() + "\"",
                            claim.isExclusive()
                                    ? "wire one of them elsewhere"
                                    : "name the same driver for both, or correct the address");
        }
    }

    private static boolean mayShare(Wiring.Claim claim, Device one, Device other) {
        return !claim.isExclusive() && one.driver() == other.driver();
    }
}
