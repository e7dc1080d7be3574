package org.maunode.store;

/** Which old versions of a file are kept. */
public sealed interface Retention {
    /** Every version, as the specification has it. */
    record KeepAll() implements Retention {}

    /** The newest {@code count} old versions; 0 keeps none. */
    record KeepLast(int count) implements Retention {
        public KeepLast {
            if (count < 0) {
                throw new IllegalArgumentException("cannot keep " + count + " versions");
            }
        }
    }

    /**
     * Thinner with age: all of the last hour, then the newest of each hour for a day, of each day for a month (30 days), of
     * each month for ever, and never more than {@code most}.
     */
    record Staggered(int most) implements Retention {
        public Staggered {
            if (most < 0) {
                throw new IllegalArgumentException("cannot keep " + most + " versions");
            }
        }
    }
}
