package org.maunode.ble.line;

import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletionStage;
import org.maunode.ble.gatt.BluetoothAddress;

/**
 * A session that runs over a link: calls there and back. Thread-safe; nothing here blocks.
 */
public interface Line extends AutoCloseable {
    /** The other side. */
    BluetoothAddress peer();

    /** The ATT MTU of its link, in bytes. */
    int mtu();

    /**
     * Couples {@code socket} with the next call to the peer: what is written to its other end is said to the peer, what the
     * peer answers is read there. Ends of stream go through in both directions; a reset call resets the socket. Calls wait for
     * those before them to be over, in order; the socket belongs to the line from now on, and is closed if it comes to nothing.
     *
     * @param socket connected; a TCP socket, so that it can be reset
     */
    void call(SocketChannel socket);

    /**
     * Completes when the line is over and its link is closed, with why, in words for people; never exceptionally. What depends
     * on it runs on the carrier's thread, and must not block.
     */
    CompletionStage<String> ended();

    /** Calls that go on or wait to begin, of either side, as they were a moment ago. */
    int calls();

    /** What has gone over the link so far. */
    Traffic traffic();

    /**
     * Bytes of streams and frames of the link since the line began.
     *
     * @param dropped frames whose check failed: cut, stale, or a third party's; and those that came faster than they were read
     */
    record Traffic(long bytesIn, long bytesOut, long framesIn, long framesOut, long dropped) {}

    /** Ends the line in order: what was written is delivered first, for ten seconds at most; then the link is closed. */
    @Override
    void close();
}
