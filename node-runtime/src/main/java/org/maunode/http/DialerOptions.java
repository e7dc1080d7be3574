package org.maunode.http;

import java.time.Duration;
import java.util.List;

/**
 * How a {@link PeerDialer} calls.
 *
 * @param connect for TCP and TLS together
 * @param idle for the next bytes of an answer; an answer as a whole may take as long as it likes
 * @param maxListing bytes of one page of a listing
 * @param window bytes of one answer that may wait here for whoever takes them
 * @param calls at once on one HTTP/2 connection, beside those that wait for news
 * @param protocols what ALPN offers, best first: {@code h2}, {@code http/1.1}
 */
public record DialerOptions(
        Duration connect, Duration idle, int maxListing, int window, int calls, List<String> protocols) {
    /**
     * With the waits fewer than any server lets in at once, so that a call that has its turn is answered and need not queue
     * again.
     */
    private static final int CALLS = 16;

    /** For TLS where a kilobyte takes a second; the way itself is there already. */
    private static final Duration SLOW_CONNECT = Duration.ofSeconds(60);

    /** For the next bytes behind what a slow wire has taken in for others. */
    private static final Duration SLOW_IDLE = Duration.ofSeconds(120);

    /** Bytes of one answer on a slow wire that are ahead of all others; what the fastest radio carries in half a second. */
    private static final int SLOW_WINDOW = 48 * 1024;

    /** With the waits what {@link Limits#CABLE} lets in at once. */
    private static final int SLOW_CALLS = Limits.CABLE.counts().streams() - ClientConnection.WAITS;

    public static final DialerOptions DEFAULT =
            new DialerOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20, 128 << 10, Tls.PROTOCOLS);

    /** For short questions to many peers, of whom some are away. */
    public static final DialerOptions BRIEF =
            new DialerOptions(Duration.ofSeconds(4), Duration.ofSeconds(4), 64 << 10, 64 << 10, Tls.PROTOCOLS);

    public DialerOptions {
        protocols = List.copyOf(protocols);
    }

    DialerOptions(Duration connect, Duration idle, int maxListing, int window, List<String> protocols) {
        this(connect, idle, maxListing, window, CALLS, protocols);
    }

    /** The same for a wire that is slow by nature. */
    DialerOptions patient() {
        return new DialerOptions(
                longer(connect, SLOW_CONNECT),
                longer(idle, SLOW_IDLE),
                maxListing,
                Math.min(window, SLOW_WINDOW),
                Math.min(calls, SLOW_CALLS),
                protocols);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    DialerOptions withProtocols(String... offered) {
        return new DialerOptions(connect, idle, maxListing, window, calls, List.of(offered));
    }

    DialerOptions withIdle(Duration shorter) {
        return new DialerOptions(connect, shorter, maxListing, window, calls, protocols);
    }
}
