package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.maunode.discovery.kademlia.Calls.Call;
import org.maunode.discovery.kademlia.Calls.Purpose;
import org.maunode.discovery.net.AddressScope;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * One node's part in the network. Pure; confined to one thread at a time. Times are milliseconds of a monotonic clock.
 * After every call of a method that takes {@code now}, and at {@link #deadline}, {@link #poll} until it is empty.
 *
 * <pre>
 *   called, lookup, join, answered, failed  --->  [ table, lookups, upkeep ]  --->  poll: Ping, Ask, Found, Finished, Changed
 *                     ^                                                                      |
 *                     +---------------------- the shell makes the calls ---------------------+
 * </pre>
 */
public final class Engine {
    /** Contacts in an answer, and nodes in a bucket. */
    public static final int K = 20;
    /** Lookups for others than the engine itself that run at a time; one more is over at once. */
    public static final int MAX_LOOKUPS = 32;

    /** A deadline that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    private final Id self;
    private final Settings settings;
    private final Table table;
    private final Calls calls;
    private final Upkeep upkeep;
    private final CallBacks callBacks = new CallBacks();
    private final Shunned shunned = new Shunned();
    private final Link link = new Link();
    private final Saving saving = new Saving();
    private final List<Lookup> lookups = new ArrayList<>();
    private final BitSet checking = new BitSet();
    private final Queue<Action> actions = new ArrayDeque<>();
    private final Entrance entrance;
    private Optional<Lookup> running = Optional.empty();
    private long lastLookup;

    /** @param random for the ids of refreshes and for jitter; nothing else is left to chance */
    public Engine(Fingerprint self, Settings settings, RandomGenerator random) {
        this.self = Id.of(self);
        this.settings = Objects.requireNonNull(settings);
        this.table = new Table(this.self);
        this.calls = new Calls(settings.callTimeout());
        this.entrance = new Entrance(this.self);
        this.upkeep = new Upkeep(this.self, settings.refreshEvery(), random);
    }

    /** What was known before a restart; unproven until called again. */
    public void restore(List<Contact> contacts, long now) {
        for (Contact contact : contacts) {
            Place place = Place.of(contact.address());
            if (place.admittedBy(Reach.HERE)
                    && table.find(Id.of(contact.fingerprint())).isEmpty()) {
                table.offer(Node.remembered(contact, place));
            }
        }
        run(now);
    }

    /** Calls these, then looks up itself and refreshes its buckets; may be called again. */
    public void join(List<Contact> bootstrap, long now) {
        entrance.replace(bootstrap);
        upkeep.begin(now);
        greet(now);
        run(now);
    }

    /** Our own address is another: those around us hear of it by being asked for ourselves. Nothing before {@link #join}. */
    public void moved(long now) {
        upkeep.moved(now);
        run(now);
    }

    private void greet(long now) {
        entrance.knock(now).forEach(seed -> ping(seed, new Purpose.Greeting(), now));
    }

    /**
     * The answer to find_peer: at most {@value #K} contacts that have proved themselves to us, the truly nearest first, and of
     * addresses only those that this asker may be told.
     */
    public List<Contact> nearest(Fingerprint target, Asker asker, long now) {
        Reach reach = Reach.of(asker.origin());
        Id hidden = Id.of(asker.fingerprint());
        List<Contact> answer = new ArrayList<>(K);
        for (Node node : table.nearest(
                Id.of(target),
                K,
                node -> node.isProved()
                        && !node.isDead()
                        && node.place().admittedBy(reach)
                        && !node.id.equals(hidden))) {
            answer.add(node.contact());
        }
        return answer;
    }

    /**
     * Somebody proved to be {@code asker} called us, and claims to be reachable at {@code claim}: believed after a call-back.
     *
     * @param claim not resolved
     */
    public void called(Asker asker, InetSocketAddress claim, long now) {
        Id id = Id.of(asker.fingerprint());
        Place place = Place.of(claim);
        Reach reach = Reach.of(asker.origin());
        boolean welcome = place.admittedBy(reach) && !shunned.contains(id, now) && table.wants(id, place, now);
        if (welcome && callBacks.begin(id, Prefix.of(asker.origin()), place, now)) {
            Contact contact = new Contact(asker.fingerprint(), claim);
            ping(new Told(contact, place, reach, Teller.TABLE), new Purpose.CallBack(), now);
        }
        run(now);
    }

    /** A connection made for another reason (a sync) proved this contact. */
    public void proved(Contact contact, long now) {
        Place place = Place.of(contact.address());
        if (place.admittedBy(Reach.HERE)) {
            count(place, now);
            offer(Node.proved(contact, place, Reach.HERE, now), now);
        }
        run(now);
    }

    /** Looks for {@code target}; {@link Action.Found} and {@link Action.Finished} carry the number given back. */
    public long lookup(Fingerprint target, long now) {
        long number = ++lastLookup;
        if (lookups.size() >= MAX_LOOKUPS) {
            actions.add(new Action.Finished(number, false));
        } else {
            start(new Lookup(number, target, settings, 2 * share()), now);
        }
        run(now);
        return number;
    }

    /** What each path has to see of the {@value #K} nearest. A search for somebody looks twice as wide, since liars are in the way. */
    private int share() {
        return Math.ceilDiv(K, settings.paths());
    }

    private Lookup start(Lookup lookup, long now) {
        lookups.add(lookup);
        upkeep.touched(lookup.target(), now);
        return lookup;
    }

    private List<Node> startingPoints(Id target) {
        List<Node> alive = table.nearest(target, K, node -> !node.isDead());
        return alive.isEmpty() ? table.nearest(target, K, node -> true) : alive;
    }

    /** Ends a lookup without a further word. One that is over is passed over. */
    public void cancel(long lookup) {
        lookups.removeIf(one -> one.number() == lookup && !isOwn(one));
    }

    private boolean isOwn(Lookup lookup) {
        return running.filter(own -> own == lookup).isPresent();
    }

    /** The next thing to do, until empty. */
    public Optional<Action> poll(long now) {
        if (actions.isEmpty()) {
            tick(now);
        }
        return Optional.ofNullable(actions.poll());
    }

    private void tick(long now) {
        for (Optional<Call> call = calls.oldest();
                call.isPresent() && call.get().timeoutAt() <= now;
                call = calls.oldest()) {
            close(call.get());
            lost(call.get(), now);
        }
        lookups.forEach(lookup -> lookup.tick(now));
        run(now);
    }

    /** When to poll again though nothing happened, in the clock's milliseconds. */
    public OptionalLong deadline() {
        long first = Math.min(calls.deadline(), Math.min(saving.deadline(), upkeepDeadline()));
        for (Lookup lookup : lookups) {
            first = Math.min(first, lookup.deadline());
        }
        return first == NEVER ? OptionalLong.empty() : OptionalLong.of(first);
    }

    private long upkeepDeadline() {
        long due = upkeep.deadline(depth());
        return entrance.isOut() ? Math.max(due, entrance.deadline(isAlone())) : due;
    }

    /**
     * Whether the name in a call's contact may be taken to this address: a stranger's name must not lead into our own network.
     * Who resolves it asks this for each address, and calls none that is refused. False for a call that is over.
     */
    public boolean permits(long call, InetAddress resolved) {
        return calls.find(call)
                .filter(one -> one.told().reach().admits(AddressScope.of(resolved)))
                .isPresent();
    }

    /** As {@link #answered(long, InetAddress, List, long)}, where it is not known to which address a name led. */
    public void answered(long call, List<Contact> contacts, long now) {
        calls.find(call).ifPresent(one -> answered(one, one.told().place(), contacts, now));
        run(now);
    }

    /**
     * Whom we called has proved to be the one, and answered: an Ask with contacts, a Ping with none. A call that is over is
     * passed over.
     *
     * @param from the address that answered: of a name, that is what limits count by
     */
    public void answered(long call, InetAddress from, List<Contact> contacts, long now) {
        calls.find(call).ifPresent(one -> answered(one, one.told().place().seenAt(from), contacts, now));
        run(now);
    }

    private void answered(Call call, Place place, List<Contact> contacts, long now) {
        close(call);
        count(place, now);
        if (call.purpose() instanceof Purpose.Search(Lookup lookup, Attempt.Step step)) {
            if (Answers.isAbsurd(call.id(), lookup.target(), contacts, depth())) {
                lookup.useless(step);
                shun(call.id(), now);
                return;
            }
            lookup.answered(step, usable(call, lookup, place, contacts, now));
        } else if (call.purpose() instanceof Purpose.Search(Lookup lookup, Attempt.Knock knock)) {
            found(lookup, knock);
        }
        offer(Node.proved(call.told().contact(), place, call.told().reach(), now), now);
    }

    /** A target that we leave alone is still looked for: somebody asked for it. */
    private List<Told> usable(Call call, Lookup lookup, Place place, List<Contact> contacts, long now) {
        Predicate<Id> passedOver = id ->
                id.equals(self) || id.equals(call.id()) || shunned.contains(id, now) && !id.equals(lookup.target());
        return Answers.usable(contacts, new Teller(call.id()), Reach.of(place.scope()), passedOver);
    }

    private void found(Lookup lookup, Attempt.Knock knock) {
        boolean wanted = lookups.contains(lookup) && !lookup.isFound();
        lookup.found(knock);
        if (wanted && !isOwn(lookup)) {
            actions.add(new Action.Found(lookup.number(), knock.told().contact()));
        }
    }

    /** A call came to nothing. A call that is over is passed over. */
    public void failed(long call, Failure why, long now) {
        calls.find(call).ifPresent(one -> {
            close(one);
            switch (why) {
                case UNREACHABLE -> lost(one, now);
                case WRONG_IDENTITY -> {
                    one.told().refuted();
                    lost(one, now);
                }
                case MISBEHAVED, NOT_SUPPORTED -> refused(one, now);
            }
        });
        run(now);
    }

    /** Nobody answered, or somebody else: the address is false, or the node is gone. */
    private void lost(Call call, long now) {
        Told told = call.told();
        if (call.purpose() instanceof Purpose.Search(Lookup lookup, Attempt attempt) && lookup.failed(attempt)) {
            link.charge(told.teller().id(), Link.Charge.LIED, told.place(), now);
        }
        table.find(call.id())
                .filter(node -> node.contact().equals(told.contact()))
                .ifPresent(node -> link.charge(node.id, Link.Charge.SILENT, told.place(), now));
    }

    /** The right node answered, with what does not help: it has proved who it is, and is left alone. */
    private void refused(Call call, long now) {
        count(call.told().place(), now);
        switch (call.purpose()) {
            case Purpose.Search(Lookup lookup, Attempt.Step step) -> lookup.useless(step);
            case Purpose.Search(Lookup lookup, Attempt.Knock knock) -> found(lookup, knock);
            case Purpose.Check _ -> {}
            case Purpose.CallBack _ -> {}
            case Purpose.Greeting _ -> {}
        }
        shun(call.id(), now);
    }

    private void close(Call call) {
        calls.close(call.number());
        switch (call.purpose()) {
            case Purpose.Search _ -> {}
            case Purpose.Check check -> checking.clear(check.bucket());
            case Purpose.CallBack _ -> callBacks.over(call.id());
            case Purpose.Greeting _ -> entrance.landed();
        }
    }

    /** Somebody answered: what failed shortly before did not fail because of us. */
    private void count(Place place, long now) {
        for (Link.Pending pending : link.answered(place, now)) {
            switch (pending.charge()) {
                case SILENT -> table.find(pending.id()).ifPresent(node -> countFailure(node, now));
                case LIED -> shun(pending.id(), now);
            }
        }
    }

    private void countFailure(Node node, long now) {
        if (table.failed(node)) {
            saving.changed(now);
        }
        check(table.indexOf(node.id), now);
    }

    private void shun(Id id, long now) {
        shunned.add(id, now);
        if (table.remove(id)) {
            saving.changed(now);
        }
    }

    private void offer(Node node, long now) {
        if (shunned.contains(node.id, now)) {
            return;
        }
        if (table.offer(node)) {
            saving.changed(now);
        } else if (table.isSpare(node.id)) {
            check(table.indexOf(node.id), now);
        }
    }

    /** If spares wait, one node of the bucket shows that it lives, or makes room. */
    private void check(int bucket, long now) {
        Optional<Node> next = table.toCheck(bucket, now);
        if (next.isPresent() && !checking.get(bucket)) {
            checking.set(bucket);
            ping(Told.known(next.get()), new Purpose.Check(bucket), now);
        }
    }

    private void ping(Told told, Purpose purpose, long now) {
        Call call = calls.open(told, purpose, now);
        actions.add(new Action.Ping(call.number(), told.contact()));
    }

    /** Does what can be done now, until all that is left is to wait. */
    private void run(long now) {
        List.copyOf(lookups).forEach(lookup -> advance(lookup, now));
        while (maintain(now)) {
            advance(running.orElseThrow(), now);
        }
        if (saving.isDue(now)) {
            actions.add(new Action.Changed());
        }
    }

    private void advance(Lookup lookup, long now) {
        if (!lookup.isStarted() && entrance.isOut() && isAlone()) {
            return;
        }
        if (!lookup.isStarted()) {
            lookup.start(startingPoints(lookup.target()));
        }
        for (Optional<Attempt> next = lookup.next(); next.isPresent(); next = lookup.next()) {
            send(lookup, next.get(), now);
        }
        if (lookup.isOver()) {
            finish(lookup, now);
        }
    }

    private void send(Lookup lookup, Attempt attempt, long now) {
        lookup.sent(attempt, now);
        Call call = calls.open(attempt.told(), new Purpose.Search(lookup, attempt), now);
        Contact to = attempt.told().contact();
        actions.add(
                switch (attempt) {
                    case Attempt.Step step -> new Action.Ask(call.number(), to, lookup.name());
                    case Attempt.Knock knock -> new Action.Ping(call.number(), to);
                });
    }

    private void finish(Lookup lookup, long now) {
        lookups.remove(lookup);
        if (isOwn(lookup)) {
            running = Optional.empty();
            entrance.rest();
            upkeep.finished(isUnheard(lookup), now);
        } else {
            actions.add(new Action.Finished(lookup.number(), lookup.isFound()));
        }
    }

    /** Whether nobody is there, or nobody heard us look around: then we are not part of the network yet. */
    private boolean isUnheard(Lookup lookup) {
        return isAlone() || lookup.target().equals(self) && lookup.answers() == 0;
    }

    /** Starts the next lookup of our own; whether one was due. */
    private boolean maintain(long now) {
        if (entrance.isWorthWaiting(isAlone(), now)) {
            return false;
        }
        Optional<Id> due = due(now);
        if (due.isEmpty() || isAlone() && greetsAgain(now)) {
            return false;
        }
        upkeep.started();
        running = Optional.of(start(new Lookup(0, due.get().fingerprint(), settings, share()), now));
        return true;
    }

    /** A bucket that is full of nodes which all proved themselves lately needs no lookup. */
    private Optional<Id> due(long now) {
        Optional<Id> due = upkeep.next(depth(), now);
        while (due.isPresent() && !due.get().equals(self) && isFresh(due.get(), now)) {
            upkeep.touched(due.get(), now);
            due = upkeep.next(depth(), now);
        }
        return due;
    }

    private boolean isFresh(Id id, long now) {
        return table.isFresh(table.indexOf(id), settings.refreshEvery(), now);
    }

    /** Once for each time that we are alone, our seeds are called before we look around. */
    private boolean greetsAgain(long now) {
        if (!entrance.wasTried()) {
            greet(now);
        }
        return entrance.isOut();
    }

    /** Whether nobody has answered us who has not failed since. */
    private boolean isAlone() {
        return !table.anyMatch(node -> node.isProved() && !node.isDead());
    }

    /**
     * Leading bits that we share with the farthest of our {@value #K} nearest neighbours; -1 if we have none. Buckets beyond are
     * not refreshed: a lookup of ourselves sees everybody there.
     */
    private int depth() {
        return table.depth(K);
    }

    /** All that is in the table, nearest bucket first; for the disk and for people. */
    public List<Known> table() {
        return table.nodes().stream().map(Node::known).toList();
    }
}
