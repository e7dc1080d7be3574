package org.maunode.device.profile;

import java.util.SequencedMap;

/** A profile whose includes were followed, and whose channels may still be replaced by the one that includes it. */
record Draft(String name, int version, String title, SequencedMap<String, Entry> channels) {

    /** A channel with the place of its wiring, so that it can be told what else is there. */
    record Entry(Channel channel, Problems problems, Place place) {}

    Profile finished() {
        return new Profile(
                name,
                version,
                title,
                channels.values().stream().map(Entry::channel).toList());
    }
}
