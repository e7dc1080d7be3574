package org.maunode.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Envelope;
import org.maunode.store.StoredFile;

final class ListingJsonTest {
    private static final String SUM = "ab".repeat(32);
    private static final String GOOD = "{\"path\":\"/p2p/x/a.pgp\",\"size\":5,\"sum\":\"" + SUM + "\"}";
    private static final ListedFile A = new ListedFile(new FileName("a.pgp"), 5, VersionHash.of(SUM), Optional.empty());

    private static ListingJson.Parsed parse(String json) throws IOException {
        return ListingJson.parse(new StringReader(json));
    }

    private static Reason reason(String json) {
        return assertThrows(ExchangeException.class, () -> parse(json)).reason();
    }

    private static void assertFlawed(String entry) throws IOException {
        ListingJson.Parsed parsed = parse("[" + entry + "," + GOOD + "]");
        assertEquals(List.of(A), parsed.files(), entry);
        assertEquals(1, parsed.flaws().size(), entry);
        assertTrue(
                parsed.flaws().getFirst().startsWith("entry 1: "),
                parsed.flaws().getFirst());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Instant modified = Instant.parse("2026-11-23T10:00:00.123456789Z");
        Fingerprint owner = Fingerprint.of("0123456789".repeat(4));
        FileName name = new FileName("quo\"te ü %41.json.pgp");
        StoredFile file = new StoredFile(
                owner, name, Path.of("x"), 1L << 40, modified, VersionHash.of(SUM), new Envelope(false, List.of()));
        String element = ListingJson.element(file);
        assertTrue(
                element.startsWith("{\"path\":\"/p2p/" + owner + "/quo\\\"te ü %41.json.pgp\",\"size\":1099511627776,"),
                element);
        assertEquals(
                List.of(new ListedFile(name, 1L << 40, VersionHash.of(SUM), Optional.of(modified))),
                parse("[" + element + "]").files());
    }

    @Test
    void theFormsOfOtherPeersAreRead() throws IOException {
        assertEquals(List.of(A), parse("[" + GOOD + "]").files());
        assertEquals(List.of(A), parse("[" + GOOD.replace("/p2p/x/", "") + "]").files());
        assertEquals(
                List.of(A),
                parse("{\"more\":[1],\"files\":[" + GOOD + "],\"x\":{\"files\":3}}")
                        .files());
        assertEquals(List.of(A, A), parse("\n[" + GOOD + " , " + GOOD + "]\n").files());
        for (String empty : List.of("[]", "null", "{\"files\":[]}", "{\"files\":null}")) {
            assertEquals(new ListingJson.Parsed(List.of(), List.of()), parse(empty), empty);
        }
    }

    @Test
    void membersNobodyAskedForArePassedOver() throws IOException {
        String more = GOOD.replace("}", ",\"x\":{\"size\":-1,\"path\":[{\"sum\":1}]},\"y\":[[],{}],\"modified\":12}");
        assertEquals(new ListingJson.Parsed(List.of(A), List.of()), parse("[" + more + "]"));
    }

    @Test
    void whatIsNoListIsRefused() {
        for (String json : List.of(
                "",
                "[",
                "[" + GOOD,
                "[" + GOOD + "]x",
                "{}",
                "5",
                "\"\"",
                "true",
                "{\"files\":5}",
                "[]]",
                "{\"files\":[],\"files\":[]}")) {
            assertEquals(Reason.PROTOCOL, reason(json), json);
        }
        assertEquals(Reason.PROTOCOL, reason("[".repeat(5000)));
    }

    @Test
    void entriesThatAreNotWellFormedAreLeftOutAndCounted() throws IOException {
        for (String size :
                List.of("-1", "1.5", "5.0", "1e3", "1e400", "\"5\"", "null", "true", "[5]", "9".repeat(19))) {
            assertFlawed(GOOD.replace("5", size));
        }
        for (String path : List.of("a.txt", "a.pgp/", ".pgp", "a\\\\b.pgp", "a\\u0000.pgp", "../..", "\\ud800.pgp")) {
            assertFlawed(GOOD.replace("/p2p/x/a.pgp", path));
        }
        assertFlawed(GOOD.replace(SUM, SUM.substring(2)));
        assertFlawed(GOOD.replace("sum", "hash"));
        for (String entry : List.of("{}", "5", "null", "\"a.pgp\"", "[" + GOOD + "]", "true", "[]")) {
            assertFlawed(entry);
        }
    }

    @Test
    void aMemberTwiceIsAFlaw() throws IOException {
        assertFlawed(GOOD.replace("}", ",\"size\":6}"));
        assertFlawed(GOOD.replace("}", ",\"x\":6,\"x\":7}"));
    }

    @Test
    void theLargestSizeIsTakenAndOneDigitMoreIsNot() throws IOException {
        assertEquals(
                999_999_999_999_999_999L,
                parse("[" + GOOD.replace("5", "9".repeat(18)) + "]")
                        .files()
                        .getFirst()
                        .size());
    }

    @Test
    void asManyEntriesAsTheLimitAreTakenAndOneMoreIsNot() throws IOException {
        String most = (GOOD + ",").repeat(ListingJson.MAX_ENTRIES - 1) + GOOD;
        assertEquals(ListingJson.MAX_ENTRIES, parse("[" + most + "]").files().size());
        assertEquals(Reason.OVER_LIMIT, reason("[" + most + "," + GOOD + "]"));
    }

    @Test
    void manyFlawsAreSummedUp() throws IOException {
        List<String> flaws =
                parse("[" + "{},".repeat(ListingJson.MAX_FLAWS + 6) + "{}]").flaws();
        assertEquals(ListingJson.MAX_FLAWS + 1, flaws.size());
        assertEquals("7 more entries are not well formed", flaws.getLast());
    }
}
