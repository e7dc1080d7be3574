package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.net.AddressScope;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** Whatever happens in whatever order: the laws that always hold. KD-2, KD-9, KD-31, KD-41, KD-44, KD-64. */
class EngineFuzzTest {
    private static final int STEPS = 4_000;

    /** One run: everybody but ourselves is of the internet, and says what comes to mind. */
    private static final class Run {
        final SplittableRandom random;
        final Id self;
        final Engine engine;
        final List<Id> ids = new ArrayList<>();
        final Map<Long, Action> calls = new HashMap<>();
        final Set<Long> searching = new HashSet<>();
        final List<String> log = new ArrayList<>();
        long now = 5;

        Run(long seed) {
            random = new SplittableRandom(seed);
            self = Ids.random(random);
            engine = new Engine(self.fingerprint(), Settings.standard(), random.split());
            for (int i = 0; i < 400; i++) {
                ids.add(i % 2 == 0 ? Ids.random(random) : self.randomSharing(random.nextInt(20), random));
            }
        }

        void step() {
            now += random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(300);
            switch (random.nextInt(12)) {
                case 0 -> engine.called(new Asker(anyId().fingerprint(), stranger()), anyAddress(), now);
                case 1 -> searching.add(engine.lookup(anyId().fingerprint(), now));
                case 2 -> engine.join(List.of(stranger(anyId())), now);
                case 3 -> engine.restore(List.of(stranger(anyId()), stranger(anyId())), now);
                case 4 -> engine.proved(stranger(anyId()), now);
                case 5 -> cancelOne();
                default -> endOne();
            }
            drain();
        }

        private void cancelOne() {
            searching.stream()
                    .sorted()
                    .findFirst()
                    .filter(one -> random.nextInt(4) == 0)
                    .ifPresent(one -> {
                        engine.cancel(one);
                        searching.remove(one);
                    });
        }

        private void endOne() {
            Optional<Long> call = calls.keySet().stream()
                    .sorted()
                    .skip(random.nextInt(1 + calls.size()))
                    .findFirst();
            if (call.isEmpty()) {
                return;
            }
            calls.remove(call.get());
            switch (random.nextInt(4)) {
                case 0 -> engine.failed(call.get(), Failure.values()[random.nextInt(Failure.values().length)], now);
                case 1 -> engine.answered(call.get(), stranger(), anything(), now);
                default -> engine.answered(call.get(), anything(), now);
            }
        }

        private List<Contact> anything() {
            List<Contact> told = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                told.add(new Contact(anyId().fingerprint(), anyAddress()));
            }
            return told;
        }

        private Id anyId() {
            return random.nextInt(50) == 0 ? self : ids.get(random.nextInt(ids.size()));
        }

        private InetAddress stranger() {
            return InetAddress.ofLiteral(Ids.world(random.nextInt(3_000)));
        }

        private Contact stranger(Id id) {
            return Ids.at(id, Ids.world(random.nextInt(3_000)));
        }

        private InetSocketAddress anyAddress() {
            String host =
                    switch (random.nextInt(8)) {
                        case 0 -> "127.0.0.1";
                        case 1 -> "10.0.0." + random.nextInt(256);
                        case 2 -> "169.254.3.3";
                        case 3 -> "localhost";
                        case 4 -> "peer" + random.nextInt(9) + ".example.org";
                        case 5 -> "0x7f.1";
                        default -> Ids.world(random.nextInt(3_000));
                    };
            return InetSocketAddress.createUnresolved(host, random.nextInt(3));
        }

        void drain() {
            for (Optional<Action> next = engine.poll(now); next.isPresent(); next = engine.poll(now)) {
                take(next.get());
            }
            engine.deadline().ifPresent(deadline -> assertTrue(deadline > now, "deadline " + deadline + " at " + now));
        }

        private void take(Action action) {
            log.add(now + " " + action);
            switch (action) {
                case Action.Ping(long call, Contact to) -> called(call, to, action);
                case Action.Ask(long call, Contact to, Fingerprint _) -> called(call, to, action);
                case Action.Found(long lookup, Contact _) -> assertTrue(searching.contains(lookup));
                case Action.Finished(long lookup, boolean _) -> finished(lookup);
                case Action.Changed() -> {}
            }
        }

        private void finished(long lookup) {
            searching.remove(lookup);
        }

        private void called(long call, Contact to, Action action) {
            Place place = Place.of(to.address());
            assertEquals(AddressScope.GLOBAL, place.scope(), to + " is called");
            assertTrue(!Id.of(to.fingerprint()).equals(self), "ourselves are called");
            assertEquals(null, calls.put(call, action), "call " + call + " twice");
            assertTrue(!engine.permits(call, InetAddress.ofLiteral("169.254.169.254")));
        }

        void assertLaws() {
            Set<Id> all = new HashSet<>(ids);
            engine.table().forEach(line -> assertTrue(all.contains(Ids.of(line.contact()))));
            Map<Integer, Integer> perBucket = new HashMap<>();
            Map<Prefix, Integer> perPrefix = new HashMap<>();
            engine.table().forEach(line -> {
                Place place = Place.of(line.contact().address());
                perBucket.merge(Ids.of(line.contact()).sharedBits(self), 1, Integer::sum);
                perPrefix.merge(place.prefix(), place.named() ? 0 : 1, Integer::sum);
            });
            perBucket.values().forEach(count -> assertTrue(count <= Engine.K));
            perPrefix.forEach((prefix, count) -> assertTrue(count <= prefix.kind().inTable, prefix + " " + count));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLawsHoldWhateverHappens(long seed) {
        Run run = new Run(seed);
        for (int i = 0; i < STEPS; i++) {
            run.step();
            if (i % 50 == 0) {
                run.assertLaws();
            }
        }
        assertTrue(run.log.size() > STEPS / 4, "it did something");
    }

    /** Nobody answers any more; the engine's own clock must be enough. */
    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void everyLookupEnds(long seed) {
        Run run = new Run(seed);
        for (int i = 0; i < 500; i++) {
            run.step();
        }
        long end = run.now + 600_000;
        while (run.now < end && !run.searching.isEmpty()) {
            run.now = Math.min(end, run.engine.deadline().orElse(end));
            run.drain();
        }
        assertEquals(Set.of(), run.searching);
    }

    /** The same events with the same randomness: the same actions. */
    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void nothingIsLeftToChance(long seed) {
        Run one = new Run(seed);
        Run other = new Run(seed);
        for (int i = 0; i < 1_000; i++) {
            one.step();
            other.step();
        }
        assertEquals(one.log, other.log);
    }
}
