package org.maunode.device.command;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** Somebody who sends commands: how far we are with the files, and how much more is listened to. Not thread-safe. */
final class Commander {
    /** Commands that are read at once, and then one each {@link #ONE_EACH}. */
    static final int MOST_AT_ONCE = 20;

    static final Duration ONE_EACH = Duration.ofSeconds(1);

    /** Refusals that are written at once, and then one each {@link #REFUSAL_EACH}: what a commander can cost the card. */
    static final int MOST_REFUSALS = 60;

    static final Duration REFUSAL_EACH = Duration.ofMinutes(1);

    /** How long those who come too many are gathered before they are answered the first time, and then each time. */
    static final Duration GATHERED = Duration.ofSeconds(1);

    static final Duration GATHERED_AGAIN = Duration.ofMinutes(1);

    private final Fingerprint who;
    private final Allowance reads;
    private final Allowance refusals;
    private Position reached;
    private Optional<Crowd> crowd = Optional.empty();
    private long crowdFrom;
    private Optional<CommandResult> unsaid = Optional.empty();

    Commander(Fingerprint who, Position settled, long nanos) {
        this.who = Objects.requireNonNull(who);
        this.reached = settled;
        this.reads = new Allowance(MOST_AT_ONCE, ONE_EACH, nanos);
        this.refusals = new Allowance(MOST_REFUSALS, REFUSAL_EACH, nanos);
        this.crowdFrom = nanos;
    }

    Fingerprint who() {
        return who;
    }

    /** Behind which of its files we have not looked. */
    Position reached() {
        return reached;
    }

    void reach(Position place) {
        reached = place;
    }

    /** Whether its next command may be read; that is counted. */
    boolean isHeard(long nanos) {
        return !refusals.isEmpty(nanos) && reads.take(nanos);
    }

    void refused(long nanos) {
        refusals.take(nanos);
    }

    /** What was done and could not be said when it was: it must not be done again. */
    Optional<CommandResult> unsaid(CommandId id, String sha256) {
        return unsaid.filter(result ->
                result.about().id().equals(id) && result.about().sha256().equals(sha256));
    }

    void toSay(CommandResult result) {
        unsaid = Optional.of(result);
    }

    void said() {
        unsaid = Optional.empty();
    }

    void pass(CommandId id, StoredFile file, long nanos) {
        crowd.ifPresentOrElse(many -> many.add(id, file), () -> crowd = Optional.of(new Crowd(id, file, nanos)));
    }

    /** Whether all up to {@link #reached} are answered. */
    boolean hasCrowd() {
        return crowd.isPresent();
    }

    /** Those who are to be answered now. */
    Optional<Crowd> due(long nanos) {
        return crowd.filter(_ -> nanos - dueAt() >= 0);
    }

    private long dueAt() {
        long gathered = crowd.orElseThrow().since() + GATHERED.toNanos();
        return gathered - crowdFrom > 0 ? gathered : crowdFrom;
    }

    /** They were answered; the next wait so long at least. */
    void answered(long nanos, Duration pause) {
        crowd = Optional.empty();
        later(nanos, pause);
    }

    void later(long nanos, Duration pause) {
        crowdFrom = nanos + pause.toNanos();
    }

    /** When those who are gathered are to be answered, by the monotonic clock. */
    OptionalLong nextNanos() {
        return crowd.isPresent() ? OptionalLong.of(dueAt()) : OptionalLong.empty();
    }
}
