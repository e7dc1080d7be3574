package org.maunode.ble.line;

import org.maunode.ble.session.Limits;

/**
 * What the carrier allows itself and others, by name: numbers, bytes and milliseconds. A line at all its limits at once holds
 * 208 KiB: 64 in its inbox, 80 in its session (BLE-SES-7), 64 that its sockets have not taken; and the system's socket buffers.
 */
final class Bounds {
    private Bounds() {}

    /** Centrals that are served at once. */
    static final int MOST_CALLERS = 8;

    /** Nodes that are reached at once, so that callers never take the room of our own calls. */
    static final int MOST_REACHED = 8;

    /** Centrals beyond {@link #MOST_CALLERS} that are told so at once; more are just cut off. */
    static final int MOST_REFUSED = 8;

    /** Milliseconds that a refused central has for its hello. */
    static final int REFUSED_LIMIT = 5_000;

    /** Frames of one link that wait for the carrier's thread: two full windows of both streams. More are lost, as on the air. */
    static final int FRAMES_WAITING = 128;

    /** The longest value that GATT knows, in bytes. Nothing longer is kept. */
    static final int LONGEST_VALUE = 512;

    /** Frames of one link that are read before the other lines have their turn. */
    static final int FRAMES_A_TURN = 64;

    /** No shorter frame counts as full: where frames are that small, each is worth a turn. */
    static final int LEAST_FULL = 100;

    /** Milliseconds that a full frame waits for more: a connection interval of a phone. */
    static final int COMPANY_LIMIT = 20;

    /** Full frames that wait for each other, the longest of so many bytes: as many as an acknowledgement answers. */
    static int framesTogether(int longest) {
        return Limits.framesInFlight(longest) / Limits.PARTS_OF_WINDOW;
    }

    /** Frames that a link has been handed and has not taken yet: all that one stream may have on its way (BLE-SES-28). */
    static final int FRAMES_OUTSTANDING = Limits.LARGEST_WINDOW - Limits.KEPT_FREE;

    /** Milliseconds for which a link may take nothing at all before it is held for lost. */
    static final int STUCK_LIMIT = 30_000;

    /** Calls of ours on one line that wait for those before them. */
    static final int CALLS_WAITING = 16;

    /** Sockets of one line in each direction: one that talks, others whose readers have not read the end yet. */
    static final int SOCKETS_EACH_WAY = 4;

    /** What the system may buffer in each direction of a socket, in bytes. */
    static final int SOCKET_BUFFER = 64 * 1024;

    /** Bytes that are moved at once, and that one socket may leave unwritten. */
    static final int BATCH = 8 * 1024;

    /** A socket is read when there is room for so many bytes: few reads, full frames. */
    static final int LEAST_READ = 4 * 1024;

    /** Milliseconds after the end of a session in which the last frame may still arrive. */
    static final int FAREWELL_LIMIT = 1_000;

    /** Milliseconds after which a link is closed although its session would still say something, or it has not taken all. */
    static final int PARTING_LIMIT = 5_000;

    /** Milliseconds that the reader of a socket has for what had arrived when the session ended. */
    static final int FLUSH_LIMIT = 10_000;

    /** Milliseconds that the thread stays when there is no line. */
    static final int IDLE_LIMIT = 5_000;

    /** Milliseconds that {@link Carrier#close} waits for farewells, and again for the thread. */
    static final int STOP_LIMIT = 900;
}
