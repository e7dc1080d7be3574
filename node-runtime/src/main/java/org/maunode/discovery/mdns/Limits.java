package org.maunode.discovery.mdns;

import java.time.Duration;

/** Every length, count, wait and rate of multicast DNS here, by name; most are RFC 6762's. Requirements: docs/spec/mdns.md. */
final class Limits {
    private Limits() {}

    /** Bytes of a message, its IP and UDP headers left out (RFC 6762, 17). */
    static final int MESSAGE = 9_000;

    /** Bytes of a message that we make: fits an Ethernet frame over IPv6. */
    static final int OWN_MESSAGE = 1_452;

    /** Bytes of a name, as without compression (RFC 1035, 3.1). */
    static final int NAME = 255;

    /** Bytes of one label (RFC 1035, 3.1). */
    static final int LABEL = 63;

    /** Questions of one message; a whole network asks for less. */
    static final int QUESTIONS = 256;

    /** Records of one message: more would not fit {@link #MESSAGE}. */
    static final int RECORDS = 1_024;

    /** Seconds that a record which names a host may be remembered (RFC 6762, 10). */
    static final int HOST_TTL = 120;

    /** Seconds for the others. */
    static final int SHARED_TTL = 4_500;

    /** Seconds in answers to askers that are no multicast DNS, and have no use for goodbyes (RFC 6762, 6.7). */
    static final int LEGACY_TTL = 10;

    /** Peers that one message may tell of: it comes from one machine. */
    static final int PEERS_IN_MESSAGE = 16;

    /** Packets of our own that are known again when they come back. */
    static final int ECHOES = 64;

    /** Peers remembered, each as claimed by one machine. */
    static final int CLAIMS = 256;

    /** Machines whose claims to be one peer are remembered. */
    static final int CLAIMS_OF_ONE_PEER = 8;

    /** Addresses remembered of one such claim. */
    static final int ADDRESSES = 8;

    /** Addresses of a link that are announced. */
    static final int OWN_ADDRESSES = 8;

    /** Links that are used at once: a machine full of containers has many. */
    static final int LINKS = 16;

    /** Askers that one answer is remembered to be for. */
    static final int ASKERS = 64;

    /** Answers by unicast to one link: how many at once, and a second. */
    static final int DIRECT_BURST = 100;

    static final int DIRECT_PER_SECOND = 20;

    /** Probes (RFC 6762, 8.1). */
    static final int PROBES = 3;

    /** Between two of them, and most that the first one waits. */
    static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

    /** Announcements (RFC 6762, 8.3). */
    static final int ANNOUNCEMENTS = 2;

    /** Between two of them. */
    static final Duration ANNOUNCEMENT_INTERVAL = Duration.ofSeconds(1);

    /** Least between two multicasts of one record on one link (RFC 6762, 6). */
    static final Duration RECORD_INTERVAL = Duration.ofSeconds(1);

    /** The same where a probe is answered. */
    static final Duration DEFENCE_INTERVAL = Duration.ofMillis(250);

    /** An answer that others may have too waits between these (RFC 6762, 6). */
    static final Duration LEAST_ANSWER_DELAY = Duration.ofMillis(20);

    static final Duration MOST_ANSWER_DELAY = Duration.ofMillis(120);

    /** An answer to an asker that knows more than fits one packet (RFC 6762, 7.2). */
    static final Duration LEAST_TRUNCATED_DELAY = Duration.ofMillis(400);

    static final Duration MOST_TRUNCATED_DELAY = Duration.ofMillis(500);

    /** Between the first two questions of a browse; doubled up to the next (RFC 6762, 5.2). */
    static final Duration FIRST_BROWSE_INTERVAL = Duration.ofSeconds(1);

    static final Duration MOST_BROWSE_INTERVAL = Duration.ofHours(1);

    /** Least between two questions on one link for those who were named without a place. */
    static final Duration INQUIRY_INTERVAL = Duration.ofSeconds(1);

    /** Least between two tellings of the same contact. */
    static final Duration TELL_INTERVAL = Duration.ofSeconds(1);

    /** How long a look for one peer takes, if nobody stops it. */
    static final Duration LOOK = Duration.ofMillis(1_500);
}
