package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;

/** KD-2, KD-4, KD-5, KD-8, KD-9. */
class TableTest {
    private final SplittableRandom random = new SplittableRandom(7);
    private final Id self = Ids.random(random);
    private final Table table = new Table(self);
    private int addresses;

    @Test
    void theNearestAreTrulyTheNearest() {
        for (int size : List.of(0, 1, 5, 19, 20, 21, 100, 400)) {
            Table some = filled(size);
            for (int i = 0; i < 200; i++) {
                Id target = i % 2 == 0 ? Ids.near(self, random) : Ids.random(random);
                assertEquals(bruteForce(some, target), ids(some.nearest(target, Engine.K, node -> true)));
            }
            assertEquals(bruteForce(some, self), ids(some.nearest(self, Engine.K, node -> true)));
        }
    }

    private Table filled(int size) {
        Table some = new Table(self);
        for (int i = 0; i < size; i++) {
            some.offer(proved(i % 3 == 0 ? Ids.near(self, random) : Ids.random(random), "127.0.0.1", i));
        }
        return some;
    }

    private List<Id> bruteForce(Table some, Id target) {
        return some.nodes().stream()
                .map(node -> node.id)
                .sorted(target::compareDistances)
                .limit(Engine.K)
                .toList();
    }

    private static List<Id> ids(List<Node> nodes) {
        return nodes.stream().map(node -> node.id).toList();
    }

    @Test
    void aBucketHoldsTwentyNodesAndTenSpares() {
        List<Node> nodes = fill(0, 31);
        assertEquals(20, table.nodes().size());
        assertTrue(nodes.subList(0, 20).stream().allMatch(table.nodes()::contains));
        assertFalse(table.isSpare(nodes.get(19).id));
        assertTrue(table.isSpare(nodes.get(21).id));
        assertTrue(table.isSpare(nodes.get(30).id));
        assertEquals(Optional.empty(), table.find(nodes.get(20).id), "the oldest spare made room");
    }

    @Test
    void twoFailuresInARowMakeRoomForTheNewestSpare() {
        List<Node> nodes = fill(3, 22);
        Node oldest = nodes.getFirst();
        assertFalse(table.failed(oldest));
        assertTrue(table.nodes().contains(oldest));
        assertTrue(table.failed(oldest));
        assertEquals(Optional.empty(), table.find(oldest.id));
        assertTrue(table.nodes().contains(nodes.get(21)));
        assertTrue(table.isSpare(nodes.get(20).id));
    }

    @Test
    void aSignOfLifeBetweenTwoFailuresKeepsIt() {
        Node oldest = fill(3, 22).getFirst();
        table.failed(oldest);
        table.offer(Node.proved(oldest.contact(), oldest.place(), Reach.WORLD, 50));
        assertFalse(table.failed(oldest));
        assertTrue(table.nodes().contains(oldest));
    }

    @Test
    void withoutASpareItStaysAsSuspectUntilSomebodyComes() {
        Node oldest = fill(3, 20).getFirst();
        table.failed(oldest);
        table.failed(oldest);
        assertTrue(oldest.isDead());
        assertTrue(table.nodes().contains(oldest));
        Node newcomer = proved(self.randomSharing(3, random), nextAddress(), 99);
        assertTrue(table.offer(newcomer));
        assertFalse(table.nodes().contains(oldest));
        assertTrue(table.nodes().contains(newcomer));
    }

    @Test
    void theOneToShowThatItLivesIsASuspectElseTheOneProvedLongestAgo() {
        List<Node> nodes = fill(2, 20);
        long later = Table.RECENT + 19;
        assertEquals(nodes.getFirst(), table.toCheck(2, later).orElseThrow());
        table.failed(nodes.get(7));
        assertEquals(nodes.get(7), table.toCheck(2, later).orElseThrow());
        assertEquals(Optional.empty(), table.toCheck(3, later), "a bucket with room needs no check");
    }

    @Test
    void whoProvedItselfWithinFiveMinutesIsNotChecked() {
        fill(2, 20);
        assertEquals(Optional.empty(), table.toCheck(2, Table.RECENT - 1));
        assertTrue(table.toCheck(2, Table.RECENT).isPresent());
    }

    @Test
    void aProofElsewhereMovesANode() {
        Node node = fill(1, 1).getFirst();
        Contact moved = Ids.at(node.id, "51.1.1.1");
        assertTrue(table.offer(Node.proved(moved, Place.of(moved.address()), Reach.WORLD, 5)));
        assertEquals(List.of(moved), table.nodes().stream().map(Node::contact).toList());
        assertFalse(table.offer(Node.proved(moved, Place.of(moved.address()), Reach.WORLD, 6)), "nothing new to save");
    }

    @Test
    void oneNetworkHasTwoNodesInABucket() {
        assertTrue(table.offer(proved(self.randomSharing(0, random), "60.1.1.1", 0)));
        assertTrue(table.offer(proved(self.randomSharing(0, random), "60.1.1.2", 0)));
        assertFalse(table.offer(proved(self.randomSharing(0, random), "60.1.1.3", 0)));
        assertTrue(table.offer(proved(self.randomSharing(0, random), "60.1.2.3", 0)));
    }

    @Test
    void oneNetworkHasTenNodesInATable() {
        for (int i = 0; i < 10; i++) {
            assertTrue(table.offer(proved(self.randomSharing(i, random), "60.1.1." + (i + 1), 0)));
        }
        Node eleventh = proved(self.randomSharing(10, random), "60.1.1.11", 0);
        assertFalse(table.offer(eleventh));
        assertEquals(Optional.empty(), table.find(eleventh.id));
    }

    @Test
    void sparesCountAsWell() {
        fill(0, 20);
        assertFalse(table.offer(proved(self.randomSharing(0, random), "60.1.1.1", 21)));
        assertFalse(table.offer(proved(self.randomSharing(0, random), "60.1.1.2", 22)));
        Node third = proved(self.randomSharing(0, random), "60.1.1.3", 23);
        table.offer(third);
        assertEquals(Optional.empty(), table.find(third.id));
    }

    @Test
    void theDeadOfANetworkMakeRoomForItsLiving() {
        Node first = proved(self.randomSharing(0, random), "60.1.1.1", 0);
        table.offer(first);
        table.offer(proved(self.randomSharing(0, random), "60.1.1.2", 0));
        table.failed(first);
        table.failed(first);
        assertTrue(table.offer(proved(self.randomSharing(0, random), "60.1.1.3", 0)));
        assertEquals(Optional.empty(), table.find(first.id));
    }

    @Test
    void aPrivateAddressHasFourNodesInATableAndThisMachineAsManyAsItLikes() {
        for (int i = 0; i < 20; i++) {
            assertEquals(i < 4, table.offer(proved(self.randomSharing(i, random), "10.0.0.1", 0)));
            assertTrue(table.offer(proved(self.randomSharing(i, random), "127.0.0.1", 0)));
        }
    }

    @Test
    void aMoveIntoACrowdedNetworkEndsAStay() {
        table.offer(proved(self.randomSharing(0, random), "60.1.1.1", 0));
        table.offer(proved(self.randomSharing(0, random), "60.1.1.2", 0));
        Node mover = proved(self.randomSharing(0, random), "61.1.1.1", 0);
        table.offer(mover);
        assertTrue(table.offer(proved(mover.id, "60.1.1.3", 1)));
        assertEquals(Optional.empty(), table.find(mover.id));
    }

    @Test
    void ourselvesAreNobodyToKnow() {
        assertFalse(table.offer(proved(self, "60.1.1.1", 0)));
        assertFalse(table.wants(self, Place.of(Ids.at(self, "60.1.1.1").address()), 0));
        assertEquals(List.of(), table.nodes());
    }

    @Test
    void noSequenceOfEventsBreaksTheLimits() {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom chance = new SplittableRandom(seed);
            Table some = new Table(self);
            List<Id> ids = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                ids.add(self.randomSharing(chance.nextInt(12), chance));
            }
            for (int i = 0; i < 3_000; i++) {
                disturb(some, ids.get(chance.nextInt(ids.size())), chance, i);
            }
            assertLimits(some, ids);
        }
    }

    private void disturb(Table some, Id id, SplittableRandom chance, long now) {
        switch (chance.nextInt(8)) {
            case 0 -> some.find(id).ifPresent(some::failed);
            case 1 -> some.remove(id);
            case 2 -> {
                Contact contact = Ids.at(id, anyAddress(chance));
                some.offer(Node.remembered(contact, Place.of(contact.address())));
            }
            default -> some.offer(proved(id, anyAddress(chance), now));
        }
    }

    private static String anyAddress(SplittableRandom chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> "10.0.0." + chance.nextInt(1, 9);
            case 1 -> "name" + chance.nextInt(100) + ".example.org";
            default -> "60.1." + chance.nextInt(20) + "." + chance.nextInt(1, 255);
        };
    }

    /** Counts by itself, over all that can be found: nodes and spares. */
    static void assertLimits(Table some, List<Id> ids) {
        Map<Prefix, Integer> perTable = new HashMap<>();
        Map<List<Object>, Integer> perBucket = new HashMap<>();
        Map<List<Object>, Integer> sizes = new HashMap<>();
        for (Id id : ids.stream().distinct().toList()) {
            some.find(id).ifPresent(node -> {
                Prefix prefix = node.place().prefix();
                perTable.merge(prefix, 1, Integer::sum);
                perBucket.merge(List.of(some.indexOf(id), prefix), 1, Integer::sum);
                sizes.merge(List.of(some.indexOf(id), some.isSpare(id)), 1, Integer::sum);
            });
        }
        perTable.forEach((prefix, count) -> assertTrue(count <= prefix.kind().inTable, prefix + " " + count));
        perBucket.forEach((where, count) -> assertTrue(
                where.get(1) instanceof Prefix prefix && count <= prefix.kind().inBucket, where + " " + count));
        sizes.forEach((where, count) ->
                assertTrue(count <= (where.get(1).equals(true) ? Bucket.MAX_SPARES : Engine.K), where + " " + count));
    }

    private List<Node> fill(int bucket, int count) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Node node = proved(self.randomSharing(bucket, random), nextAddress(), i);
            nodes.add(node);
            table.offer(node);
        }
        return nodes;
    }

    private String nextAddress() {
        return Ids.world(addresses++);
    }

    private static Node proved(Id id, String host, long now) {
        Contact contact = Ids.at(id, host);
        return Node.proved(contact, Place.of(contact.address()), Reach.WORLD, now);
    }
}
