package org.maunode.discovery.mdns;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Asks one segment who is there: at once, after 1, 2, 4 ... seconds, and in the end once an hour (RFC 6762, 5.2). In
 * between one hears who comes. Pure, as {@link Responder} is.
 */
final class Browser {
    /** Peers named as known in one packet, so that it stays below {@link Limits#OWN_MESSAGE}. */
    private static final int KNOWN_PER_PACKET = 20;

    /** So many questions are also asked from a port of one's own: a packet may be lost. */
    private static final int ASKED_TWICE = 2;

    private static final Question WHO_IS_THERE = new Question(ServiceName.SERVICE, RecordType.PTR);

    private final Speaker speaker;
    private final RandomGenerator random;
    private final LongFunction<List<ResourceRecord>> known;
    private int asked;
    private long next;

    /** @param known the answers that need not be given, at a time */
    Browser(Speaker speaker, RandomGenerator random, LongFunction<List<ResourceRecord>> known) {
        this.speaker = speaker;
        this.random = random;
        this.known = known;
    }

    /** Begins, after a moment. */
    void start(long now) {
        asked = 0;
        next = now + random.nextLong(Limits.LEAST_ANSWER_DELAY.toNanos(), Limits.MOST_ANSWER_DELAY.toNanos() + 1);
    }

    OptionalLong due() {
        return OptionalLong.of(next);
    }

    void tick(long now) {
        if (next <= now) {
            ask(now);
            next = now + interval(asked);
            asked++;
        }
    }

    private static long interval(int asked) {
        long most = Limits.MOST_BROWSE_INTERVAL.toNanos();
        long doublings = Math.min(asked, Long.numberOfTrailingZeros(Long.highestOneBit(most)));
        long first = Limits.FIRST_BROWSE_INTERVAL.toNanos();
        return first > most >> doublings ? most : first << doublings;
    }

    private void ask(long now) {
        List<Message> packets = packets(known.apply(now));
        packets.forEach(speaker::toAll);
        if (asked < ASKED_TWICE) {
            speaker.send(new Outgoing.Route.FromOwnPort(), Message.query(List.of(WHO_IS_THERE), List.of()));
        }
    }

    /** The question, and what is known; all packets but the last say that more is known (RFC 6762, 7.2). */
    private static List<Message> packets(List<ResourceRecord> known) {
        List<Message> packets = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(from + KNOWN_PER_PACKET, known.size());
            List<Question> question = from == 0 ? List.of(WHO_IS_THERE) : List.of();
            Message packet = Message.query(question, known.subList(from, to));
            packets.add(to < known.size() ? packet.withFlags(Message.TRUNCATED) : packet);
            from = to;
        } while (from < known.size());
        return packets;
    }
}
