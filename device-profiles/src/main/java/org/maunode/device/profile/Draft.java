package org.maunode.device.profile;

import java.util.Optional;
import java.util.SequencedMap;

/** A profile whose includes were followed, and whose channels may still be replaced by the one that includes it. */
record Draft(String name, int version, String title, SequencedMap<String, Entry> channels) {

    /**
     * A channel as far as it could be understood, with the place of its wiring: one that has a mistake still holds its
     * pin.
     */
    record Entry(String name, Optional<Device> device, Optional<Channel> channel, Problems problems, Place place) {}

    /** The profile of a draft in which nothing is wrong. */
    Profile finished() {
        return new Profile(
                name,
                version,
                title,
                channels.values().stream()
                        .map(entry -> entry.channel().orElseThrow())
                        .toList());
    }
}
