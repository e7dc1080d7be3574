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
 * @param protocols what ALPN offers, best first: {@code h2}, {@code http/1.1}
 */
public record DialerOptions(Duration connect, Duration idle, int maxListing, int window, List<String> protocols) {
    public static final DialerOptions DEFAULT =
            new DialerOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 20, 128 << 10, Tls.PROTOCOLS);

    /** For short questions to many peers, of whom some are away. */
    public static final DialerOptions BRIEF =
            new DialerOptions(Duration.ofSeconds(4), Duration.ofSeconds(4), 64 << 10, 64 << 10, Tls.PROTOCOLS);

    public DialerOptions {
        protocols = List.copyOf(protocols);
    }

    DialerOptions withProtocols(String... offered) {
        return new DialerOptions(connect, idle, maxListing, window, List.of(offered));
    }

    DialerOptions withIdle(Duration shorter) {
        return new DialerOptions(connect, shorter, maxListing, window, protocols);
    }
}
