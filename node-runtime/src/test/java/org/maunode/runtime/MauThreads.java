package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a thread of a peer behind. One that is on its way out may finish. */
final class MauThreads implements AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (Thread thread : alive()) {
            thread.join(PATIENCE);
            assertFalse(thread.isAlive(), "left behind: " + thread.getName());
        }
    }

    private static List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mau-"))
                .toList();
    }
}
