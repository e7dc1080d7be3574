package org.maunode.discovery;

import java.time.Duration;
import java.util.Objects;

/**
 * A resolver in its place in the order of promise.
 *
 * @param headStart how long the one before it has for itself; less if nothing is left to try
 */
public record Source(Resolver resolver, Duration headStart) {
    public Source {
        Objects.requireNonNull(resolver);
        if (headStart.isNegative()) {
            throw new IllegalArgumentException("a head start of " + headStart);
        }
    }

    /** Asked together with the one before it. */
    public static Source atOnce(Resolver resolver) {
        return new Source(resolver, Duration.ZERO);
    }
}
