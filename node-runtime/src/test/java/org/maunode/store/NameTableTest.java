package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameTableTest {
    @Test
    void doesWhatAMapDoesWhateverComesAndGoes() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            NameTable table = new NameTable();
            Map<Integer, Integer> hashOfPlace = new HashMap<>();
            // Few different hashes, so that many collide and many runs of slots touch.
            int hashes = 1 + random.nextInt(64);
            for (int step = 0; step < 2000; step++) {
                int place = random.nextInt(300);
                Integer hash = hashOfPlace.remove(place);
                if (hash != null) {
                    table.remove(hash, place);
                } else {
                    int fresh = random.nextInt(hashes) - hashes / 2;
                    hashOfPlace.put(place, fresh);
                    table.add(fresh, place);
                }
            }
            assertHolds(hashOfPlace, table, "seed " + seed);
        }
    }

    private static void assertHolds(Map<Integer, Integer> expected, NameTable table, String seed) {
        assertEquals(expected.size(), table.size(), seed);
        expected.forEach((place, hash) -> assertEquals(place, table.find(hash, p -> p == place), seed));
        int[] places = table.places();
        Arrays.sort(places);
        assertArrayEquals(expected.keySet().stream().mapToInt(i -> i).sorted().toArray(), places, seed);
    }

    @Test
    void findsNothingUnderAnotherHash() {
        NameTable table = new NameTable();
        table.add(7, 1);
        assertEquals(NameTable.NOWHERE, table.find(8, p -> true));
        assertEquals(NameTable.NOWHERE, table.find(7, p -> false));
        assertEquals(1, table.find(7, p -> true));
    }

    @Test
    void takesExtremeHashesAndPlaces() {
        NameTable table = new NameTable();
        for (int hash : List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE)) {
            table.add(hash, Integer.MAX_VALUE - 1);
            assertEquals(Integer.MAX_VALUE - 1, table.find(hash, p -> true));
        }
        table.clear();
        assertEquals(0, table.size());
        assertEquals(NameTable.NOWHERE, table.find(0, p -> true));
    }
}
