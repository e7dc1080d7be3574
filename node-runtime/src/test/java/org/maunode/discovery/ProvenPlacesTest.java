package org.maunode.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.ProvenPlaces.Place;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.store.ProcessLock;

class ProvenPlacesTest {
    private static final Fingerprint PEER = peer(0);
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    @TempDir
    private Path directory;

    private Instant now = START;

    private static Fingerprint peer(int number) {
        return Fingerprint.of(String.format("%040x", number));
    }

    private Path file() {
        return directory.resolve("places.json");
    }

    private ProvenPlaces places() {
        return new ProvenPlaces(file(), () -> now);
    }

    private static Candidate at(String address, String how) {
        return new Candidate(HostAndPort.parse(address), how);
    }

    private static Place place(Fingerprint peer, String address, String how, Instant when) {
        return new Place(new Contact(peer, HostAndPort.parse(address)), how, when);
    }

    private static void proved(ProvenPlaces places, String address, String how) {
        places.proved(PEER, at(address, how), Duration.ZERO);
    }

    /** Whether doing so writes the file. */
    private boolean isWrittenBy(Runnable doing) throws IOException {
        Files.setLastModifiedTime(file(), LONG_AGO);
        doing.run();
        return !Files.getLastModifiedTime(file()).equals(LONG_AGO);
    }

    @Test
    void whereAPeerProvedItselfIsKnownAlsoAfterARestart() {
        proved(places(), "192.168.1.7:7000", "mdns");
        assertEquals(List.of(HostAndPort.parse("192.168.1.7:7000")), places().addressesOf(PEER));
        assertEquals(List.of(place(PEER, "192.168.1.7:7000", "mdns", START)), places().places());
        assertEquals(List.of(), places().addressesOf(peer(1)));
    }

    @Test
    void theNewestPlaceTakesTheOlderOnesPlace() {
        ProvenPlaces places = places();
        proved(places, "192.168.1.7", "mdns");
        proved(places, "peer.example:1", "given");
        assertEquals(List.of(HostAndPort.parse("peer.example:1")), places.addressesOf(PEER));
        assertEquals(List.of(HostAndPort.parse("peer.example:1")), places().addressesOf(PEER));
    }

    /** CA-12. */
    @Test
    void whereItWasReachedByRadioIsNoPlaceAndLeavesTheOneThatWasKnown() {
        ProvenPlaces places = places();
        proved(places, "00-aa-01-00-00-23.ble", "ble");
        assertEquals(List.of(), places.places());
        assertFalse(Files.exists(file()));
        proved(places, "192.168.1.7", "mdns");
        proved(places, "00-AA-01-00-00-23.BLE", "given");
        assertEquals(List.of(HostAndPort.parse("192.168.1.7")), places.addressesOf(PEER));
    }

    @Test
    void aResolvedAddressIsRememberedAsItWasGiven() {
        places().proved(PEER, new Candidate(new InetSocketAddress("127.0.0.1", 1), "given"), Duration.ZERO);
        assertEquals(List.of(HostAndPort.parse("127.0.0.1:1")), places().addressesOf(PEER));
    }

    @Test
    void whatLedThereFirstIsStillHowItWasFound() {
        ProvenPlaces places = places();
        proved(places, "192.168.1.7", "mdns");
        now = START.plusSeconds(60);
        proved(places, "192.168.1.7", ProvenPlaces.NAME);
        assertEquals(List.of(place(PEER, "192.168.1.7", "mdns", now)), places.places());
    }

    @Test
    void theFileIsWrittenOnceADayUnlessSomethingIsNew() throws IOException {
        ProvenPlaces places = places();
        proved(places, "192.168.1.7", "mdns");
        now = START.plus(ProvenPlaces.REST).minusSeconds(1);
        assertFalse(isWrittenBy(() -> proved(places, "192.168.1.7", ProvenPlaces.NAME)));
        assertEquals(now, places.places().getFirst().when(), "this process knows better");
        assertEquals(START, places().places().getFirst().when());
        now = START.plus(ProvenPlaces.REST);
        assertTrue(isWrittenBy(() -> proved(places, "192.168.1.7", ProvenPlaces.NAME)));
        assertTrue(isWrittenBy(() -> proved(places, "192.168.1.8", "mdns")));
        assertFalse(isWrittenBy(() -> proved(places, "192.168.1.8", "kademlia")), "the place is the same");
    }

    @Test
    void aClockThatWasSetBackIsNoReasonToForgetOrToWriteEachTime() throws IOException {
        ProvenPlaces places = places();
        proved(places, "192.168.1.7", "mdns");
        now = START.minus(Duration.ofDays(3650));
        assertTrue(isWrittenBy(() -> proved(places, "192.168.1.7", ProvenPlaces.NAME)));
        assertFalse(isWrittenBy(() -> proved(places, "192.168.1.7", ProvenPlaces.NAME)));
        assertEquals(List.of(HostAndPort.parse("192.168.1.7")), places().addressesOf(PEER));
    }

    @Test
    void whatAnotherProcessWroteIsKept() {
        ProvenPlaces node = places();
        ProvenPlaces tool = places();
        node.proved(peer(1), at("a.example:1", "given"), Duration.ZERO);
        tool.proved(peer(2), at("b.example:2", "mdns"), Duration.ZERO);
        node.proved(peer(3), at("c.example:3", "mdns"), Duration.ZERO);
        assertEquals(3, places().places().size());
        assertEquals(3, node.places().size());
        now = START.plusSeconds(1);
        tool.proved(peer(1), at("d.example:4", "mdns"), Duration.ZERO);
        assertEquals(List.of(HostAndPort.parse("d.example:4")), node.addressesOf(peer(1)), "it was there later");
    }

    @Test
    void whileAnotherProcessWritesThisOneRemembersWithoutADisk() throws Exception {
        ProvenPlaces places = places();
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING);
                ProcessLock _ =
                        ProcessLock.tryHold(directory.resolve("places.lock")).orElseThrow()) {
            proved(places, "192.168.1.7", "mdns");
            assertTrue(Events.words(events.take()).endsWith("is not written this time: another process writes it"));
        }
        assertFalse(Files.exists(file()));
        assertEquals(List.of(HostAndPort.parse("192.168.1.7")), places.addressesOf(PEER));
        assertTrue(Files.notExists(file()));
        proved(places, "192.168.1.7", ProvenPlaces.NAME);
        assertEquals(List.of(place(PEER, "192.168.1.7", "mdns", START)), places().places());
    }

    @Test
    void aThousandPeersAreRememberedAndThenTheLongestUntoldIsForgotten() {
        StringBuilder full = new StringBuilder("[");
        for (int i = 1; i <= ProvenPlaces.MAX_PEERS; i++) {
            full.append(i == 1 ? "" : ",").append(entry(peer(i), "h:1", "mdns", START.toString()));
        }
        write(full + "]");
        ProvenPlaces places = places();
        assertEquals(ProvenPlaces.MAX_PEERS, places.places().size());
        places.proved(peer(1), at("h:2", "mdns"), Duration.ZERO);
        places.proved(PEER, at("h:3", "mdns"), Duration.ZERO);
        List<Place> after = places().places();
        assertEquals(ProvenPlaces.MAX_PEERS, after.size());
        assertEquals(peer(3), after.getFirst().contact().fingerprint(), "the second was the longest untold");
        assertEquals(List.of(), places().addressesOf(peer(2)));
        assertEquals(List.of(HostAndPort.parse("h:2")), places().addressesOf(peer(1)));
    }

    private static String entry(Fingerprint peer, String address, String how, String when) {
        return "{\"peer\":\"" + peer + "\",\"address\":\"" + address + "\",\"how\":\"" + how + "\",\"when\":\"" + when
                + "\"}";
    }

    private void write(String text) {
        try {
            Files.writeString(file(), text);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "7", "[{\"peer\":\"", "\u0000\u0000\u0000"})
    void aFileThatSomebodySpoiltIsToldAndStandsInNobodysWay(String spoilt) throws Exception {
        write(spoilt);
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING)) {
            assertEquals(List.of(), places().addressesOf(PEER));
            assertTrue(Events.words(events.take()).contains("is unreadable and passed over"));
            proved(places(), "192.168.1.7", "mdns");
        }
        assertEquals(List.of(HostAndPort.parse("192.168.1.7")), places().addressesOf(PEER));
    }

    @Test
    void aFileOverTheLimitIsNotRead() throws Exception {
        String one = "[" + entry(PEER, "h:1", "mdns", START.toString());
        write(one + " ".repeat((1 << 20) - one.length() - 1) + "]");
        assertEquals(1, places().places().size());
        write(one + " ".repeat((1 << 20) - one.length()) + "]");
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING)) {
            assertEquals(List.of(), places().places());
            assertTrue(Events.words(events.take()).endsWith("is larger than 1048576 bytes"));
        }
    }

    @Test
    void anEntryThatSomebodySpoiltIsPassedOverAndTheOthersStay() throws Exception {
        String good = entry(PEER, "h:1", "mdns", START.toString());
        write("[7,null,{}," + good + "," + entry(peer(1), "h:0", "mdns", START.toString()) + ","
                + entry(peer(2), "h:1", "\\u001b[2J", START.toString()) + ","
                + entry(peer(3), "h:1", "mdns", "yesterday")
                + ",{\"peer\":7}]");
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING)) {
            assertEquals(List.of(place(PEER, "h:1", "mdns", START)), places().places());
            assertEquals(7, events.rest().size(), events.rest().toString());
        }
    }

    @Test
    void aDiskThatFailsIsToldAndThePlaceIsKnownAllTheSame() throws Exception {
        ProvenPlaces places = new ProvenPlaces(directory.resolve("missing").resolve("places.json"), () -> now);
        try (Events events = Events.of("org.maunode.discovery", Level.WARNING)) {
            proved(places, "192.168.1.7", "mdns");
            assertTrue(Events.words(events.take()).contains("is not written this time"));
        }
        assertEquals(List.of(HostAndPort.parse("192.168.1.7")), places.addressesOf(PEER));
    }
}
