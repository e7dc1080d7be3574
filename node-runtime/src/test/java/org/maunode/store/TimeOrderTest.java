package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimeOrderTest {
    private record Entry(long time, String name, int place) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time).thenComparing(Entry::name);

    @Test
    void keepsTheOrderOfTimeAndNameWhateverComesAndGoes() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Map<Integer, String> names = new HashMap<>();
            TimeOrder order = new TimeOrder(names::get);
            List<Entry> expected = new ArrayList<>();
            for (int place = 0; place < 600; place++) {
                if (!expected.isEmpty() && random.nextInt(3) == 0) {
                    Entry gone = expected.remove(random.nextInt(expected.size()));
                    order.remove(gone.time(), gone.name());
                } else {
                    Entry next = new Entry(random.nextInt(10), "n" + random.nextInt(100_000), place);
                    names.put(place, next.name());
                    expected.add(next);
                    order.add(next.time(), next.name(), place);
                }
            }
            expected.sort(ORDER);
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                places.add(order.place(i));
            }
            assertEquals(expected.stream().map(Entry::place).toList(), places, "seed " + seed);
        }
    }

    @Test
    void ranksBeforeAmongAndBehind() {
        Map<Integer, String> names = Map.of(1, "a", 2, "c", 3, "b");
        TimeOrder order = new TimeOrder(names::get);
        assertEquals(Long.MIN_VALUE, order.newest());
        order.add(5, "a", 1);
        order.add(5, "c", 2);
        order.add(9, "b", 3);
        assertEquals(0, order.rank(Long.MIN_VALUE, ""));
        assertEquals(0, order.rank(5, ""));
        assertEquals(1, order.rank(5, "a"));
        assertEquals(1, order.rank(5, "b"));
        assertEquals(2, order.rank(5, "c"));
        assertEquals(3, order.rank(Long.MAX_VALUE, "z"));
        assertEquals(9, order.newest());
        order.clear();
        assertEquals(0, order.size());
    }

    @Test
    void readsNoNamesWhereTimesDiffer() {
        TimeOrder order = new TimeOrder(place -> {
            throw new AssertionError("asked for a name");
        });
        for (int i = 0; i < 1000; i++) {
            order.add(i, "n", i);
        }
        assertEquals(1000, order.size());
    }
}
