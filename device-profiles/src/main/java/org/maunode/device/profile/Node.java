package org.maunode.device.profile;

import java.util.List;
import java.util.SequencedMap;

/** A JSON value that remembers its place. */
sealed interface Node {
    Place place();

    record Text(Place place, String value) implements Node {}

    /** A number as it was written: what it is worth is for the reader to judge. */
    record Numeral(Place place, String text) implements Node {}

    record Flag(Place place, boolean value) implements Node {}

    record Nothing(Place place) implements Node {}

    record Items(Place place, List<Node> values) implements Node {}

    record Members(Place place, SequencedMap<String, Member> values) implements Node {}

    /** A member of an object: the place of its key, and its value with a place of its own. */
    record Member(Place keyPlace, Node value) {}
}
