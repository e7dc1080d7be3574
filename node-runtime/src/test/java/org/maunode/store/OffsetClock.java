package org.maunode.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, as files are stamped by it, set forward or back by the test. */
final class OffsetClock implements InstantSource {
    private volatile Duration offset = Duration.ZERO;

    void advance(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }
}
