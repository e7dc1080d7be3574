package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.kademlia.Link.Charge;

/** KD-6, KD-53. */
class LinkTest {
    private static final Place IPV4 = place("9.9.9.9");
    private static final Place IPV6 = place("2620:fe::fe");
    private static final Place NAME = place("peer.example.org");

    private final SplittableRandom random = new SplittableRandom(2);
    private final Link link = new Link();
    private final Id id = Ids.random(random);

    private static Place place(String host) {
        return Place.of(InetSocketAddress.createUnresolved(host, 6275));
    }

    private List<Id> counted(Place answering, long now) {
        return link.answered(answering, now).stream().map(Link.Pending::id).toList();
    }

    @Test
    void aFailureCountsOnceWhenSomebodyAnswersWithinHalfAMinute() {
        link.charge(id, Charge.SILENT, IPV4, 0);
        assertEquals(List.of(id), counted(IPV4, Link.WINDOW));
        assertEquals(List.of(), counted(IPV4, Link.WINDOW));
    }

    @Test
    void aFailureIsForgottenAfterHalfAMinuteOfSilence() {
        link.charge(id, Charge.SILENT, IPV4, 0);
        assertEquals(List.of(), counted(IPV4, Link.WINDOW + 1));
    }

    @Test
    void silenceOfAnyKindOfAddressCountsButLiesOnlyOfKindsThatWork() {
        link.charge(id, Charge.SILENT, IPV6, 0);
        assertEquals(List.of(id), counted(IPV4, 1));
        link.charge(id, Charge.LIED, IPV6, 2);
        assertEquals(List.of(), counted(IPV4, 3));
        link.charge(id, Charge.LIED, NAME, 4);
        assertEquals(List.of(), counted(IPV4, 5));
        assertEquals(List.of(), counted(IPV6, 6));
        link.charge(id, Charge.LIED, IPV6, 7);
        assertEquals(List.of(id), counted(IPV4, 8));
    }

    @Test
    void sixtyFourChargesWaitAndThenTheEldestIsForgotten() {
        link.charge(id, Charge.SILENT, IPV4, 0);
        for (int i = 1; i < Link.MAX_PENDING; i++) {
            link.charge(Ids.random(random), Charge.SILENT, IPV4, 0);
        }
        Id last = Ids.random(random);
        link.charge(last, Charge.SILENT, IPV4, 0);
        List<Id> counted = counted(IPV4, 1);
        assertEquals(Link.MAX_PENDING, counted.size());
        assertEquals(List.of(false, true), List.of(counted.contains(id), counted.contains(last)));
    }
}
