package org.maunode.discovery.mdns;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last packets that were sent to all, which come back to whoever listens too. Another program of this machine, which
 * speaks from the same address and port, is told apart by what it says. Pure.
 */
final class Echoes {
    private final Deque<ByteBuffer> sent = new ArrayDeque<>();

    void sent(byte[] packet) {
        if (sent.size() == Limits.ECHOES) {
            sent.removeFirst();
        }
        sent.addLast(ByteBuffer.wrap(packet));
    }

    /** Whether this is a packet of ours; each comes back once. */
    boolean isEcho(byte[] packet) {
        return sent.removeFirstOccurrence(ByteBuffer.wrap(packet));
    }
}
