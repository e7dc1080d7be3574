package org.maunode.tools;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on a second each time somebody looks, so that nobody has to wait. */
final class SteppingClock implements InstantSource {
    private Instant now = Instant.now();

    @Override
    public synchronized Instant instant() {
        now = now.plus(Duration.ofSeconds(1));
        return now;
    }
}
