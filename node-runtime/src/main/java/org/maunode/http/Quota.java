package org.maunode.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places that are held for a while: so many in all, so many of one holder. Thread-safe. */
final class Quota {
    private final int inAll;
    private final int perHolder;
    private final Map<Object, Integer> held = new HashMap<>();
    private int taken;

    Quota(int inAll, int perHolder) {
        this.inAll = inAll;
        this.perHolder = perHolder;
    }

    /** A place for {@code holder}, if there is one left; giving it back twice is giving it back once. */
    synchronized Optional<Place> take(Object holder) {
        if (taken >= inAll || held.getOrDefault(holder, 0) >= perHolder) {
            return Optional.empty();
        }
        taken++;
        held.merge(holder, 1, Integer::sum);
        AtomicBoolean back = new AtomicBoolean();
        return Optional.of(() -> {
            if (back.compareAndSet(false, true)) {
                giveBack(holder);
            }
        });
    }

    private synchronized void giveBack(Object holder) {
        taken--;
        held.computeIfPresent(holder, (h, count) -> count == 1 ? null : count - 1);
    }

    synchronized int taken() {
        return taken;
    }

    /** One place. */
    @FunctionalInterface
    interface Place extends AutoCloseable {
        @Override
        void close();
    }
}
