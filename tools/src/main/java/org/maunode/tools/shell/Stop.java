package org.maunode.tools.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that a command end, as SIGTERM and SIGINT say it. Thread-safe; wished once. */
public class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final List<Runnable> listeners = new ArrayList<>();

    /** Asks the command to end. */
    public final void request() {
        List<Runnable> told;
        synchronized (listeners) {
            told = List.copyOf(listeners);
            listeners.clear();
            requested.countDown();
        }
        told.forEach(Runnable::run);
    }

    public final boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Calls {@code listener} once when the end is asked for, at once if it was already; must not block. */
    public final void onRequest(Runnable listener) {
        synchronized (listeners) {
            if (!isRequested()) {
                listeners.add(listener);
                return;
            }
        }
        listener.run();
    }

    /** Whether a command listens, and will end of itself when asked. */
    public final boolean isHeard() {
        synchronized (listeners) {
            return !listeners.isEmpty();
        }
    }

    /** Waits for the wish. */
    public final void await() throws InterruptedException {
        onRequest(() -> {});
        requested.await();
    }

    /** Waits for {@code time} before the next try; {@code true} if the end was asked for meanwhile. */
    public boolean pause(Duration time) throws InterruptedException {
        return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
