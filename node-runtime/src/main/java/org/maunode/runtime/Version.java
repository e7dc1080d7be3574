package org.maunode.runtime;

import java.util.Optional;

/** The version of this software, as its jar says it. */
public final class Version {
    private Version() {}

    /** For example {@code 0.1.0}; {@code development} where the classes do not come from a jar. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
