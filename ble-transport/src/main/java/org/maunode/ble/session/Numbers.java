package org.maunode.ble.session;

/** Frame numbers: counted without end inside, sent as their low ten bits. */
final class Numbers {
    private static final int SPACE = 1 << 10;
    static final int MASK = SPACE - 1;

    private Numbers() {}

    static int wire(long number) {
        return (int) (number & MASK);
    }

    /** The number with these low bits that is nearest to {@code reference}; below zero if none that near was ever used. */
    static long nearest(int wire, long reference) {
        int ahead = (int) (wire - reference) & MASK;
        return reference + (ahead < SPACE / 2 ? ahead : ahead - SPACE);
    }
}
