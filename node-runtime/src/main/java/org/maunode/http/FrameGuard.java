package org.maunode.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;

/**
 * Looks at every HTTP/2 frame of one caller before the library acts on it. The library forgets a closed stream only while
 * it can write, so that only so many may be opened that are not answered on the wire, and only so many while the
 * connection's window is closed. Content comes only where a file is left, and within its window: other DATA is
 * one more control frame. Frames that come are seen on one I/O thread, those that leave on any.
 */
final class FrameGuard implements H2StreamListener {
    /** Bytes of a DATA frame below which it is one more control frame. */
    private static final int CRUMB = 1024;

    private final Connection connection;
    private final ControlFrames control;
    private final int maxUnanswered;
    private final int leastWindow;
    private final Set<Integer> unanswered = ConcurrentHashMap.newKeySet();
    private int lastStream;
    private int window = 1;
    private int openedInVain;

    FrameGuard(Connection connection) {
        Limits limits = connection.limits();
        this.connection = connection;
        this.control = new ControlFrames(limits.rates().control(), connection::now, connection::cut);
        this.maxUnanswered = 2 * limits.counts().streams();
        // Who has not seen our settings yet may use the window that HTTP/2 begins with (RFC 9113, 6.9.3).
        this.leastWindow = limits.sizes().window() - Inlet.WINDOW;
    }

    @Override
    public void onFrameInput(HttpConnection http, int stream, RawFrame frame) {
        control.received(frame);
        switch (FrameType.valueOf(frame.getType())) {
            case HEADERS -> opened(stream);
            case RST_STREAM -> answered(stream);
            case DATA -> content(frame);
            case null, default -> {
                // Opens and ends nothing.
            }
        }
    }

    /** Only who leaves a file here may send content for nothing; and of that only some in crumbs. */
    private void content(RawFrame frame) {
        boolean crumb = frame.getLength() < CRUMB && !frame.isFlagSet(FrameFlag.END_STREAM);
        if (!connection.isTaking() || crumb && !connection.takesCrumb()) {
            control.pay();
        }
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
        control.sent(frame);
        boolean carriesEnd = frame.isType(FrameType.DATA) || frame.isType(FrameType.HEADERS);
        if (frame.isType(FrameType.RST_STREAM) || carriesEnd && frame.isFlagSet(FrameFlag.END_STREAM)) {
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
        if (stream != 0 && size < leastWindow) {
            connection.cut("sends more than it was let");
        }
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
