package org.maunode.discovery.mdns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * States this peer's records on one segment. Pure: time is nanoseconds of one monotonic clock, always as an argument.
 *
 * <pre>
 * start ──► PROBING: 3 questions, 250 ms apart ──► ANNOUNCING: 2 announcements, 1 s apart ──► SETTLED
 *           answers nothing                        answers                                    answers
 * </pre>
 *
 * <p>An objection to a probe changes nothing: the name is the fingerprint of our key, which only a liar, or ourselves on
 * another link, can claim as well; whoever connects sees by TLS who is who.
 */
final class Responder {
    private final Speaker speaker;
    private final RandomGenerator random;
    private final Answers answers = new Answers();
    private final DirectQuota quota = new DirectQuota();
    private OwnRecords own;
    private Phase phase = new Phase.Settled();

    private sealed interface Phase {
        record Probing(int sent, long next) implements Phase {}

        record Announcing(int sent, long next) implements Phase {}

        record Settled() implements Phase {}
    }

    Responder(OwnRecords own, Speaker speaker, RandomGenerator random) {
        this.own = own;
        this.speaker = speaker;
        this.random = random;
    }

    /** Begins to probe, after a moment: machines that got power together do not speak together. */
    void start(long now) {
        if (!own.peer().isEmpty()) {
            phase = new Phase.Probing(0, now + random.nextLong(Limits.PROBE_INTERVAL.toNanos()));
        }
    }

    /** From now on {@code changed} is true instead; said at once, unless that was just done, or probes come first. */
    void change(OwnRecords changed, long now) {
        own = changed;
        answers.retain(own.all());
        if (!own.peer().isEmpty() && !(phase instanceof Phase.Probing)) {
            boolean justSpoke =
                    answers.wasSentWithin(Limits.RECORD_INTERVAL, own.peer().getFirst(), now);
            phase = new Phase.Announcing(0, justSpoke ? now + Limits.RECORD_INTERVAL.toNanos() : now);
        }
    }

    /** Answers a question of multicast DNS, or one that came from another port than its own. */
    void heardQuestion(Message question, InetSocketAddress asker, long now) {
        if (phase instanceof Phase.Probing) {
            return;
        }
        if (asker.getPort() == Family.PORT) {
            answerAll(question, asker, now);
        } else {
            answerLegacy(question, asker, now);
        }
    }

    /** An asker that is no multicast DNS gets all at once, in the form that it knows (RFC 6762, 6.7). */
    private void answerLegacy(Message question, InetSocketAddress asker, long now) {
        List<ResourceRecord> records = withAdditionals(answersTo(question.questions()));
        if (!records.isEmpty() && quota.take(now)) {
            List<ResourceRecord> shortLived =
                    records.stream().map(ResourceRecord::forLegacy).toList();
            int flags = Message.RESPONSE | Message.AUTHORITATIVE;
            Message answer = new Message(question.id(), flags, question.questions(), shortLived, List.of(), List.of());
            speaker.send(new Outgoing.Route.ToOne(asker), answer);
        }
    }

    private List<ResourceRecord> withAdditionals(Collection<ResourceRecord> found) {
        List<ResourceRecord> all = new ArrayList<>(found);
        all.addAll(own.additionals(all));
        return own.inOrder(all);
    }

    private Set<ResourceRecord> answersTo(List<Question> questions) {
        Set<ResourceRecord> all = new LinkedHashSet<>();
        questions.forEach(question -> all.addAll(own.answers(question)));
        return all;
    }

    private void answerAll(Message question, InetSocketAddress asker, long now) {
        own.all().stream()
                .filter(record -> isKnown(record, question))
                .forEach(record -> answers.isKnown(record, asker));
        Set<ResourceRecord> direct = new LinkedHashSet<>();
        Set<ResourceRecord> toAll = new LinkedHashSet<>();
        for (Question each : question.questions()) {
            own.answers(each).stream()
                    .filter(record -> !isKnown(record, question))
                    .forEach(record -> (mayGoAlone(each, record, now) ? direct : toAll).add(record));
        }
        answerDirectly(direct, asker, now);
        schedule(toAll, question, asker, now);
    }

    private static boolean isKnown(ResourceRecord record, Message question) {
        return question.answers().stream().anyMatch(known -> isKnownFor(record, known));
    }

    /** Half of its life left is enough (RFC 6762, 7.1). */
    private static boolean isKnownFor(ResourceRecord record, ResourceRecord known) {
        return known.saysTheSameAs(record) && known.ttl() >= record.ttl() / 2;
    }

    /** What was not said to all for long is said to all, however one would like to be answered (RFC 6762, 5.4). */
    private boolean mayGoAlone(Question question, ResourceRecord record, long now) {
        Duration lately = Duration.ofSeconds(record.ttl() / 4);
        return question.reply() == Question.Reply.UNICAST && answers.wasSentWithin(lately, record, now);
    }

    private void answerDirectly(Set<ResourceRecord> records, InetSocketAddress asker, long now) {
        if (!records.isEmpty() && quota.take(now)) {
            List<ResourceRecord> ordered = own.inOrder(List.copyOf(records));
            speaker.send(new Outgoing.Route.ToOne(asker), Message.response(ordered, own.additionals(ordered)));
        }
    }

    private void schedule(Set<ResourceRecord> records, Message question, InetSocketAddress asker, long now) {
        long due = now + delay(records, question);
        Duration interval = question.isProbe() ? Limits.DEFENCE_INTERVAL : Limits.RECORD_INTERVAL;
        records.forEach(record -> answers.want(record, asker, due, interval));
    }

    private long delay(Set<ResourceRecord> records, Message question) {
        if (question.isTruncated()) {
            return between(Limits.LEAST_TRUNCATED_DELAY, Limits.MOST_TRUNCATED_DELAY);
        }
        boolean othersAnswerToo =
                records.stream().anyMatch(record -> record.ownership() == ResourceRecord.Ownership.SHARED);
        return othersAnswerToo ? between(Limits.LEAST_ANSWER_DELAY, Limits.MOST_ANSWER_DELAY) : 0;
    }

    private long between(Duration least, Duration most) {
        return random.nextLong(least.toNanos(), most.toNanos() + 1);
    }

    /** What another says of the kinds of services need not be said again. Of ourselves nobody else can speak. */
    void heardAnswer(Message answer, long now) {
        own.kinds().stream()
                .filter(kind -> answer.facts().anyMatch(fact -> isSaidFor(kind, fact)))
                .forEach(kind -> answers.wasSaid(kind, now));
    }

    private static boolean isSaidFor(ResourceRecord kind, ResourceRecord fact) {
        return fact.saysTheSameAs(kind) && fact.ttl() >= kind.ttl();
    }

    /** When {@link #tick} has something to do; empty if only after something was heard. */
    OptionalLong due() {
        LongStream next =
                switch (phase) {
                    case Phase.Probing probing -> LongStream.of(probing.next);
                    case Phase.Announcing announcing -> LongStream.of(announcing.next);
                    case Phase.Settled _ -> LongStream.empty();
                };
        return LongStream.concat(next, answers.due().stream()).min();
    }

    /** Does what is due. */
    void tick(long now) {
        switch (phase) {
            case Phase.Probing probing when probing.next <= now -> probe(probing, now);
            case Phase.Announcing announcing when announcing.next <= now -> announce(announcing, now);
            default -> {}
        }
        List<ResourceRecord> due = own.inOrder(answers.take(now));
        if (!due.isEmpty()) {
            sayToAll(due, additionalsNotJustSaid(due, now), now);
        }
    }

    private void probe(Phase.Probing probing, long now) {
        if (probing.sent == Limits.PROBES) {
            phase = new Phase.Announcing(0, now);
            tick(now);
            return;
        }
        List<Question> questions = own.unique().stream()
                .map(ResourceRecord::name)
                .distinct()
                .map(name -> new Question(name, RecordType.ANY))
                .toList();
        speaker.toAll(new Message(0, 0, questions, List.of(), own.unique(), List.of()));
        phase = new Phase.Probing(probing.sent + 1, now + Limits.PROBE_INTERVAL.toNanos());
    }

    private void announce(Phase.Announcing announcing, long now) {
        sayToAll(own.peer(), List.of(), now);
        int sent = announcing.sent + 1;
        phase = sent < Limits.ANNOUNCEMENTS
                ? new Phase.Announcing(sent, now + Limits.ANNOUNCEMENT_INTERVAL.toNanos())
                : new Phase.Settled();
    }

    private List<ResourceRecord> additionalsNotJustSaid(List<ResourceRecord> due, long now) {
        return own.additionals(due).stream()
                .filter(record -> !answers.wasSentWithin(Limits.RECORD_INTERVAL, record, now))
                .toList();
    }

    private void sayToAll(List<ResourceRecord> records, List<ResourceRecord> additionals, long now) {
        answers.sending(records, now);
        answers.sending(additionals, now);
        speaker.toAll(Message.response(records, additionals));
    }

    /** Takes everything back (RFC 6762, 10.1), unless nothing was said yet. */
    void goodbye() {
        if (!own.peer().isEmpty() && !(phase instanceof Phase.Probing)) {
            List<ResourceRecord> gone =
                    own.peer().stream().map(record -> record.withTtl(0)).toList();
            speaker.toAll(Message.response(gone, List.of()));
        }
        own = OwnRecords.NONE;
        phase = new Phase.Settled();
    }
}
