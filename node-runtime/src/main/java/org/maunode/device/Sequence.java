package org.maunode.device;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The numbers of a channel's readings. Each is higher than all that others were ever shown, though the disk may be behind:
 *
 * <pre>
 *   disk: s, or higher      shown: s+1 ... s+{@value #RESERVE}      then one that is written at once
 *   after a power cut: disk + {@value #RESERVE} + 1, written at once
 * </pre>
 *
 * Not safe for several threads.
 */
final class Sequence {
    /** Numbers that may be shown between two that are written at once. */
    static final int RESERVE = 1000;

    private final LongSupplier lowest;
    private OptionalLong last = OptionalLong.empty();
    private int unwritten;

    /** @param lowest the number that was reached before this process began; asked once, and again if that fails */
    Sequence(LongSupplier lowest) {
        this.lowest = Objects.requireNonNull(lowest);
    }

    /** The number that was reached, as far as others may have seen, by what is on the disk. */
    static long reached(long onDisk, boolean mayBeBehind) {
        return mayBeBehind && onDisk > 0 ? onDisk + RESERVE : onDisk;
    }

    /** The next number; the same until it was {@link #used}. */
    long next() {
        if (last.isEmpty()) {
            last = OptionalLong.of(lowest.getAsLong());
        }
        return last.getAsLong() + 1;
    }

    /** How long what has the next number may be shown without being written, if it may be for {@code every}. */
    Duration unwritten(Duration every) {
        return unwritten < RESERVE ? every : Duration.ZERO;
    }

    /** The next number was shown. */
    void used() {
        unwritten = unwritten < RESERVE ? unwritten + 1 : 0;
        last = OptionalLong.of(next());
    }
}
