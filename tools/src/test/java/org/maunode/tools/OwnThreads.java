package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a thread of ours behind. One that is on its way out may finish. */
final class OwnThreads implements AfterEachCallback {
    private static final long PATIENCE_MILLIS = 5000;

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        for (Thread thread : ours()) {
            thread.join(PATIENCE_MILLIS);
        }
        assertEquals(List.of(), ours().stream().map(Thread::getName).toList(), "threads left behind");
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mau-"))
                .toList();
    }
}
