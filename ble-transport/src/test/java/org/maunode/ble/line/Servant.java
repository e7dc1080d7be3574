package org.maunode.ble.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/** Serves each call with a thread of its own, as a blocking program would. */
@FunctionalInterface
interface Servant extends Callee {
    /** Talks; the socket is closed behind it. */
    void serve(Socket far) throws IOException;

    @Override
    default SocketChannel take(Line line, byte first) {
        Ends ends = Ends.open();
        Thread.ofVirtual().start(() -> run(ends.far()));
        return ends.near();
    }

    private void run(Socket far) {
        try (far) {
            serve(far);
        } catch (IOException _) {
            // The test hears of it at its own end.
        } catch (UncheckedIOException failure) {
            throw failure;
        }
    }

    /** Says back what it hears, until the caller has finished. */
    static Servant echo() {
        return far -> {
            far.getInputStream().transferTo(far.getOutputStream());
            far.shutdownOutput();
        };
    }

    /** Takes nobody. */
    static Callee nobody() {
        return (line, first) -> {
            throw new IOException("nobody is called here");
        };
    }
}
