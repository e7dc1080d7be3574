package org.maunode.http;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http2.config.H2Param;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;

/**
 * The frames of one HTTP/2 connection that make work and carry nothing. The library sets no price on them; here they take
 * tokens (CVE-2023-44487 and its kin), and answers to PING and SETTINGS which the peer does not read may pile up only so
 * far. Called on one I/O thread, before the library acts on a frame.
 */
final class ControlFrames {
    /** Answers to PING and SETTINGS that may wait for the peer to read. */
    static final int MAX_OWED = 64;

    /** Bytes of the table for headers that we send (RFC 9113, 6.5.2: its initial size). */
    private static final int HEADER_TABLE = 4096;

    private static final int SETTING_BYTES = 6;

    private final TokenBucket tokens;
    private final LongSupplier nanos;
    private final Consumer<String> cut;
    private int owed;
    private boolean over;

    ControlFrames(Limits.Rate rate, LongSupplier nanos, Consumer<String> cut) {
        this.tokens = new TokenBucket(rate, nanos.getAsLong());
        this.nanos = nanos;
        this.cut = cut;
    }

    void received(RawFrame frame) {
        switch (FrameType.valueOf(frame.getType())) {
            case RST_STREAM, PRIORITY, PRIORITY_UPDATE -> pay();
            case PING -> {
                pay();
                owe(frame);
            }
            case SETTINGS -> {
                pay();
                owe(frame);
                tame(frame);
            }
            case null, default -> {
                // Bounded by the library's limits, or by whoever knows what they carry.
            }
        }
    }

    void pay() {
        if (!tokens.take(nanos.getAsLong())) {
            cutOnce("too many control frames");
        }
    }

    private void owe(RawFrame frame) {
        if (!frame.isFlagSet(FrameFlag.ACK) && ++owed > MAX_OWED) {
            cutOnce("does not read the answers to its control frames");
        }
    }

    /** What was received already is still looked at behind it. */
    private void cutOnce(String why) {
        if (!over) {
            over = true;
            cut.accept(why);
        }
    }

    void sent(RawFrame frame) {
        boolean answer = frame.isType(FrameType.PING) || frame.isType(FrameType.SETTINGS);
        if (answer && frame.isFlagSet(FrameFlag.ACK)) {
            owed--;
        }
    }

    /**
     * Two settings are rewritten before the library reads them. The header table that a peer offers would grow to any size
     * it names: we use 4 KiB at most, which every peer must bear. A limit of zero pushed streams is legal (java.net.http
     * sends it) and the library (5.4.4) refuses it: we never push, so one is as good.
     */
    private static void tame(RawFrame frame) {
        ByteBuffer settings = frame.getPayload();
        while (settings != null && settings.remaining() >= SETTING_BYTES) {
            int name = settings.getShort();
            int value = settings.getInt();
            settings.putInt(settings.position() - Integer.BYTES, tamed(name, value));
        }
    }

    private static int tamed(int name, int value) {
        if (name == H2Param.HEADER_TABLE_SIZE.getCode()) {
            return value < 0 ? HEADER_TABLE : Math.min(value, HEADER_TABLE);
        }
        return name == H2Param.MAX_CONCURRENT_STREAMS.getCode() && value == 0 ? 1 : value;
    }
}
