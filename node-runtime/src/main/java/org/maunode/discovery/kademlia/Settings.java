package org.maunode.discovery.kademlia;

/**
 * What of an engine may differ from node to node. Times in milliseconds.
 *
 * @param alpha calls of a lookup that are out at a time, over all its paths
 * @param paths disjoint paths of a lookup (S/Kademlia, 4.4)
 * @param callTimeout after this a call that was neither answered nor failed counts as {@code UNREACHABLE}
 * @param refreshEvery how long a bucket may go without a lookup in its range
 */
public record Settings(int alpha, int paths, long callTimeout, long refreshEvery) {
    public Settings {
        if (alpha < 1 || paths < 1 || callTimeout < 1 || refreshEvery < 1) {
            throw new IllegalArgumentException("settings of a Kademlia engine must be positive");
        }
    }

    /** What nodes run with. */
    public static Settings standard() {
        return new Settings(3, 3, 5_000, 3_600_000);
    }
}
