package org.maunode.discovery.mdns;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.maunode.identity.Fingerprint;

/** Asks for one peer, three times, for all who look for it now. Pure, as {@link Responder} is. */
final class Lookup {
    private static final List<Duration> ASKED_AFTER =
            List.of(Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1));

    private final Fingerprint peer;
    private long startedAt;
    private int asked;
    private int lookers;

    private Lookup(Fingerprint peer, long now, int asked) {
        this.peer = peer;
        this.startedAt = now;
        this.asked = asked;
    }

    /** Asks at once. */
    static Lookup ofUnknown(Fingerprint peer, long now) {
        return new Lookup(peer, now, 0);
    }

    /** Asks if what is known has not led to the peer within a moment: it may be a liar's word. */
    static Lookup ofKnown(Fingerprint peer, long now) {
        return new Lookup(peer, now, 1);
    }

    /** One more looks; who comes when all is asked makes it asked again. */
    void join(long now) {
        lookers++;
        if (due().isEmpty()) {
            startedAt = now;
            asked = 1;
        }
    }

    /** Whether nobody is left. */
    boolean leave() {
        lookers--;
        return lookers == 0;
    }

    OptionalLong due() {
        return asked < ASKED_AFTER.size()
                ? OptionalLong.of(startedAt + ASKED_AFTER.get(asked).toNanos())
                : OptionalLong.empty();
    }

    boolean isDue(long now) {
        return due().isPresent() && due().getAsLong() <= now;
    }

    /** The next question: for the peer, and in the end also for everybody, should it know no other. */
    List<Question> ask() {
        asked++;
        Question forPeer = new Question(ServiceName.of(peer), RecordType.SRV);
        return asked < ASKED_AFTER.size()
                ? List.of(forPeer)
                : List.of(forPeer, new Question(ServiceName.SERVICE, RecordType.PTR));
    }
}
