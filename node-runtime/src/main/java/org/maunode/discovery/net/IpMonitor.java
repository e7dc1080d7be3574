package org.maunode.discovery.net;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The program {@code ip} (iproute2) as a child that writes a line when a link, an address or a route changes. It ends with
 * {@link #close}. Should this process be killed, the child ends by itself at the next change: nobody reads what it writes.
 *
 * <p>One thread waits; any may close.
 */
final class IpMonitor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.net");
    private static final List<String> PLACES = List.of("ip", "/usr/sbin/ip", "/sbin/ip");
    private static final List<String> WORDS = List.of("-o", "monitor", "link", "address", "route");

    /** The child listens to the kernel within this: what changes before is noticed by looking once then. */
    private static final int START_MILLIS = 1_000;

    private final Optional<Process> child;
    private boolean young = true;

    private IpMonitor(Optional<Process> child) {
        this.child = child;
    }

    static IpMonitor start() {
        return start(PLACES);
    }

    /** The first of {@code programs} that exists; none is a monitor that has ended. */
    static IpMonitor start(List<String> programs) {
        return new IpMonitor(
                programs.stream().flatMap(program -> started(program).stream()).findFirst());
    }

    private static Optional<Process> started(String program) {
        try {
            List<String> command = new ArrayList<>(List.of(program));
            command.addAll(WORDS);
            Process child = new ProcessBuilder(command)
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectError(Redirect.DISCARD)
                    .start();
            return Optional.of(child);
        } catch (IOException notThere) {
            LOG.log(Level.FINE, "no-monitor: {0}", notThere.getMessage());
            return Optional.empty();
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
        child.ifPresent(Process::destroy);
    }
}
