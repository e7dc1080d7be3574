package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a thread of a socket behind. One that is on its way out may finish. */
final class ControlThreads implements AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        join("mau-control");
    }

    static void join(String prefix) throws InterruptedException {
        for (Thread thread : alive(prefix)) {
            thread.join(PATIENCE);
            assertFalse(thread.isAlive(), "left behind: " + thread.getName());
        }
    }

    static List<Thread> alive(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
