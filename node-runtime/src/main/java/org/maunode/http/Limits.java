package org.maunode.http;

import java.time.Duration;

/**
 * What a stranger may cost a {@link PeerServer}. Every length, count, wait and rate that comes from outside is bounded by
 * one of these names.
 */
public record Limits(Counts counts, Sizes sizes, Waits waits, Rates rates, Waiters waiters, Pushes pushes) {
    /** Fit for a board with 128 MB to spare. */
    public static final Limits DEFAULT =
            new Limits(Counts.DEFAULT, Sizes.DEFAULT, Waits.DEFAULT, Rates.DEFAULT, Waiters.DEFAULT, Pushes.DEFAULT);

    /**
     * What one connection over the cable may cost, and how many of them there are: fewer and smaller, and with patience, since
     * a radio at its slowest carries a kilobyte a second. What is counted over all connections together (bodies, requests
     * of a peer, waits, files that are left) stays the server's.
     */
    public static final Limits CABLE =
            new Limits(Counts.CABLE, Sizes.CABLE, Waits.CABLE, Rates.DEFAULT, Waiters.CABLE, Pushes.CABLE);

    /**
     * How many at once.
     *
     * @param connections TCP connections in all
     * @param perOrigin connections of one IPv4 address or one IPv6 /64 network
     * @param handshakes connections in all whose TLS handshake is not done; more than one origin can hold
     * @param streams requests under way in one connection, pipelined ones included
     * @param bodies answers with a body under way in all; each holds one file and one chunk
     * @param bodiesPerPeer the same of one peer
     * @param waiting requests that wait for a thread that may read the disk
     */
    public record Counts(
            int connections, int perOrigin, int handshakes, int streams, int bodies, int bodiesPerPeer, int waiting) {
        public static final Counts DEFAULT = new Counts(128, 32, 64, 32, 128, 64, 256);

        /** One call at a time comes from one radio; the one before it may still be on its way out. */
        static final Counts CABLE = new Counts(16, 4, 16, 16, 128, 64, 256);
    }

    /**
     * How large.
     *
     * @param uri characters of a path with its query
     * @param headers header fields of a request
     * @param line bytes of one header line
     * @param headerList bytes of all fields of a request, unpacked (RFC 9113, 6.5.2)
     * @param continuations CONTINUATION frames of one header block
     * @param chunk bytes read from the disk at once, and held for a slow reader; nothing else goes between them
     * @param window bytes of one request that may be on their way here; at most {@value Inlet#WINDOW}
     */
    public record Sizes(int uri, int headers, int line, int headerList, int continuations, int chunk, int window) {
        public static final Sizes DEFAULT = new Sizes(4096, 100, 8192, 8192, 4, 32 * 1024, Inlet.WINDOW);

        /**
         * What a good radio carries in a tenth of a second at once. The window is the one that HTTP/2 begins with: on a slow wire a
         * caller has used that up before it learns of a smaller one.
         */
        static final Sizes CABLE = new Sizes(4096, 100, 8192, 8192, 4, 8 * 1024, Inlet.WINDOW);
    }

    /**
     * How long. None of them is renewed by a trickle of bytes.
     *
     * @param handshake from accepting a connection to the end of the TLS handshake
     * @param firstRequest from there to the end of the first request's header
     * @param idle from the end of an answer to the end of the next request's header
     * @param stalled for a reader to take one chunk, or the end of an answer
     * @param sweep between two looks at all connections; deadlines are met to within this
     */
    public record Waits(Duration handshake, Duration firstRequest, Duration idle, Duration stalled, Duration sweep) {
        public static final Waits DEFAULT = new Waits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(120),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));

        /** Some kilobytes of handshake, of one chunk behind what is on its way already. */
        static final Waits CABLE = new Waits(
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                Duration.ofSeconds(2));
    }

    /**
     * How often.
     *
     * @param requests of one peer: by fingerprint, or by origin for a caller without one
     * @param connects new connections of one origin
     * @param control frames of one connection that make work and carry nothing: RST_STREAM, SETTINGS, PING, PRIORITY, DATA
     */
    public record Rates(Rate requests, Rate connects, Rate control) {
        public static final Rates DEFAULT = new Rates(new Rate(5000, 500), new Rate(64, 8), new Rate(200, 20));
    }

    /**
     * Requests that wait for news (EX-60). Over these limits a request is not let wait, and answered at once.
     *
     * @param inAll at once
     * @param perPeer of one peer: by fingerprint, or by origin for a caller without one
     * @param perConnection of one connection; fewer than its streams, so that others have room beside them
     * @param longest for which one may wait; who asks for more gets this
     */
    public record Waiters(int inAll, int perPeer, int perConnection, Duration longest) {
        public static final Waiters DEFAULT = new Waiters(1024, 64, 16, Duration.ofSeconds(300));

        /** What a peer of this make uses at most ({@link ClientConnection#WAITS}). */
        static final Waiters CABLE = new Waiters(1024, 64, ClientConnection.WAITS, Duration.ofSeconds(300));
    }

    /**
     * Files that are left here (EX-70), by peers who are known and followed.
     *
     * @param bytes of one file
     * @param inAll at once
     * @param perPeer at once, of one peer
     * @param unfinished bytes in all of those that are under way, as announced
     * @param step bytes that must come within {@link Waits#stalled}, or the rest; a trickle renews nothing
     * @param files of one peer
     * @param kibibytes of one peer, as announced; a file larger than the burst is never taken
     */
    public record Pushes(long bytes, int inAll, int perPeer, long unfinished, int step, Rate files, Rate kibibytes) {
        /** 600 files and 512 MiB an hour. */
        public static final Pushes DEFAULT = new Pushes(
                64L << 20,
                8,
                2,
                128L << 20,
                64 * 1024,
                new Rate(200, 600 / 3600.0),
                new Rate(256 * 1024, 512 * 1024 / 3600.0));

        /** An eighth of what {@link #DEFAULT} wants, in four times the time. */
        static final Pushes CABLE = DEFAULT.withStep(8 * 1024);

        /** The same with another size of one file, in bytes. */
        public Pushes withBytes(long changed) {
            return new Pushes(changed, inAll, perPeer, unfinished, step, files, kibibytes);
        }

        /** The same with another step, in bytes. */
        Pushes withStep(int changed) {
            return new Pushes(bytes, inAll, perPeer, unfinished, changed, files, kibibytes);
        }
    }

    /**
     * A token bucket's measure.
     *
     * @param burst tokens in a full bucket
     * @param perSecond tokens that flow in
     */
    public record Rate(int burst, double perSecond) {}

    public Limits with(Counts changed) {
        return new Limits(changed, sizes, waits, rates, waiters, pushes);
    }

    public Limits with(Sizes changed) {
        return new Limits(counts, changed, waits, rates, waiters, pushes);
    }

    public Limits with(Waits changed) {
        return new Limits(counts, sizes, changed, rates, waiters, pushes);
    }

    public Limits with(Rates changed) {
        return new Limits(counts, sizes, waits, changed, waiters, pushes);
    }

    public Limits with(Waiters changed) {
        return new Limits(counts, sizes, waits, rates, changed, pushes);
    }

    public Limits with(Pushes changed) {
        return new Limits(counts, sizes, waits, rates, waiters, changed);
    }
}
