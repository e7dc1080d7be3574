package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** KD-41, KD-45. */
class PathTest {
    private static final int WIDTH = 3;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Id target = Ids.random(random);
    private final Path path = new Path(target, WIDTH);
    private final Teller honest = new Teller(Ids.random(random));
    private final Teller doubtful = new Teller(Ids.random(random));

    @Test
    void theNearestIsAskedFirst() {
        List<Candidate> all = candidates(honest, 3, 9, 1, 5);
        assertEquals(Optional.of(all.get(1)), path.next(any -> true));
        all.get(1).become(Candidate.State.ASKED);
        assertEquals(Optional.of(all.get(3)), path.next(any -> true));
        assertEquals(Optional.of(all.get(0)), path.next(candidate -> candidate != all.get(3)));
    }

    @Test
    void whoIsFartherThanTheNearestThatAnsweredIsNotAsked() {
        List<Candidate> all = candidates(honest, 9, 8, 7, 6);
        all.subList(0, WIDTH - 1).forEach(path::answered);
        assertEquals(Optional.of(all.get(2)), path.next(any -> true));
        path.answered(all.get(2));
        assertEquals(Optional.empty(), path.next(any -> true));
        Candidate nearer = candidates(honest, 10).getFirst();
        assertEquals(Optional.of(nearer), path.next(any -> true));
    }

    @Test
    void whatADoubtfulOneToldWaits() {
        Candidate lie = candidates(doubtful, 20).getFirst();
        Candidate truth = candidates(honest, 2).getFirst();
        assertEquals(Optional.of(lie), path.next(any -> true));
        doubtful.toldFalse();
        assertEquals(Optional.of(truth), path.next(any -> true));
        doubtful.toldTrue();
        assertEquals(Optional.of(lie), path.next(any -> true), "a true address makes up for a false one");
    }

    @Test
    void ofAnExposedLiarNothingIsTried() {
        candidates(doubtful, 20);
        for (int i = 0; i < Teller.MAX_FALSE; i++) {
            assertTrue(path.next(any -> true).isPresent());
            doubtful.toldFalse();
        }
        assertEquals(Optional.empty(), path.next(any -> true));
    }

    @Test
    void aLiarsAddressOfAnHonestNodeDoesNotHideTheTrueOne() {
        Candidate node = candidates(doubtful, 20).getFirst();
        Told truth = told(node.id, honest, 77);
        node.addresses.add(truth);
        doubtful.toldFalse();
        assertEquals(Optional.of(truth), node.addresses.best());
    }

    @Test
    void anAddressThatManyTellIsTriedFirst() {
        Addresses addresses = new Addresses(1);
        Id id = Ids.random(random);
        Told lonely = told(id, doubtful, 1);
        Told common = told(id, honest, 2);
        addresses.add(lonely);
        addresses.add(common);
        addresses.add(told(id, new Teller(Ids.random(random)), 2));
        assertEquals(Optional.of(common), addresses.best());
        common.called();
        assertEquals(Optional.of(lonely), addresses.best());
        common.landed();
        assertEquals(Optional.of(lonely), addresses.best(), "each is tried once");
    }

    private List<Candidate> candidates(Teller teller, int... bits) {
        return IntStream.of(bits)
                .mapToObj(shared -> candidate(teller, target.randomSharing(shared, random)))
                .toList();
    }

    private Candidate candidate(Teller teller, Id id) {
        Candidate candidate = new Candidate(id, path);
        candidate.addresses.add(told(id, teller, 9));
        path.add(candidate);
        return candidate;
    }

    private static Told told(Id id, Teller teller, int address) {
        Contact contact = Ids.at(id, Ids.world(address));
        return new Told(contact, Place.of(contact.address()), Reach.WORLD, teller);
    }
}
