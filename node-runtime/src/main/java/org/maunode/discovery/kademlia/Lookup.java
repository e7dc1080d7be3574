package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** How often the target is called at one address. */
    static final int MAX_KNOCKS = 3;
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
    private final Addresses doors = new Addresses(MAX_KNOCKS);
    private final List<Flight> flights = new ArrayList<>();
    private int asks;
    private int answers;
    private int knocks;
    private boolean started;
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

    /** @param width how many of the nearest on each path must have answered before it ends */
    Lookup(long number, Fingerprint name, Settings settings, int width) {
        this.number = number;
        this.name = name;
        this.target = Id.of(name);
        this.alpha = settings.alpha();
        for (int i = 0; i < settings.paths(); i++) {
            paths.add(new Path(target, width));
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
        started = true;
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
        return knocks >= alpha ? Optional.empty() : doors.best().map(Attempt.Knock::new);
    }

    /** A step on the path that has the fewest calls out. While the target is called where we know it to be, there is none. */
    private Optional<Attempt> step() {
        if (stepsOut() >= alpha || asks >= MAX_ASKS || knocksAtKnownDoor()) {
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

    private int stepsOut() {
        int out = 0;
        for (Path path : paths) {
            out += path.asked();
        }
        return out;
    }

    private boolean knocksAtKnownDoor() {
        return knocks > 0
                && flights.stream()
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
        attempt.told().called();
        switch (attempt) {
            case Attempt.Step step -> {
                asks++;
                step.candidate().become(Candidate.State.ASKED);
                step.candidate().path.asked(1);
            }
            case Attempt.Knock knock -> knocks++;
        }
    }

    /** A node on a path answered, and told these. */
    void answered(Attempt.Step step, List<Told> contacts) {
        landed(step);
        answers++;
        step.told().teller().toldTrue();
        answeredPerPrefix.merge(step.told().place().prefix(), 1, Integer::sum);
        step.candidate().path.answered(step.candidate());
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

    /**
     * Nobody answered there.
     *
     * @return whether who told that address is exposed as a liar by it
     */
    boolean failed(Attempt attempt) {
        landed(attempt);
        Told told = attempt.told();
        return switch (attempt) {
            case Attempt.Step step -> {
                step.candidate().become(Candidate.State.WAITING);
                yield told.teller().toldFalse();
            }
            case Attempt.Knock _ -> doors.isSpent(told) && told.teller().toldFalse();
        };
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
                attempt.told().landed();
                flights.remove(flight);
                return;
            }
        }
    }

    /** Marks what has become slow. */
    void tick(long now) {
        flights.stream().filter(flight -> flight.slowAt <= now).forEach(this::slow);
    }

    /** It no longer keeps another call from starting. */
    private void slow(Flight flight) {
        if (!flight.slow) {
            flight.slow = true;
            switch (flight.attempt) {
                case Attempt.Step step -> step.candidate().path.asked(-1);
                case Attempt.Knock _ -> knocks--;
            }
        }
    }

    long deadline() {
        long first = Engine.NEVER;
        for (Flight flight : flights) {
            first = flight.slow ? first : Math.min(first, flight.slowAt);
        }
        return first;
    }

    /** How many have answered. */
    int answers() {
        return answers;
    }

    boolean isStarted() {
        return started;
    }

    boolean isFound() {
        return found;
    }

    /** Whether nothing is out any more, once {@link #next} has been empty. */
    boolean isOver() {
        return found || flights.isEmpty();
    }
}
