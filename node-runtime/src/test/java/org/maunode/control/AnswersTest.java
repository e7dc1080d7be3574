package org.maunode.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.ProvenPlaces.Place;
import org.maunode.discovery.Resolver;
import org.maunode.discovery.Source;
import org.maunode.discovery.Trail;
import org.maunode.exchange.Answer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.Refusal;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.sync.SyncReport;

/** What the answers hold: CS-30 (its keys), CS-31, CS-32, CS-33, CS-34. */
class AnswersTest {
    private static final Instant TIME = Instant.parse("2026-11-23T08:00:00Z");
    private static final SecretIdentity ALICE = SecretIdentity.generate("alice", "", TIME);
    private static final SecretIdentity BOB = SecretIdentity.generate("bob", "", TIME);
    private static final Fingerprint STRANGER = Fingerprint.of("00112233445566778899aabbccddeeff00112233");

    private static JsonObject only(JsonValue array) {
        assertEquals(1, array.asArray().size(), array.toString());
        return array.asArray().get(0).asObject();
    }

    private static void assertInTheSpecification(JsonObject object) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "spec", "control.md"));
        Set<String> missing = new HashSet<>(object.names());
        missing.removeIf(name -> text.contains("`" + name + "`"));
        assertEquals(Set.of(), missing);
    }

    @Test
    void friendsComeByNameAndOthersByFingerprintAndEachAddressOnce() throws IOException {
        PeerTable table = new PeerTable();
        table.friend(BOB.publicIdentity());
        table.friend(ALICE.publicIdentity());
        table.followed(List.of(BOB.fingerprint()));
        table.proven(new Place(new Contact(BOB.fingerprint(), HostAndPort.parse("h:1")), "mdns", TIME));
        table.said(new Contact(BOB.fingerprint(), HostAndPort.parse("h:1")), "given");
        table.said(new Contact(BOB.fingerprint(), HostAndPort.parse("h:2")), "given");
        table.said(new Contact(STRANGER, HostAndPort.parse("[::1]")), "kademlia");
        List<JsonObject> rows = table
                .json(peer -> peer.equals(BOB.fingerprint()) ? Optional.of("waiting") : Optional.empty())
                .values()
                .stream()
                .map(JsonValue::asObject)
                .toList();
        assertEquals(
                List.of("alice null", "bob h:1", "bob h:2", " [::1]:6275"),
                rows.stream()
                        .map(row -> row.getString("name", "?") + " "
                                + (row.get("address").isNull() ? "null" : row.getString("address", "")))
                        .toList());
        JsonObject proven = rows.get(1);
        assertEquals("mdns", proven.getString("how", ""));
        assertEquals(TIME.toString(), proven.getString("proven", ""));
        assertEquals("waiting", proven.getString("phase", ""));
        assertTrue(proven.getBoolean("followed", false) && proven.getBoolean("friend", false));
        assertFalse(rows.get(3).getBoolean("friend", true) || rows.get(3).getBoolean("followed", true));
        assertEquals(Json.NULL, rows.get(2).get("proven"));
        assertInTheSpecification(proven);
    }

    private static Resolver knowing(List<InetSocketAddress> addresses) {
        return new Resolver() {
            @Override
            public String name() {
                return "given";
            }

            @Override
            public void resolve(Fingerprint peer, Consumer<InetSocketAddress> found) {
                addresses.forEach(found);
            }
        };
    }

    private static PeerServer serve(SecretIdentity identity) throws IOException {
        return PeerServer.start(
                identity,
                (_, _) -> new Answer.Refused(Refusal.NOT_FOUND),
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    private static InetSocketAddress address(PeerServer server) {
        return HostAndPort.parse("127.0.0.1:" + server.address().getPort());
    }

    /** What a search of bob's over these servers does. */
    private static void searching(Consumer<PeerFinder> doing, PeerServer... servers) {
        try (PeerDialer dialer = new PeerDialer(BOB, DialerOptions.DEFAULT);
                PeerFinder finder = new PeerFinder(
                        List.of(Source.atOnce(knowing(
                                Stream.of(servers).map(AnswersTest::address).toList()))),
                        dialer,
                        Trail.SILENT)) {
            doing.accept(finder);
        }
    }

    @Test
    void aSearchTellsEveryAddressAndWhatCameOfIt() throws IOException {
        List<JsonObject> progress = new ArrayList<>();
        try (PeerServer liar = serve(BOB);
                PeerServer alice = serve(ALICE)) {
            searching(
                    finder -> {
                        JsonObject found = Inquiry.find(
                                finder,
                                ALICE.fingerprint(),
                                step -> progress.add(Json.parse(step.toString()).asObject()));
                        assertEquals(HostAndPort.format(address(alice)), found.getString("address", ""));
                        assertTrue(found.getBoolean("proved", false) && found.getInt("millis", -1) >= 0);
                        assertEquals(Json.NULL, found.get("error"));
                        JsonObject first =
                                found.get("addresses").asArray().get(0).asObject();
                        assertFalse(first.getBoolean("proved", true));
                        assertTrue(first.getString("error", "").contains(" answers at "), first.toString());
                        assertTrue(found.get("addresses")
                                .asArray()
                                .get(1)
                                .asObject()
                                .getBoolean("proved", false));
                        check(found);
                    },
                    liar,
                    alice);
        }
        assertEquals(4, progress.size(), "two found, one failed, one proved");
        assertTrue(progress.getLast().getBoolean("proved", false));
    }

    private static void check(JsonObject answer) {
        try {
            assertInTheSpecification(answer);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void aPingTellsWhereAndHowFastOrWhyNot() throws IOException {
        try (PeerServer alice = serve(ALICE)) {
            searching(
                    finder -> {
                        JsonObject reached = Inquiry.ping(finder, ALICE.fingerprint());
                        assertTrue(reached.getBoolean("proved", false));
                        assertEquals("given", reached.getString("how", ""));
                        JsonObject wrong = Inquiry.ping(finder, STRANGER);
                        assertFalse(wrong.getBoolean("proved", true));
                        assertEquals(Json.NULL, wrong.get("address"));
                        assertTrue(wrong.getString("error", "").startsWith(HostAndPort.format(address(alice)) + ": "));
                        assertEquals(reached.names(), wrong.names());
                        check(reached);
                    },
                    alice);
        }
    }

    @Test
    void aRunIsToldByItsReportOrByWhyThereIsNone() throws IOException {
        SyncReport report = new SyncReport(
                STRANGER,
                STRANGER,
                1,
                2,
                3,
                4,
                5,
                6,
                List.of(new SyncReport.Note("a.pgp", "broken")),
                Optional.of(new ExchangeException(ExchangeException.Reason.BUSY, "later")));
        JsonObject reached = SyncAnswer.of(report);
        assertEquals(
                "{\"fingerprint\":\"" + STRANGER + "\",\"reached\":true,\"complete\":false,\"error\":\"later\","
                        + "\"fetched\":1,\"bytes\":2,\"alreadyHere\":3,\"older\":4,\"refused\":5,\"postponed\":6,"
                        + "\"notes\":[{\"file\":\"a.pgp\",\"why\":\"broken\"}]}",
                reached.toString());
        assertInTheSpecification(reached);
        assertInTheSpecification(only(reached.get("notes")));
        assertEquals(
                "{\"fingerprint\":\"" + STRANGER + "\",\"reached\":false,\"complete\":false,\"error\":\"gone\"}",
                SyncAnswer.unreached(STRANGER, "gone").toString());
    }
}
