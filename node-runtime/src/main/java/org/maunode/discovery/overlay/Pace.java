package org.maunode.discovery.overlay;

import java.util.OptionalLong;

/** When the table is written: when the engine says that it is worth it, but seldom; flash wears out. Milliseconds. Pure. */
final class Pace {
    /** Between two writes. */
    static final long APART = 600_000;

    private OptionalLong written = OptionalLong.empty();
    private OptionalLong due = OptionalLong.empty();

    void changed(long now) {
        if (due.isEmpty()) {
            due = OptionalLong.of(written.isPresent() ? Math.max(now, written.getAsLong() + APART) : now);
        }
    }

    OptionalLong due() {
        return due;
    }

    /** Whether it is time, which is told once. */
    boolean isDue(long now) {
        boolean time = due.isPresent() && now >= due.getAsLong();
        if (time) {
            written = OptionalLong.of(now);
            due = OptionalLong.empty();
        }
        return time;
    }
}
