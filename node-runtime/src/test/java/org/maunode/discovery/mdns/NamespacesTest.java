package org.maunode.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two machines with real sockets, kernels' own multicast, and a cable that can be pulled. */
class NamespacesTest {
    private static final String ALICE = Lan.ALICE.toString();
    private static final String BOB = Lan.BOB.toString();

    private TwoNetworks networks;

    @BeforeEach
    void connect() {
        networks = TwoNetworks.connected();
    }

    @AfterEach
    void tearDown() {
        networks.close();
    }

    private Program alice() throws IOException, InterruptedException {
        Program alice = networks.inWest(TwoNetworks.java(Neighbour.class, "6275", ALICE));
        alice.awaitLine("ready"::equals);
        return alice;
    }

    private Program bob() throws IOException, InterruptedException {
        Program bob = networks.inEast(TwoNetworks.java(Neighbour.class, "6276", BOB));
        bob.awaitLine("ready"::equals);
        return bob;
    }

    private static boolean isAlice(String line) {
        return line.equals("seen " + ALICE + "@" + TwoNetworks.WEST_ADDRESS + ":6275");
    }

    private static boolean isBob(String line) {
        return line.equals("seen " + BOB + "@" + TwoNetworks.EAST_ADDRESS + ":6276");
    }

    @Test
    void findEachOtherAndAgainAfterTheCableWasPulledOnOneSide() throws Exception {
        Program alice = alice();
        Program bob = bob();
        alice.awaitLine(NamespacesTest::isBob, Duration.ofSeconds(5));
        bob.awaitLine(NamespacesTest::isAlice, Duration.ofSeconds(5));
        networks.west("link", "set", TwoNetworks.CABLE, "down");
        alice.say("find " + BOB);
        while (alice.awaitLine(Neighbour::isFinding).startsWith("found ")) {
            // MD-61: it hears of the cable in a moment.
            alice.awaitLine(line -> line.startsWith("end "));
            alice.say("find " + BOB);
        }
        networks.west("link", "set", TwoNetworks.CABLE, "up");
        alice.awaitLine(NamespacesTest::isBob, Duration.ofSeconds(10));
        bob.awaitLine(NamespacesTest::isAlice, Duration.ofSeconds(10));
    }

    @Test
    void anotherAddressIsNoticedAndAnnounced() throws Exception {
        Program alice = alice();
        Program bob = bob();
        bob.awaitLine(NamespacesTest::isAlice);
        alice.awaitLine(NamespacesTest::isBob);
        networks.west("address", "delete", TwoNetworks.WEST_ADDRESS + "/24", "dev", TwoNetworks.CABLE);
        networks.west("address", "add", "10.77.0.99/24", "dev", TwoNetworks.CABLE);
        bob.awaitLine(line -> line.equals("seen " + ALICE + "@10.77.0.99:6275"), Duration.ofSeconds(10));
        bob.say("find " + ALICE);
        bob.awaitLine(line -> line.equals("found " + ALICE + " 10.77.0.99:6275"));
    }

    @Test
    void findsEachOtherByIpv6AloneOnceItsAddressIsProvedUnique() throws Exception {
        networks.west("address", "delete", TwoNetworks.WEST_ADDRESS + "/24", "dev", TwoNetworks.CABLE);
        alice();
        Program bob = bob();
        String seen = bob.awaitLine(line -> line.startsWith("seen " + ALICE));
        assertTrue(seen.contains("@[fe80:") && seen.contains("%") && seen.endsWith("]:6275"), seen);
    }

    @Test
    void whoSaidGoodbyeIsFoundNoMore() throws Exception {
        Program alice = alice();
        Program bob = bob();
        bob.awaitLine(NamespacesTest::isAlice);
        alice.endInput();
        alice.awaitLine("ended"::equals);
        bob.say("find " + ALICE);
        assertEquals("end " + ALICE, bob.awaitLine(Neighbour::isFinding), "MD-23");
    }

    /** The bytes as an old asker gets them, and the Go peer is one: MD-3, MD-28. */
    @Test
    void answersAnOldAskerInTheOrderThatTheGoPeerSurvives() throws Exception {
        networks.west("link", "set", TwoNetworks.CABLE, "addrgenmode", "none");
        networks.west("link", "set", TwoNetworks.CABLE, "down");
        networks.west("link", "set", TwoNetworks.CABLE, "up");
        alice();
        Program bob = bob();
        bob.awaitLine(NamespacesTest::isAlice);
        Program asker = networks.inEast(TwoNetworks.java(OldAsker.class, TwoNetworks.CABLE));
        String answer = asker.awaitLine(line -> line.startsWith(TwoNetworks.WEST_ADDRESS));
        String instance = "28" + "61".repeat(40);
        String host = "106d61752d616161616161616161616161";
        String expected = "12348400" + "0001" + "0004" + "00000000"
                + "045f6d6175045f746370056c6f63616c00" + "000c0001"
                + "c00c" + "000c0001" + "0000000a" + "002b" + instance + "c00c"
                + "c02d" + "00210001" + "0000000a" + "001e" + "00000000" + "1883" + host + "056c6f63616c00"
                + "c02d" + "00100001" + "0000000a" + "0001" + "00"
                + host + "c016" + "00010001" + "0000000a" + "0004" + "0a4d0001";
        assertEquals(TwoNetworks.WEST_ADDRESS + ":5353 " + expected, answer);
    }
}
