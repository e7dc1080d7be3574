package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.NetworkOptions.Way;

class NetworkOptionsTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(0);
    private static final Fingerprint ANN = Fingerprint.of("a".repeat(40));

    private static NetworkOptions ways(Set<Way> ways) {
        return new NetworkOptions(ANY, Optional.empty(), ways, List.of(), Map.of());
    }

    @Test
    void noWayIsAWayToo() {
        for (Set<Way> none : List.of(Set.<Way>of(), EnumSet.noneOf(Way.class))) {
            assertEquals(Set.of(), ways(none).ways());
        }
        assertTrue(ways(EnumSet.of(Way.ROUTER)).uses(Way.ROUTER));
        assertFalse(ways(EnumSet.of(Way.ROUTER)).uses(Way.OVERLAY));
    }

    @Test
    void whatItWasMadeOfMayChangeAndItDoesNot() {
        Set<Way> ways = EnumSet.allOf(Way.class);
        List<Contact> bootstrap = new ArrayList<>(List.of(new Contact(ANN, ANY)));
        Map<Fingerprint, InetSocketAddress> given = new HashMap<>(Map.of(ANN, ANY));
        NetworkOptions options = new NetworkOptions(ANY, Optional.empty(), ways, bootstrap, given);
        ways.clear();
        bootstrap.clear();
        given.clear();
        assertEquals(EnumSet.allOf(Way.class), options.ways());
        assertEquals(List.of(new Contact(ANN, ANY)), options.bootstrap());
        assertEquals(Map.of(ANN, ANY), options.given());
    }

    @Test
    void nothingIsLeftOpen() {
        assertThrows(
                NullPointerException.class,
                () -> new NetworkOptions(null, Optional.empty(), Set.of(), List.of(), Map.of()));
        assertThrows(NullPointerException.class, () -> new NetworkOptions(ANY, null, Set.of(), List.of(), Map.of()));
    }
}
