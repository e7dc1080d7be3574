package org.maunode.discovery.kademlia;

/** When a changed table is worth a write: soon after the first change, then rarely. */
final class Saving {
    static final long SOON = 30_000;
    static final long RARELY = 300_000;

    private long last = Long.MIN_VALUE / 2;
    private long at = Engine.NEVER;

    void changed(long now) {
        if (at == Engine.NEVER) {
            at = Math.max(now + SOON, last + RARELY);
        }
    }

    /** Whether to save now; says so once. */
    boolean isDue(long now) {
        if (at > now) {
            return false;
        }
        last = now;
        at = Engine.NEVER;
        return true;
    }

    long deadline() {
        return at;
    }
}
