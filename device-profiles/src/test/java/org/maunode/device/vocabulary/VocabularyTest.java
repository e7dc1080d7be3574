package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.Unit;
import org.maunode.device.sampling.Observed;

/** Every word that a document uses is a word that somebody defined: schema.org, or our own vocabulary. */
final class VocabularyTest {
    private static final Pattern OURS = Pattern.compile("mau:[A-Za-z0-9][A-Za-z0-9-]*");

    private final JsonArray graph = vocabulary().get("@graph").asArray();
    private final Set<String> defined = ids();

    private static JsonObject vocabulary() {
        try (Reader in = new InputStreamReader(
                VocabularyTest.class.getResourceAsStream("mau-device.jsonld"), StandardCharsets.UTF_8)) {
            return Json.parse(in).asObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        graph.forEach(node -> assertTrue(ids.add(node.asObject().getString("@id", "")), "defined twice: " + node));
        return ids;
    }

    private static List<String> documents() {
        List<Observed> readings = new ArrayList<>();
        for (var channel : Scene.SENSORS) {
            Observed.Measured measured = Scene.measured(channel.name().value(), "1");
            readings.addAll(List.of(
                    measured, Scene.lost(measured), Scene.missing(channel.name().value())));
        }
        List<String> documents =
                new ArrayList<>(readings.stream().map(Scene::reading).toList());
        documents.add(Scene.node(Scene.pi(), Scene.SENSORS));
        documents.addAll(Orders.documents());
        documents.addAll(Hours.documents());
        return documents;
    }

    private void assertDefined(String text, String where) {
        OURS.matcher(text)
                .results()
                .map(match -> match.group().replaceFirst("-input$", ""))
                .forEach(term -> assertTrue(defined.contains(term), term + " in " + where + " is not defined"));
    }

    @Test
    void definesEveryTermOfTheDocumentsWeWrite() {
        documents().forEach(document -> assertDefined(document, "a document"));
    }

    @Test
    void definesEveryTermOfTheWorkedExamples() throws IOException {
        assertEquals(6, Documents.examples().size());
        for (Path example : Documents.examples()) {
            assertDefined(Files.readString(example), example.toString());
        }
    }

    @Test
    void definesEveryTermOfTheSources() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                assertDefined(Files.readString(source), source.toString());
            }
        }
        for (Term term : Term.values()) {
            assertTrue(defined.contains(term.key()), term.key());
        }
    }

    @Test
    void definesNothingThatNobodyWrites() {
        Set<String> written = new HashSet<>(Set.of("https://w3id.org/mau-device/v1#", "mau:ResultCode"));
        Arrays.stream(Term.values()).map(Term::key).forEach(written::add);
        Arrays.stream(Quantity.values()).map(Term::of).forEach(written::add);
        Arrays.stream(ResultCode.values()).map(Term::of).forEach(written::add);
        assertEquals(written, defined);
    }

    @Test
    void saysOfEachPropertyWhatHasItAndWhatItIs() {
        for (Term term : Term.values()) {
            JsonObject node = find(term.key());
            if (node.get("@type").toString().equals("\"rdf:Property\"")) {
                assertTrue(node.get("schema:domainIncludes") != null, node::toString);
                assertTrue(node.get("schema:rangeIncludes") != null, node::toString);
            }
        }
    }

    @Test
    void givesEachQuantityTheUnitThatReadingsCarry() {
        for (Quantity quantity : Quantity.values()) {
            JsonObject node = find(Term.of(quantity));
            assertEquals(
                    quantity.unit().map(Unit::code).orElse(""), node.getString("schema:unitCode", ""), node::toString);
        }
    }

    private JsonObject find(String id) {
        return graph.values().stream()
                .map(JsonValue::asObject)
                .filter(node -> node.getString("@id", "").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not defined"));
    }

    @Test
    void explainsEachTermAndHangsEachClassBelowSchemaOrg() {
        for (JsonValue value : graph) {
            JsonObject node = value.asObject();
            assertFalse(node.getString("rdfs:label", "").isEmpty(), node::toString);
            assertTrue(node.getString("rdfs:comment", "").endsWith("."), node::toString);
            if (node.get("@type").toString().equals("\"rdfs:Class\"")) {
                assertTrue(node.get("rdfs:subClassOf").toString().contains("schema:"), node::toString);
            }
        }
    }

    @Test
    void pointsAtNothingOfItsOwnThatItDoesNotDefine() {
        assertDefined(graph.toString(), "the vocabulary");
    }

    @Test
    void mapsToSosaIpsoAndTheWebOfThings() {
        assertTrue(find("mau:channel").toString().contains("sosa:madeBySensor"));
        assertTrue(find("mau:airTemperature").toString().contains("urn:oma:lwm2m:ext:3303"));
        assertTrue(find("mau:relativeHumidity").toString().contains("urn:oma:lwm2m:ext:3304"));
        assertTrue(find("mau:illuminance").toString().contains("urn:oma:lwm2m:ext:3301"));
        assertTrue(find("mau:motion").toString().contains("urn:oma:lwm2m:ext:3302"));
        assertTrue(find("mau:airPressure").toString().contains("urn:oma:lwm2m:ext:3315"));
        assertTrue(find("mau:onOff").toString().contains("urn:oma:lwm2m:ext:3312"));
        assertTrue(find("mau:Node").toString().contains("td:Thing"));
        assertTrue(find("mau:Batch").toString().contains("sosa:ObservationCollection"));
    }

    @Test
    void schemaOrgKnowsEveryOtherWordOfOurDocuments() {
        for (String document : documents()) {
            assertEquals(List.of(), SchemaOrg.problemsOf(Json.parse(document).asObject()), document);
        }
    }

    @Test
    void schemaOrgKnowsEveryOtherWordOfTheExamples() {
        Documents.examples().forEach(file -> assertEquals(List.of(), SchemaOrg.problemsOf(Documents.read(file))));
    }

    @Test
    void theCheckAgainstSchemaOrgFindsMistakes() {
        JsonObject wrong = Json.parse(
                        "{\"@type\": [\"Observation\", \"mau:Reading\"], \"urlTemplate\": \"x\","
                                + " \"temperature\": 1, \"marginOfError\": {\"@type\": \"Person\"}, \"value\": {\"@type\": \"Thermo\"}}")
                .asObject();
        assertEquals(
                Set.of(
                        "/urlTemplate: does not belong to [Intangible, Observation, QuantitativeValue, StructuredValue, Thing]",
                        "/temperature: unknown property",
                        "/marginOfError: may not be [Person, Thing]",
                        "/value: unknown type Thermo"),
                Set.copyOf(SchemaOrg.problemsOf(wrong)));
    }

    /** Kept in target/documents for the full check against all of schema.org, which is run by hand. */
    @Test
    void documentsCanBeCheckedByOtherTools() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/documents"));
        List<String> documents = documents();
        for (int i = 0; i < documents.size(); i++) {
            Path file = folder.resolve(i + ".jsonld");
            Files.writeString(file, documents.get(i));
            assertEquals(documents.get(i), Files.readString(file));
        }
    }
}
