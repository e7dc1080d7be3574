package org.maunode.http;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.config.H2Param;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;

/**
 * Looks at every HTTP/2 frame of one connection before the library acts on it, for the library sets no price on them.
 *
 * <ul>
 *   <li>RST_STREAM, SETTINGS, PING, PRIORITY and DATA make work and bring nothing: they take tokens (CVE-2023-44487 and
 *       its kin).
 *   <li>Answers to PING and SETTINGS which the peer does not read pile up: only so many may be owed.
 *   <li>The library forgets a closed stream only while it can write: only so many may be opened that are not answered on
 *       the wire, and only so many while the connection's window is closed.
 *   <li>The header table that a peer offers us would grow to any size it names: we use 4 KiB of it at most. A limit of
 *       zero pushed streams is legal (java.net.http sends it) and the library refuses it: we never push, so one is as
 *       good.
 * </ul>
 *
 * Called on one I/O thread.
 */
final class FrameGuard implements H2StreamListener {
    /** Bytes of the table for headers that we send (RFC 9113, 6.5.2: its initial size). */
    private static final int HEADER_TABLE = 4096;
    /** Answers to PING and SETTINGS that may wait for the peer to read. */
    static final int MAX_OWED = 64;

    private static final int SETTING_BYTES = 6;

    private final Connection connection;
    private final LongSupplier nanos;
    private final int maxUnanswered;
    private final TokenBucket control;
    private final Set<Integer> unanswered = new HashSet<>();
    private int lastStream;
    private int owed;
    private int window = 1;
    private int openedInVain;

    FrameGuard(Connection connection, Limits limits, LongSupplier nanos) {
        this.connection = connection;
        this.nanos = nanos;
        this.maxUnanswered = 2 * limits.counts().streams();
        this.control = new TokenBucket(limits.rates().control(), nanos.getAsLong());
    }

    @Override
    public void onFrameInput(HttpConnection http, int stream, RawFrame frame) {
        switch (FrameType.valueOf(frame.getType())) {
            case HEADERS -> opened(stream);
            case RST_STREAM -> {
                pay();
                answered(stream);
            }
            case SETTINGS -> settings(frame);
            case PING -> {
                pay();
                owe(frame);
            }
            case DATA, PRIORITY, PRIORITY_UPDATE -> pay();
            case null, default -> {
                // The rest is bounded by the library's limits, or costs the peer what it costs us.
            }
        }
    }

    private void pay() {
        if (!control.take(nanos.getAsLong())) {
            connection.cut("too many control frames");
        }
    }

    private void owe(RawFrame frame) {
        if (!frame.isFlagSet(FrameFlag.ACK) && ++owed > MAX_OWED) {
            connection.cut("does not read the answers to its control frames");
        }
    }

    private void settings(RawFrame frame) {
        pay();
        owe(frame);
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

    private void opened(int stream) {
        if (stream <= lastStream) {
            return;
        }
        lastStream = stream;
        unanswered.add(stream);
        connection.asked(unanswered.size());
        openedInVain = window > 0 ? 0 : openedInVain + 1;
        if (Math.max(unanswered.size(), openedInVain) > maxUnanswered) {
            connection.cut("opens streams and does not read");
        }
    }

    private void answered(int stream) {
        unanswered.remove(stream);
        connection.answered(unanswered.size());
    }

    @Override
    public void onFrameOutput(HttpConnection http, int stream, RawFrame frame) {
        connection.progress();
        if (frame.isFlagSet(FrameFlag.ACK) && !frame.isType(FrameType.DATA) && !frame.isType(FrameType.HEADERS)) {
            owed--;
        } else if (stream != 0 && (frame.isFlagSet(FrameFlag.END_STREAM) || frame.isType(FrameType.RST_STREAM))) {
            answered(stream);
        }
    }

    @Override
    public void onOutputFlowControl(HttpConnection http, int stream, int delta, int size) {
        if (stream == 0) {
            window = size;
        }
    }

    @Override
    public void onInputFlowControl(HttpConnection http, int stream, int delta, int size) {
        // Nothing is received.
    }

    @Override
    public void onHeaderInput(HttpConnection http, int stream, List<? extends Header> headers) {
        // The library's limits are enough.
    }

    @Override
    public void onHeaderOutput(HttpConnection http, int stream, List<? extends Header> headers) {
        // Ours.
    }
}
