package org.maunode.discovery.mdns;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.maunode.identity.Fingerprint;

/**
 * Asks one segment where those are who were named without that: avahi answers who asks for all with names alone. Pure, as
 * {@link Responder} is.
 */
final class Inquiry {
    private final Speaker speaker;
    private final Set<Fingerprint> peers = new LinkedHashSet<>();
    private long earliest;

    Inquiry(Speaker speaker) {
        this.speaker = speaker;
    }

    /** {@code peer} was named; the place may still be in the next packet. */
    void named(Fingerprint peer, long now) {
        if (peers.isEmpty()) {
            earliest = Math.max(earliest, now + Limits.MOST_ANSWER_DELAY.toNanos());
        }
        if (peers.size() < Limits.PEERS_IN_MESSAGE) {
            peers.add(peer);
        }
    }

    void located(Fingerprint peer) {
        peers.remove(peer);
    }

    OptionalLong due() {
        return peers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    void tick(long now) {
        if (!peers.isEmpty() && earliest <= now) {
            List<Question> questions = peers.stream()
                    .map(peer -> new Question(ServiceName.of(peer), RecordType.SRV))
                    .toList();
            speaker.toAll(Message.query(questions, List.of()));
            earliest = now + Limits.INQUIRY_INTERVAL.toNanos();
            peers.clear();
        }
    }
}
