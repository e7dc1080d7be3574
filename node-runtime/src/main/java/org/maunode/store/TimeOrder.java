package org.maunode.store;

import java.util.Arrays;

/**
 * Places of records in the order of time, and of name among those of one time: two arrays side by side, twelve bytes a
 * record. Names are not kept; they are asked for where times are equal. Not thread-safe.
 */
final class TimeOrder {
    private static final int FEWEST = 16;

    /** Tells the name in the record at a place. */
    @FunctionalInterface
    interface Names {
        String at(int place);
    }

    private final Names names;
    private long[] times = new long[FEWEST];
    private int[] places = new int[FEWEST];
    private int size;

    TimeOrder(Names names) {
        this.names = names;
    }

    int size() {
        return size;
    }

    int place(int index) {
        return places[index];
    }

    /** The last time of all; the smallest number if there is none. */
    long newest() {
        return size == 0 ? Long.MIN_VALUE : times[size - 1];
    }

    /** How many records stand at or before this time and name. */
    int rank(long time, String name) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (isBehind(middle, time, name)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void add(long time, String name, int place) {
        ensureRoom();
        int index = rank(time, name);
        System.arraycopy(times, index, times, index + 1, size - index);
        System.arraycopy(places, index, places, index + 1, size - index);
        times[index] = time;
        places[index] = place;
        size++;
    }

    /** Takes out a record that is there. */
    void remove(long time, String name) {
        int index = rank(time, name) - 1;
        System.arraycopy(times, index + 1, times, index, size - index - 1);
        System.arraycopy(places, index + 1, places, index, size - index - 1);
        size--;
    }

    void clear() {
        times = new long[FEWEST];
        places = new int[FEWEST];
        size = 0;
    }

    private boolean isBehind(int index, long time, String name) {
        return times[index] != time
                ? times[index] > time
                : names.at(places[index]).compareTo(name) > 0;
    }

    private void ensureRoom() {
        if (size == times.length) {
            times = Arrays.copyOf(times, size + (size >> 1));
            places = Arrays.copyOf(places, size + (size >> 1));
        }
    }
}
