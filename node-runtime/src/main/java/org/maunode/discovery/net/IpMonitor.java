package org.maunode.discovery.net;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program {@code ip} (iproute2) as a child, which writes a line when a link, an address or a route changes.
 *
 * <p>A shell stands between: {@code ip} itself would outlive this process, if that is killed, until the network changes. The
 * shell waits for the end of its input, which comes with {@link #close} and with this process's end however it ends, and
 * then ends {@code ip}.
 *
 * <p>One thread waits; any may close.
 */
final class IpMonitor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.net");
    private static final String MONITOR = "PATH=$PATH:/usr/sbin:/sbin; ip -o monitor link address route";

    /**
     * A terminal's Ctrl-C and Ctrl-\\, and what systemd stops a service with, go to all of its programs; how this one ends
     * is for this process to say.
     */
    private static final String BY_US = "trap '' INT QUIT TERM; ";

    /** What writes to the pipe is the program alone, so that its end is the end of the lines. */
    private static final String WITH_US = " & exec >/dev/null; read -r line; kill -KILL $!";

    /** The child listens to the kernel within this: what changes before is noticed by looking once then. */
    private static final int START_MILLIS = 1_000;

    private final Optional<Process> child;
    private boolean young = true;

    private IpMonitor(Optional<Process> child) {
        this.child = child;
    }

    static IpMonitor start() {
        return start("sh", MONITOR);
    }

    /** A monitor that has ended, if there is no {@code shell}. */
    static IpMonitor start(String shell, String monitor) {
        try {
            return new IpMonitor(Optional.of(new ProcessBuilder(shell, "-c", BY_US + monitor + WITH_US)
                    .redirectError(Redirect.DISCARD)
                    .start()));
        } catch (IOException notThere) {
            LOG.log(Level.FINE, "no-monitor: {0}", notThere.getMessage());
            return new IpMonitor(Optional.empty());
        }
    }

    /** Waits for a line; {@code false} if none will come any more. */
    boolean awaitLine() throws InterruptedException {
        if (child.isEmpty()) {
            return false;
        }
        if (young) {
            young = false;
            child.get().waitFor(START_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        }
        return awaitByte(child.get().getInputStream());
    }

    private static boolean awaitByte(InputStream lines) {
        try {
            return lines.read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    /** Passes over the lines that have come. What they say is read elsewhere. */
    void skipLines() {
        child.map(Process::getInputStream).ifPresent(lines -> {
            try {
                lines.skipNBytes(lines.available());
            } catch (IOException closed) {
                LOG.log(Level.FINE, "monitor-ended: {0}", closed.getMessage());
            }
        });
    }

    @Override
    public void close() {
        child.ifPresent(shell -> {
            try {
                shell.getOutputStream().close();
            } catch (IOException ended) {
                LOG.log(Level.FINE, "monitor-ended: {0}", ended.getMessage());
            }
        });
    }
}
