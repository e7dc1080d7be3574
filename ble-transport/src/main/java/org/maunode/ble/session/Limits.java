package org.maunode.ble.session;

/** Every limit of the session, by name: bytes, frames and milliseconds. The measured reasons are in docs/spec/ble-session.md. */
public final class Limits {
    private Limits() {}

    /** The one version of the protocol that is spoken here. */
    public static final int VERSION = 1;

    /** Bytes of the ATT header before the value, in a write command. */
    public static final int ATT_HEADER = 3;

    /**
     * Bytes of it before a value that is one of several in a notification, as BlueZ sends each to whoever takes several: what does
     * not fit behind it is cut off without a word.
     */
    public static final int NOTIFICATION_HEADER = 5;

    /** The ATT MTU of a connection that negotiated none. */
    public static final int SMALLEST_MTU = 23;

    /** The largest ATT MTU that has a use: a value is at most 512 bytes. */
    public static final int LARGEST_MTU = 517;

    /** What fits the smallest MTU. Every control frame does. */
    public static final int SMALLEST_FRAME = SMALLEST_MTU - ATT_HEADER;

    /** Fills one link-layer packet of 251 bytes exactly. */
    public static final int PREFERRED_FRAME = 244;

    /** Longer writes are dropped by BlueZ without a word. */
    public static final int LARGEST_FRAME = 509;

    /** Most frames that a receiver holds for one stream, so most credit that it may give. */
    public static final int LARGEST_WINDOW = 63;

    /** Most bytes of both streams on their way at once. */
    public static final int BYTES_IN_FLIGHT = 16 * 1024;

    /** Frames of these that one stream leaves to the other. */
    public static final int KEPT_FREE = 4;

    /** Frames on their way are never cut below this, however much is lost. */
    public static final int FEWEST_IN_FLIGHT = 8;

    /** Bytes that a stream takes from its writer before they are cut into frames. */
    public static final int UNSENT_BYTES = 8 * 1024;

    /** Into so many parts a window is divided: an acknowledgement is sent by itself when one of them has arrived, or is free. */
    public static final int PARTS_OF_WINDOW = 3;

    /** Milliseconds without a further frame after which an acknowledgement waits no longer. */
    public static final int ACK_PAUSE = 60;

    /** Most milliseconds that an acknowledgement waits for company: eight frames at the pace of a slow link. */
    public static final int ACK_DELAY = 120;

    /** Milliseconds that a gap, or a repetition, waits before it is reported: most reordering is over by then. */
    public static final int REPORT_DELAY = 10;

    /** Milliseconds until a frame is repeated while no round trip has been measured. */
    public static final int FIRST_TIMEOUT = 1_000;

    /** Least milliseconds until a frame is repeated: well above {@link #ACK_DELAY} and a connection interval. */
    public static final int LEAST_TIMEOUT = 250;

    /** Most milliseconds until a frame is repeated, however slow the connection is. */
    public static final int MOST_TIMEOUT = 4_000;

    /** Doubling stops here: the link layer keeps the radio from drowning, so patience gains nothing. */
    public static final int MOST_DOUBLED_TIMEOUT = 2_000;

    /** Least milliseconds that an overtaken frame is given to arrive. */
    public static final int LEAST_REORDER_WAIT = 10;

    /** Most milliseconds that an overtaken frame is given to arrive. */
    public static final int MOST_REORDER_WAIT = 250;

    /** Milliseconds until an unanswered greeting is repeated; doubles up to {@link #MOST_GREETING_INTERVAL}. */
    public static final int FIRST_GREETING_INTERVAL = 500;

    /** Most milliseconds between two greetings. */
    public static final int MOST_GREETING_INTERVAL = 2_000;

    /** Milliseconds after which a greeting that nobody answers is given up. */
    public static final int SETUP_LIMIT = 20_000;

    /** Milliseconds of silence after which the other side is asked whether it lives. */
    public static final int KEEP_ALIVE = 15_000;

    /** Milliseconds between two such questions. */
    public static final int KEEP_ALIVE_INTERVAL = 5_000;

    /** Milliseconds of silence after which the session is over. */
    public static final int SILENCE_LIMIT = 60_000;

    /** Milliseconds that an orderly close waits for what was written to be acknowledged. */
    public static final int CLOSE_LIMIT = 10_000;

    /** Most CLOSE frames that one side sends, repetitions and answers together. */
    public static final int FAREWELLS = 4;

    /**
     * Most frames of both streams on their way at once, where the longest has so many bytes: 32 of 509 bytes, 63 of 244 or fewer
     * (BLE-SES-28). It is the window of whoever takes frames of that length, too.
     */
    public static int framesInFlight(int longestFrame) {
        return Math.min(LARGEST_WINDOW, BYTES_IN_FLIGHT / Math.max(SMALLEST_FRAME, longestFrame));
    }
}
