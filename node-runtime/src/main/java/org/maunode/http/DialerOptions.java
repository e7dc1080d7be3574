package org.maunode.http;

import java.time.Duration;

/**
 * How a {@link PeerDialer} calls.
 *
 * @param connect for TCP and TLS together
 * @param idle for the next bytes of an answer; an answer as a whole may take as long as it likes
 * @param maxListing bytes of one page of a listing
 * @param window bytes of one answer that may wait here for whoever takes them
 */
public record DialerOptions(Duration connect, Duration idle, int maxListing, int window) {
    public static final DialerOptions DEFAULT =
            new DialerOptions(Duration.ofSeconds(10), Duration.ofSeconds(30), 4 << 20, 128 << 10);
}
