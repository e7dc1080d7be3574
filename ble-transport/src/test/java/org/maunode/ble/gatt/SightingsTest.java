package org.maunode.ble.gatt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private final Queue<Runnable> wire = new ArrayDeque<>();
    private final Sightings sightings = new Sightings(wire::add);
    private final List<Sighting> heard = new ArrayList<>();

    private static Sighting node(int number, String name) {
        String address = String.format("00:AA:01:00:%02X:%02X", number >> 8, number & 0xff);
        return new Sighting(
                new BluetoothAddress(address),
                Optional.of("001122334455"),
                Optional.of(name).filter(given -> !given.isEmpty()),
                OptionalInt.empty());
    }

    private void run() {
        for (Runnable task = wire.poll(); task != null; task = wire.poll()) {
            task.run();
        }
    }

    @Test
    void tellsAgainOnlyWhatHasChanged() {
        sightings.listen(heard::add);
        sightings.seen(node(1, ""));
        sightings.seen(node(1, ""));
        sightings.seen(node(1, "thermometer"));
        run();
        assertEquals(List.of(node(1, ""), node(1, "thermometer")), heard);
    }

    @Test
    void tellsANewListenerAtOnceWhoIsKnown() {
        sightings.listen(sighting -> {});
        sightings.seen(node(1, ""));
        run();
        sightings.listen(heard::add);
        run();
        assertEquals(List.of(node(1, "")), heard);
    }

    @Test
    void tellsAgainWhoWasGoneAndIsBack() {
        sightings.listen(heard::add);
        sightings.seen(node(1, ""));
        sightings.seen(node(2, ""));
        sightings.retain(Set.of(node(2, "").address()));
        sightings.seen(node(1, ""));
        sightings.seen(node(2, ""));
        run();
        assertEquals(List.of(node(1, ""), node(2, ""), node(1, "")), heard);
    }

    @Test
    void tellsNothingAfterTheEnd() {
        Central.Scan scan = sightings.listen(heard::add);
        sightings.seen(node(1, ""));
        scan.close();
        run();
        assertTrue(heard.isEmpty());
        assertFalse(sightings.isListening());
    }

    @Test
    void remembersNobodyWhenNobodyListens() {
        sightings.listen(sighting -> {}).close();
        sightings.seen(node(1, ""));
        sightings.listen(heard::add);
        run();
        assertTrue(heard.isEmpty());
    }

    @Test
    void keepsSoManyInMindAndNoMore() {
        sightings.listen(sighting -> {});
        for (int number = 0; number <= Sightings.MOST; number++) {
            sightings.seen(node(number, ""));
        }
        sightings.listen(heard::add);
        wire.clear();
        heard.clear();
        sightings.listen(heard::add);
        run();
        assertEquals(Sightings.MOST, heard.size());
        assertFalse(heard.contains(node(0, "")));
        assertTrue(heard.contains(node(Sightings.MOST, "")));
    }

    @Test
    void closesForAll() {
        sightings.listen(heard::add);
        sightings.seen(node(1, ""));
        sightings.close();
        run();
        assertTrue(heard.isEmpty());
    }
}
