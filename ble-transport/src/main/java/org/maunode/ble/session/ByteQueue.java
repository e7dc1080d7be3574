package org.maunode.ble.session;

import java.util.Arrays;

/** Bytes in order, up to a capacity; holds no memory to speak of while empty. */
final class ByteQueue {
    private static final int LEAST = 256;

    private final int capacity;
    private byte[] ring = new byte[0];
    private int head;
    private int size;

    ByteQueue(int capacity) {
        this.capacity = capacity;
    }

    int size() {
        return size;
    }

    int room() {
        return capacity - size;
    }

    /** Appends as many bytes as there is room for and returns how many. */
    int add(byte[] source, int offset, int length) {
        int taken = Math.min(length, room());
        reserve(size + taken);
        for (int done = 0; done < taken; ) {
            int at = (head + size) % ring.length;
            int run = Math.min(taken - done, ring.length - at);
            System.arraycopy(source, offset + done, ring, at, run);
            size += run;
            done += run;
        }
        return taken;
    }

    /** Removes the first {@code length} bytes, of which there are at least as many. */
    byte[] take(int length) {
        byte[] taken = first(length);
        size -= length;
        head = size == 0 ? 0 : (head + length) % ring.length;
        return taken;
    }

    void clear() {
        ring = new byte[0];
        head = 0;
        size = 0;
    }

    private byte[] first(int length) {
        byte[] copy = new byte[length];
        int run = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, copy, 0, run);
        System.arraycopy(ring, 0, copy, run, length - run);
        return copy;
    }

    private void reserve(int needed) {
        if (needed > ring.length) {
            byte[] content = first(size);
            ring = Arrays.copyOf(content, Math.min(capacity, Math.max(Math.max(LEAST, needed), 2 * ring.length)));
            head = 0;
        }
    }
}
