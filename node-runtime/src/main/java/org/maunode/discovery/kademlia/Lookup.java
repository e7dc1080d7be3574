package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.maunode.identity.Fingerprint;

/**
 * One search for a target, along disjoint paths. Nothing that is told is believed: a node counts when it answered, the target is
 * found when it answered.
 *
 * <pre>
 *          start candidates, dealt out
 *          /           |           \
 *       path 0      path 1       path 2        each: ask the nearest -> hear of nearer ones -> ... -> nobody nearer answers
 *          \           |           /
 *        addresses said to be the target's     each called, until one proves to be it
 * </pre>
 */
final class Lookup {
    /** Nodes that one lookup asks at most. */
    static final int MAX_ASKS = 120;
    /** After this, in milliseconds, a call is slow: it may still be answered, but another may start. */
    static final long PATIENCE = 1_000;
    /** Slow and other calls together, as a multiple of alpha. */
    private static final int MAX_OUT = 3;

    private final long number;
    private final Fingerprint name;
    private final Id target;
    private final int alpha;
    private final List<Path> paths = new ArrayList<>();
    private final Map<Id, Candidate> seen = new HashMap<>();
    private final Map<Prefix, Integer> answeredPerPrefix = new HashMap<>();
    private final Addresses doors = new Addresses();
    private final List<Flight> flights = new ArrayList<>();
    private int asks;
    private boolean found;

    /** A call that is out. */
    private static final class Flight {
        final Attempt attempt;
        final long slowAt;
        boolean slow;

        Flight(Attempt attempt, long slowAt) {
            this.attempt = attempt;
            this.slowAt = slowAt;
        }
    }

    Lookup(long number, Fingerprint name, Settings settings) {
        this.number = number;
        this.name = name;
        this.target = Id.of(name);
        this.alpha = settings.alpha();
        for (int i = 0; i < settings.paths(); i++) {
            paths.add(new Path(target, Math.ceilDiv(Engine.K, settings.paths())));
        }
    }

    long number() {
        return number;
    }

    Fingerprint name() {
        return name;
    }

    Id target() {
        return target;
    }

    /** Deals the nodes that we know already, the nearest first, out over the paths. */
    void start(List<Node> known) {
        for (int i = 0; i < known.size(); i++) {
            hear(Told.known(known.get(i)), known.get(i).id, paths.get(i % paths.size()));
        }
    }

    private void hear(Told told, Id id, Path path) {
        if (id.equals(target)) {
            doors.add(told);
            return;
        }
        Candidate candidate = seen.computeIfAbsent(id, unseen -> {
            Candidate fresh = new Candidate(unseen, path);
            path.add(fresh);
            return fresh;
        });
        candidate.addresses.add(told);
    }

    /** The next call to make now; {@link #sent} follows. */
    Optional<Attempt> next() {
        if (found || flights.size() >= MAX_OUT * alpha) {
            return Optional.empty();
        }
        return knock().or(this::step);
    }

    private Optional<Attempt> knock() {
        long knocks = flights.stream()
                .filter(flight -> !flight.slow && flight.attempt instanceof Attempt.Knock)
                .count();
        return knocks >= alpha ? Optional.empty() : doors.best().map(Attempt.Knock::new);
    }

    /** A step on the path that has the fewest calls out. While the target is called where we know it to be, there is none. */
    private Optional<Attempt> step() {
        int out = paths.stream().mapToInt(Path::asked).sum();
        if (out >= alpha || asks >= MAX_ASKS || knocksAtKnownDoor()) {
            return Optional.empty();
        }
        Candidate best = null;
        for (Path path : paths) {
            if (best == null || path.asked() < best.path.asked()) {
                best = path.next(this::isAllowed).orElse(best);
            }
        }
        return Optional.ofNullable(best)
                .map(candidate ->
                        new Attempt.Step(candidate, candidate.addresses.best().orElseThrow()));
    }

    private boolean knocksAtKnownDoor() {
        return flights.stream()
                .anyMatch(flight -> !flight.slow
                        && flight.attempt instanceof Attempt.Knock
                        && flight.attempt.told().teller() == Teller.TABLE);
    }

    /** One network prefix answers a lookup no oftener than it may be in a table. */
    private boolean isAllowed(Candidate candidate) {
        Prefix prefix = candidate.addresses.best().orElseThrow().place().prefix();
        return answeredPerPrefix.getOrDefault(prefix, 0) < prefix.kind().inTable;
    }

    void sent(Attempt attempt, long now) {
        flights.add(new Flight(attempt, now + PATIENCE));
        switch (attempt) {
            case Attempt.Step step -> {
                asks++;
                step.candidate().addresses.tried(step.told());
                step.candidate().become(Candidate.State.ASKED);
                step.candidate().path.asked(1);
            }
            case Attempt.Knock knock -> doors.tried(knock.told());
        }
    }

    /** A node on a path answered, and told these. */
    void answered(Attempt.Step step, List<Told> contacts) {
        landed(step);
        step.told().teller().toldTrue();
        answeredPerPrefix.merge(step.told().place().prefix(), 1, Integer::sum);
        step.candidate().become(Candidate.State.ANSWERED);
        List<Path> open = new ArrayList<>(paths.stream().filter(Path::isUnused).toList());
        open.addFirst(step.candidate().path);
        int dealt = 0;
        for (Told told : contacts) {
            hear(told, Id.of(told.contact().fingerprint()), open.get(dealt++ % open.size()));
        }
    }

    /** The target answered at this address. */
    void found(Attempt.Knock knock) {
        landed(knock);
        found = true;
    }

    /** Nobody answered there, or somebody else. Whether who told that address is exposed as a liar by it. */
    boolean failed(Attempt attempt) {
        landed(attempt);
        if (attempt instanceof Attempt.Step step) {
            step.candidate().become(Candidate.State.WAITING);
        }
        return attempt.told().teller().toldFalse();
    }

    /** The right node answered, but nothing that helps. */
    void useless(Attempt.Step step) {
        landed(step);
        step.told().teller().toldTrue();
    }

    private void landed(Attempt attempt) {
        for (Flight flight : flights) {
            if (flight.attempt == attempt) {
                slow(flight);
                flights.remove(flight);
                return;
            }
        }
    }

    /** Marks what has become slow. */
    void tick(long now) {
        flights.stream().filter(flight -> flight.slowAt <= now).forEach(Lookup::slow);
    }

    private static void slow(Flight flight) {
        if (!flight.slow && flight.attempt instanceof Attempt.Step step) {
            step.candidate().path.asked(-1);
        }
        flight.slow = true;
    }

    OptionalLong deadline() {
        return flights.stream()
                .filter(flight -> !flight.slow)
                .mapToLong(flight -> flight.slowAt)
                .min();
    }

    boolean isFound() {
        return found;
    }

    /** Whether nothing is out any more and nobody is left to ask. */
    boolean isOver() {
        return found || flights.isEmpty() && next().isEmpty();
    }
}
