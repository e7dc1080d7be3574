package org.maunode.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.maunode.discovery.Connector;

/**
 * What all keepers of a syncer have in common.
 *
 * @param random thread-safe
 */
record Shared(
        Follower follower,
        Connector connector,
        Outbox outbox,
        Syncer.Options options,
        Syncer.Listener listener,
        RandomGenerator random,
        Scheduler scheduler,
        Links links) {

    /** How long a peer may hold back its answer: shortened by up to a quarter, so that renewals do not come together. */
    Duration renewal() {
        long millis = options.renewal().toMillis();
        return Duration.ofMillis(millis - random.nextLong(millis / 4 + 1));
    }
}
