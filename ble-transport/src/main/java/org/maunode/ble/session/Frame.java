package org.maunode.ble.session;

import java.nio.ByteBuffer;
import org.maunode.ble.session.SessionException.Reason;

/**
 * One frame without its check: what one write or one notification carries. Big-endian.
 *
 * <pre>
 *  first byte        kind      then
 *  0 0 0 0 A B 0 0   Acks      acks                          A, B: an ack for the central's, the peripheral's stream
 *  0 1 S F A B n n   Data      n(8) acks payload             S stream, F last of its call, n number
 *  1 0 0 0 0 0 0 0   Hello     version largest window id
 *  1 0 0 0 0 0 0 1   Welcome   version largest window id id
 *  1 0 0 0 0 0 1 0   Refuse    code id
 *  1 0 0 0 0 0 1 1   Ping
 *  1 0 0 0 0 1 0 0   Close     code
 *  1 0 0 0 1 0 0 S   Reset     number
 *  1 0 0 0 1 0 1 S   Report    ack bitmap
 * </pre>
 *
 * Reading is strict: whatever {@link #parse} accepts, {@link #body} writes again byte for byte.
 */
sealed interface Frame permits Acks, Data, Hello, Welcome, Refuse, Ping, Close, Reset, Report {
    int HELLO = 0x80;
    int WELCOME = 0x81;
    int REFUSE = 0x82;
    int PING = 0x83;
    int CLOSE = 0x84;
    int RESET = 0x88;
    int REPORT = 0x8A;
    int DATA = 0x40;

    /** Bytes of this frame without its check. */
    int length();

    /** Appends this frame without its check. */
    void writeTo(ByteBuffer out);

    /** This frame without its check. */
    default byte[] body() {
        ByteBuffer out = ByteBuffer.allocate(length());
        writeTo(out);
        return out.array();
    }

    /** Reads one frame that fills {@code in} from its position to its limit, at least one byte. */
    static Frame parse(ByteBuffer in) {
        int first = in.get(in.position()) & 0xFF;
        return (first & 0x80) == 0 ? parseStream(first, in) : parseControl(first, in);
    }

    private static Frame parseStream(int first, ByteBuffer in) {
        return (first & DATA) == 0 ? Acks.parse(in) : Data.parse(in);
    }

    private static Frame parseControl(int first, ByteBuffer in) {
        return switch (first) {
            case HELLO -> Hello.parse(in);
            case WELCOME -> Welcome.parse(in);
            case REFUSE -> Refuse.parse(in);
            case PING -> Ping.parse(in);
            case CLOSE -> Close.parse(in);
            case RESET, RESET | 1 -> Reset.parse(in);
            case REPORT, REPORT | 1 -> Report.parse(in);
            default -> throw malformed("kind 0x%02x is unknown".formatted(first));
        };
    }

    /** Whether frames that begin like this belong to the greeting, where no session is agreed yet. */
    static boolean isGreeting(byte first) {
        int kind = first & 0xFF;
        return kind == HELLO || kind == WELCOME || kind == REFUSE;
    }

    /** Refuses a body that is not exactly as long as its kind. */
    static void exactly(int bytes, ByteBuffer in) {
        if (in.remaining() != bytes) {
            throw malformed("kind 0x%02x takes %d bytes, not %d"
                    .formatted(in.get(in.position()) & 0xFF, bytes, in.remaining()));
        }
    }

    static SessionException malformed(String why) {
        return new SessionException(Reason.MALFORMED, why);
    }
}
