package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** An engine, the time, and what it wanted done so far and nobody has seen to. */
final class Script {
    static final InetAddress FROM_THE_WORLD = InetAddress.ofLiteral("70.1.1.1");
    static final InetAddress FROM_THE_SITE = InetAddress.ofLiteral("10.9.9.9");
    static final InetAddress FROM_HERE = InetAddress.ofLiteral("127.0.0.1");

    final SplittableRandom random;
    final Id self;
    final Engine engine;
    final List<Action> open = new ArrayList<>();
    long now = 1_000_000;
    private int addresses;

    Script() {
        this(11);
    }

    Script(long seed) {
        random = new SplittableRandom(seed);
        self = Ids.random(random);
        engine = new Engine(self.fingerprint(), Settings.standard(), random.split());
    }

    /** Takes what the engine wants done. */
    Script drain() {
        for (Optional<Action> next = engine.poll(now); next.isPresent(); next = engine.poll(now)) {
            open.add(next.get());
        }
        return this;
    }

    Script pass(long milliseconds) {
        now += milliseconds;
        return drain();
    }

    /** Passes to the next deadline. */
    Script passToDeadline() {
        long deadline = engine.deadline().orElseThrow();
        assertTrue(deadline >= now, "a deadline in the past would make the shell spin");
        now = deadline;
        return drain();
    }

    <T extends Action> List<T> all(Class<T> kind) {
        return open.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The open action of a kind, taken off the list. */
    <T extends Action> T take(Class<T> kind) {
        T first = all(kind).getFirst();
        open.remove(first);
        return first;
    }

    void answer(Action action, List<Contact> contacts) {
        open.remove(action);
        engine.answered(call(action), contacts, now);
        drain();
    }

    void fail(Action action, Failure why) {
        open.remove(action);
        engine.failed(call(action), why, now);
        drain();
    }

    static long call(Action action) {
        return switch (action) {
            case Action.Ping(long call, Contact _) -> call;
            case Action.Ask(long call, Contact _, Fingerprint _) -> call;
            case Action.Found _, Action.Finished _, Action.Changed _ ->
                throw new AssertionError(action + " is no call");
        };
    }

    /** A contact of the internet with an id at random, in a network of its own. */
    Contact contact() {
        return contact(Ids.random(random));
    }

    Contact contact(Id id) {
        return Ids.at(id, Ids.world(addresses++));
    }

    List<Contact> contacts(int count) {
        return java.util.stream.Stream.generate(this::contact).limit(count).toList();
    }

    /** Contacts that share exactly so many bits with an id. */
    List<Contact> sharing(Id id, int bits, int count) {
        return java.util.stream.Stream.generate(() -> contact(id.randomSharing(bits, random)))
                .limit(count)
                .toList();
    }

    /** Puts nodes into the table. */
    List<Contact> know(List<Contact> contacts) {
        contacts.forEach(contact -> engine.proved(contact, now));
        drain();
        return contacts;
    }

    void called(Id id, InetAddress origin, String claim) {
        engine.called(new Asker(id.fingerprint(), origin), InetSocketAddress.createUnresolved(claim, 6275), now);
        drain();
    }

    List<Contact> table() {
        return engine.table().stream().map(Known::contact).toList();
    }

    Known known(Contact contact) {
        return engine.table().stream()
                .filter(line -> line.contact().fingerprint().equals(contact.fingerprint()))
                .findFirst()
                .orElseThrow();
    }

    List<Contact> nearest(Id target, InetAddress origin) {
        return engine.nearest(target.fingerprint(), new Asker(Ids.random(random).fingerprint(), origin), now);
    }
}
