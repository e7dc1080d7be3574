package org.maunode.device.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one profile as they are found. */
final class Problems {
    /** Nobody reads more at once. */
    static final int MAX = 100;

    private static final int MAX_QUOTED = 60;

    private final String source;
    private final List<Problem> found = new ArrayList<>();

    Problems(String source) {
        this.source = source;
    }

    void add(Place place, String message, String suggestion) {
        if (found.size() < MAX) {
            found.add(new Problem(place.line(), place.column(), message, suggestion));
        }
    }

    /** @throws ProfileException if anything was found */
    void refuseIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ProfileException(ProfileException.Reason.UNSOUND, source, found);
        }
    }

    /** A refusal for one reason, which leaves nothing else to look at. */
    ProfileException fatal(ProfileException.Reason reason, Place place, String message, String suggestion) {
        return new ProfileException(
                reason, source, List.of(new Problem(place.line(), place.column(), message, suggestion)));
    }

    /** Somebody else's text, short and harmless on a terminal. */
    static String quote(String text) {
        String shown = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text;
        return '"' + shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?") + '"';
    }
}
