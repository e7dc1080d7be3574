package org.maunode.http;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;

/** Looks at every HTTP/2 frame of a peer that we called: it may be as hostile as one that calls. On one I/O thread. */
final class CalleeGuard implements H2StreamListener {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private final ControlFrames control;

    CalleeGuard(IOSession session, LongSupplier nanos) {
        this.control = new ControlFrames(Limits.Rates.DEFAULT.control(), nanos, why -> {
            LOG.log(Level.INFO, "hung up on {0}: {1}", new Object[] {session.getRemoteAddress(), why});
            session.close(CloseMode.IMMEDIATE);
        });
    }

    @Override
    public void onFrameInput(HttpConnection http, int stream, RawFrame frame) {
        control.received(frame);
        if (frame.isType(FrameType.DATA) && frame.getLength() == 0 && !frame.isFlagSet(FrameFlag.END_STREAM)) {
            control.pay();
        }
    }

    @Override
    public void onFrameOutput(HttpConnection http, int stream, RawFrame frame) {
        control.sent(frame);
    }

    @Override
    public void onInputFlowControl(HttpConnection http, int stream, int delta, int size) {
        // The pipe of each call minds its window.
    }

    @Override
    public void onOutputFlowControl(HttpConnection http, int stream, int delta, int size) {
        // Requests have no content.
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
