package org.maunode.device.profile;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The one way in which reading a profile fails: with every problem that was found, each with its place. */
public final class ProfileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why the profile was refused. */
    public enum Reason {
        /** The file is not there or cannot be read. */
        UNREADABLE,
        /** Longer, or more deeply nested, than a profile may be. */
        OVER_LIMIT,
        /** Not JSON in UTF-8. */
        NOT_JSON,
        /** JSON, but not a sound profile. */
        UNSOUND
    }

    private final Reason reason;
    private final transient List<Problem> problems;

    ProfileException(Reason reason, List<Problem> problems) {
        super(problems.stream().map(problem -> problem.source() + ":" + problem).collect(Collectors.joining("\n")));
        this.reason = Objects.requireNonNull(reason);
        this.problems = List.copyOf(problems);
    }

    public Reason reason() {
        return reason;
    }

    /** At least one, in the order of their places; those of included profiles follow. */
    public List<Problem> problems() {
        return problems;
    }
}
