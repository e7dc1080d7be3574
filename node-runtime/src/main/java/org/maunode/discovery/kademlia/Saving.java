package org.maunode.discovery.kademlia;

import java.util.OptionalLong;

/** When a changed table is worth a write: soon after the first change, then rarely. */
final class Saving {
    static final long SOON = 30_000;
    static final long RARELY = 300_000;

    private static final long NEVER = Long.MAX_VALUE;

    private long last = Long.MIN_VALUE / 2;
    private long at = NEVER;

    void changed(long now) {
        if (at == NEVER) {
            at = Math.max(now + SOON, last + RARELY);
        }
    }

    /** Whether to save now; says so once. */
    boolean isDue(long now) {
        if (at > now) {
            return false;
        }
        last = now;
        at = NEVER;
        return true;
    }

    OptionalLong deadline() {
        return at == NEVER ? OptionalLong.empty() : OptionalLong.of(at);
    }
}
