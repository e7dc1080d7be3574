package org.maunode.discovery.overlay;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that leaves a thread of a node behind. */
public final class NoThreadsLeft implements AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (Thread thread : alive()) {
            thread.join(PATIENCE);
            assertFalse(thread.isAlive(), "left behind: " + thread.getName());
        }
    }

    static List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mau-"))
                .toList();
    }
}
