package org.maunode.device.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The problems of one profile, and of those that it includes, as they are found. */
final class Problems {
    /** Nobody reads more at once. */
    static final int MAX = 100;

    private static final int MAX_QUOTED = 60;

    private final String source;
    private final List<Problem> found;
    private final List<String> sources;

    Problems(String source) {
        this(source, new ArrayList<>(), new ArrayList<>());
    }

    private Problems(String source, List<Problem> found, List<String> sources) {
        this.source = source;
        this.found = found;
        this.sources = sources;
        sources.add(source);
    }

    /** Where the problems of an included profile go: to the same list, under its own name. */
    Problems in(String included) {
        return new Problems(included, found, sources);
    }

    void add(Place place, String message, String suggestion) {
        if (found.size() < MAX) {
            found.add(new Problem(source, place.line(), place.column(), message, suggestion));
        }
    }

    /** Takes over what made an included profile unusable. */
    void take(ProfileException refusal) {
        refusal.problems().stream().limit(Math.max(0, MAX - found.size())).forEach(found::add);
    }

    /** @throws ProfileException if anything was found */
    void refuseIfAny() {
        if (!found.isEmpty()) {
            found.sort(Comparator.<Problem>comparingInt(problem -> sources.indexOf(problem.source()))
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column));
            throw new ProfileException(ProfileException.Reason.UNSOUND, found);
        }
    }

    /** A refusal for one reason, which leaves nothing else to look at. */
    ProfileException fatal(ProfileException.Reason reason, Place place, String message, String suggestion) {
        return new ProfileException(
                reason, List.of(new Problem(source, place.line(), place.column(), message, suggestion)));
    }

    /** Somebody else's text, short and harmless on a terminal. */
    static String quote(String text) {
        String shown = text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "..." : text;
        return '"' + shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "?") + '"';
    }
}
