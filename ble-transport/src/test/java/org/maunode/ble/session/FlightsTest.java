package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final Flights flights = new Flights();

    @Test
    void countsWhatAWalkThroughAllOfThemCounts() {
        Random random = new Random(1);
        List<Flight> all = new ArrayList<>();
        for (int step = 0; step < 10_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> all.add(added(all.size()));
                case 1 -> any(all, random).ifPresent(flight -> flights.sent(flight, 1, 0));
                case 2 -> any(all, random).ifPresent(flights::delivered);
                default -> any(all, random).ifPresent(flights::lost);
            }
            assertEquals(all.stream().filter(Flight::isFlying).count(), flights.flying(), "flying, step " + step);
            assertEquals(all.stream().allMatch(Flight::isDelivered), flights.areAllDelivered(), "step " + step);
            assertEquals(all.stream().filter(Flight::isWaiting).findFirst(), flights.waiting(), "step " + step);
        }
    }

    @Test
    void forgetsWhatIsBeforeANumberAndCountsTheRest() {
        for (int number = 0; number < 3; number++) {
            flights.sent(added(number), number, 0);
        }
        flights.forEach(flight -> {
            if (flight.number() < 2) {
                flights.delivered(flight);
            }
        });
        flights.forgetBefore(2);
        assertEquals(List.of(2L), numbers());
        assertEquals(1, flights.flying());
        assertFalse(flights.areAllDelivered());
    }

    @Test
    void isEmptyWhenCleared() {
        added(0);
        flights.sent(added(1), 1, 0);
        flights.clear();
        assertEquals(List.of(), numbers());
        assertEquals(0, flights.flying());
        assertTrue(flights.areAllDelivered());
        assertEquals(Optional.empty(), flights.waiting());
    }

    private Flight added(int number) {
        Flight flight = new Flight(new Ping(), number);
        flights.add(flight);
        return flight;
    }

    private static Optional<Flight> any(List<Flight> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private List<Long> numbers() {
        return StreamSupport.stream(flights.spliterator(), false)
                .map(Flight::number)
                .toList();
    }
}
