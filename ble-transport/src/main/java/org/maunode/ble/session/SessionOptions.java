package org.maunode.ble.session;

/**
 * What one side brings to a session.
 *
 * @param mtu the ATT MTU of the connection, {@link Limits#SMALLEST_MTU} to {@link Limits#LARGEST_MTU}
 * @param preferredFrame the longest frame this side sends although MTU and peer would take longer ones, in bytes
 * @param largestFrame the longest frame this side takes, in bytes: said in the hello
 * @param window the frames of one stream that this side holds for its reader: said in the hello
 */
public record SessionOptions(int mtu, int preferredFrame, int largestFrame, int window) {
    public SessionOptions {
        within("MTU", mtu, Limits.SMALLEST_MTU, Limits.LARGEST_MTU);
        within("preferred frame", preferredFrame, Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME);
        within("largest frame", largestFrame, Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME);
        within("window", window, 1, Limits.LARGEST_WINDOW);
    }

    /** What suits a real radio: frames of 244 bytes at most. */
    public static SessionOptions atMtu(int mtu) {
        return ofFrames(mtu, Limits.PREFERRED_FRAME);
    }

    /** The same with frames of another length, for a link that is paid by the packet. */
    public SessionOptions preferring(int frame) {
        return ofFrames(mtu, frame);
    }

    /** Both ways: who takes no longer frames can hold more of them. */
    private static SessionOptions ofFrames(int mtu, int frame) {
        return new SessionOptions(mtu, frame, frame, Limits.framesInFlight(frame));
    }

    /** The longest frame that this side may send on this connection, before the peer is asked. */
    int longestSent() {
        return Math.min(preferredFrame, mtu - Limits.ATT_HEADER);
    }

    /** The same for the side that notifies (BLE-SES-9). */
    int longestNotified() {
        return Math.min(longestSent(), Math.max(Limits.SMALLEST_FRAME, mtu - Limits.NOTIFICATION_HEADER));
    }

    private static void within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " " + value + " is not within " + least + " to " + most);
        }
    }
}
