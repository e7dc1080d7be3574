package org.maunode.http;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of this package, by name. {@code mau-http-listen} accepts; {@code mau-http-io-N} does TLS and HTTP, and
 * never waits; {@code mau-http-disk-N} asks the exchange and reads files; {@code mau-http-watch} looks at deadlines while
 * there are connections; {@code mau-http-dial-N} does TLS and HTTP of calls to others.
 */
final class Threads {
    /** A disk that does not answer may keep a thread; what is left after this is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Threads() {}

    static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> Thread.ofPlatform()
                .daemon()
                .name(name + "-" + count.incrementAndGet())
                .unstarted(task);
    }

    /** Waits for the threads of a pool that was shut down. */
    static void await(ExecutorService pool) {
        try {
            pool.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
