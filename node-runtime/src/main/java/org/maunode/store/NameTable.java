package org.maunode.store;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * From the hash of a name to the place of its record: open addressing over one array of longs, eight bytes a slot, at most
 * two thirds full. A slot holds the hash above and the place plus one below; zero is free. Not thread-safe.
 */
final class NameTable {
    /** What is answered for a name that is not there. */
    static final int NOWHERE = -1;

    private static final int FEWEST_SLOTS = 16;

    private long[] slots = new long[FEWEST_SLOTS];
    private int size;

    int size() {
        return size;
    }

    /** The place under {@code hash} that {@code isIt} accepts; {@link #NOWHERE} if there is none. */
    int find(int hash, IntPredicate isIt) {
        for (int i = home(hash); slots[i] != 0; i = next(i)) {
            if (hashOf(slots[i]) == hash && isIt.test(placeOf(slots[i]))) {
                return placeOf(slots[i]);
            }
        }
        return NOWHERE;
    }

    /** Adds a place that is not there yet. */
    void add(int hash, int place) {
        if (3 * (size + 1) > 2 * slots.length) {
            grow();
        }
        insert((long) hash << Integer.SIZE | place + 1);
        size++;
    }

    /** Takes out a place that is there. */
    void remove(int hash, int place) {
        int hole = home(hash);
        while (hashOf(slots[hole]) != hash || placeOf(slots[hole]) != place) {
            hole = next(hole);
        }
        closeGap(hole);
        size--;
    }

    void clear() {
        slots = new long[FEWEST_SLOTS];
        size = 0;
    }

    /** All places, in no order. */
    int[] places() {
        return Arrays.stream(slots)
                .filter(slot -> slot != 0)
                .mapToInt(NameTable::placeOf)
                .toArray();
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long slot : old) {
            if (slot != 0) {
                insert(slot);
            }
        }
    }

    private void insert(long slot) {
        int i = home(hashOf(slot));
        while (slots[i] != 0) {
            i = next(i);
        }
        slots[i] = slot;
    }

    /** Moves up what would no longer be found behind a free slot. */
    private void closeGap(int gap) {
        int hole = gap;
        for (int i = next(hole); slots[i] != 0; i = next(i)) {
            int distance = i - home(hashOf(slots[i])) & slots.length - 1;
            if (distance >= (i - hole & slots.length - 1)) {
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = 0;
    }

    private int home(int hash) {
        return hash & slots.length - 1;
    }

    private int next(int slot) {
        return slot + 1 & slots.length - 1;
    }

    private static int hashOf(long slot) {
        return (int) (slot >>> Integer.SIZE);
    }

    private static int placeOf(long slot) {
        return (int) slot - 1;
    }
}
