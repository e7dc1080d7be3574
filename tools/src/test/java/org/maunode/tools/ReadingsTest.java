package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.tools.Measuring.HOUR;
import static org.maunode.tools.Measuring.celsius;
import static org.maunode.tools.Measuring.fault;
import static org.maunode.tools.Measuring.stale;
import static org.maunode.tools.Measuring.turned;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.runtime.ExitCode;

/** What a channel measured, from all its files, each reading once. */
class ReadingsTest {
    private static final String CPU = "cpu-temperature";
    private static final Instant NEXT = HOUR.plus(Duration.ofHours(1));

    @TempDir
    Path directory;

    private Cli node;
    private Measuring measuring;

    @BeforeEach
    void begin() {
        node = Cli.with(directory, "greenhouse");
        measuring = new Measuring(node, "--private");
    }

    private Result readings(String... words) {
        return node.mau(Stream.concat(Stream.of("readings", "greenhouse"), Stream.of(words))
                .toArray(String[]::new));
    }

    private List<Long> sequences(String... words) {
        return readings(Stream.concat(Stream.of(CPU, "--json"), Stream.of(words))
                        .toArray(String[]::new))
                .ok()
                .json()
                .asObject()
                .get("readings")
                .asArray()
                .values()
                .stream()
                .map(reading -> reading.asObject().getLong("sequence", 0))
                .toList();
    }

    @Test
    void aTableShowsValuesGapsAndFaults() {
        measuring.batch(CPU, HOUR, celsius(1, "21.4"), fault(2), stale(5, "21.4"));
        Result table = readings(CPU).ok();
        assertEquals(
                """
                2020-03-01 08:00:01  21.4 °C         ok                1
                2020-03-01 08:00:02  -               fault             2
                ...  2 readings missing
                2020-03-01 08:00:05  21.4 °C         stale             5
                """,
                table.out());
        assertEquals(
                List.of("mau: 3 readings: least 21.4 °C, most 21.4 °C, mean 21.4 °C; 1 fault, 1 stale, 2 missing"),
                table.errors());
    }

    @Test
    void valuesSeparatedByCommasAreForSpreadsheets() {
        measuring.batch(CPU, HOUR, celsius(1, "21.4"), fault(2), celsius(5, "21"));
        assertEquals(
                "time,value,unit,quality,sequence,missing\r\n"
                        + "2020-03-01T08:00:01Z,21.4,°C,ok,1,0\r\n"
                        + "2020-03-01T08:00:02Z,,°C,fault,2,0\r\n"
                        + "2020-03-01T08:00:05Z,21,°C,ok,5,2\r\n",
                readings(CPU, "--csv").ok().out());
        assertEquals(
                readings(CPU, "--csv").out(), readings(CPU, "--format", "csv").out());
    }

    @Test
    void oneDocumentHasReadingsAndStatistics() {
        measuring.batch(CPU, HOUR, celsius(1, "21.4"), fault(2), celsius(4, "-3"));
        JsonObject document = readings(CPU, "--json").ok().json().asObject();
        assertEquals(List.of("node", "channel", "title", "unit", "readings", "statistics"), document.names());
        assertEquals(node.fingerprint().toString(), document.getString("node", ""));
        assertEquals("°C", document.getString("unit", ""));
        List<JsonValue> readings = document.get("readings").asArray().values();
        assertEquals(
                "{\"time\":\"2020-03-01T08:00:01Z\",\"value\":21.4,\"quality\":\"ok\",\"sequence\":1,\"missing\":0}",
                readings.getFirst().toString());
        assertTrue(readings.get(1).asObject().get("value").isNull());
        JsonObject statistics = document.get("statistics").asObject();
        assertEquals(3, statistics.getInt("readings", 0));
        assertEquals("-3", statistics.get("least").toString());
        assertEquals("9.2", statistics.get("mean").toString());
        assertEquals(1, statistics.getInt("missing", 0));
        assertTrue(statistics.get("on").isNull());
        assertEquals(document, readings(CPU, "--format", "json").json().asObject());
    }

    @Test
    void switchesAreOnOrOff() {
        measuring.batch("door", HOUR, turned(1, true), turned(2, false));
        Result table = readings("door").ok();
        assertTrue(table.out().startsWith("2020-03-01 08:00:01  on              ok"), table.out());
        assertEquals(List.of("mau: 2 readings: on in 1, off in 1"), table.errors());
        assertTrue(readings("door", "--json").ok().out().contains("\"value\":true"));
        assertTrue(readings("door", "--csv").ok().out().contains("Z,true,,ok,1,0\r\n"));
    }

    @Test
    void batchesVersionsAndTheLatestAreOneLineOfReadings() {
        measuring
                .latest(CPU, celsius(1, "20"))
                .latest(CPU, celsius(3601, "21"))
                .latest(CPU, celsius(3603, "22"))
                .batch(CPU, HOUR, celsius(1, "20"), celsius(2, "20.5"))
                .batch(CPU, NEXT, celsius(3601, "21"), celsius(3602, "21.5"));
        assertEquals(List.of(1L, 2L, 3601L, 3602L, 3603L), sequences());
    }

    @Test
    void versionsAloneAreAHistoryWithGaps() {
        measuring.latest(CPU, celsius(1, "20")).latest(CPU, celsius(2, "21")).latest(CPU, celsius(9, "22"));
        assertEquals(List.of(1L, 2L, 9L), sequences());
        assertTrue(readings(CPU).ok().out().contains("...  6 readings missing\n"));
    }

    @Test
    void whatABatchLeavesOutEvenlyIsNotMissing() {
        measuring.batch(CPU, HOUR, celsius(1, "20"), celsius(5, "20"), celsius(9, "20"), celsius(17, "20"));
        Result table = readings(CPU).ok();
        assertEquals(5, table.lines().size(), table.out());
        assertEquals("...  4 readings missing", table.lines().get(3));
        assertTrue(table.err().contains("; 4 missing, 9 thinned out"), table::err);
    }

    @Test
    void aFaultIsAsOldAsItsSignatureAndNotToldTwice() {
        Entry last = celsius(1, "20");
        Instant signed = Cli.MADE.plus(Duration.ofHours(5));
        node.clock = InstantSource.fixed(signed);
        measuring.lost(CPU, last, 2).batch(CPU, HOUR, last);
        assertEquals(List.of(1L, 2L), sequences());
        assertTrue(
                readings(CPU).out().contains("2026-11-01 13:00:00  -               fault"),
                readings(CPU).out());
        measuring.batch(CPU, HOUR, last, fault(2), celsius(3, "20"));
        assertEquals(List.of(1L, 2L, 3L), sequences());
    }

    @ParameterizedTest
    @CsvSource({
        "2020-03-01T08:00:02Z, 2020-03-01T09:00:01Z, '2,3601'",
        "2020-03-01T09:00:00Z, 2020-03-02, '3601,3602'",
        "2h, 1h, '1,2'",
        "1h, 0s, '3601,3602'"
    })
    void aSpanHasBothItsEnds(String since, String until, String expected) {
        measuring
                .batch(CPU, HOUR, celsius(1, "20"), celsius(2, "20.5"))
                .batch(CPU, NEXT, celsius(3601, "21"), celsius(3602, "21.5"));
        node.clock = InstantSource.fixed(NEXT.plus(Duration.ofHours(1)));
        assertEquals(
                Stream.of(expected.split(",")).map(Long::valueOf).toList(),
                sequences("--since", since, "--until", until));
    }

    @Test
    void whatIsFollowedIsReadFromTheCopyThatIsHere() throws IOException {
        Cli bob = Cli.with(directory, "bob");
        node.befriend(bob);
        new Measuring(node, "--with", "bob").batch(CPU, HOUR, celsius(1, "21.4"));
        bob.mau("follow", "greenhouse").ok();
        Path copy = bob.home.resolve(node.fingerprint().toString());
        try (Stream<Path> files = Files.list(node.published(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        assertTrue(bob.mau("readings", "greenhouse", CPU).ok().out().contains("21.4 °C"));
        assertTrue(bob.mau("readings", node.fingerprint().toString(), CPU)
                .ok()
                .out()
                .contains("21.4 °C"));
        measuring.batch(CPU, NEXT, celsius(3601, "20"));
        Files.copy(node.published(CPU + "-20200301T09.json.pgp"), copy.resolve(CPU + "-20200301T09.json.pgp"));
        Result partly = bob.mau("readings", "greenhouse", CPU);
        assertEquals(ExitCode.NOT_VERIFIED.code(), partly.code());
        assertTrue(partly.out().contains("21.4 °C"));
        assertTrue(partly.err().contains("warning: " + CPU + "-20200301T09.json.pgp is passed over: "), partly::err);
    }

    @Test
    void whatIsBrokenIsToldAndTheRestIsShown() throws IOException {
        measuring.batch(CPU, HOUR, celsius(1, "20")).batch(CPU, NEXT, celsius(3601, "21"));
        Path file = node.published(CPU + "-20200301T08.json.pgp");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        Result result = readings(CPU, "--csv");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertEquals(2, result.lines().size());
        measuring.share(CPU + "-20200301T09.json", "{}");
        Result none = readings(CPU);
        assertEquals(ExitCode.NOT_VERIFIED.code(), none.code());
        assertEquals("", none.out());
        assertTrue(none.err().contains("@context: is missing"), none::err);
        assertTrue(none.err().contains("mau: no file of cpu-temperature could be read"), none::err);
    }

    @Test
    void aDocumentAboutAnotherChannelIsPassedOver() {
        measuring.batch("door", HOUR, turned(1, true)).batch(CPU, HOUR, celsius(1, "20"));
        measuring.share(
                "door.json", node.mau("open", CPU + "-20200301T08.json").ok().out());
        Result result = readings("door");
        assertEquals(ExitCode.NOT_VERIFIED.code(), result.code());
        assertEquals(1, result.lines().size());
    }

    @Test
    void anUnknownChannelIsAnsweredWithTheOnesThatAre() {
        measuring.batch(CPU, HOUR, celsius(1, "20")).latest("door", turned(1, true));
        String missing = "mau: greenhouse has no channel \"%s\" here; ";
        readings("cpu-temprature")
                .failed(ExitCode.NOT_FOUND, missing.formatted("cpu-temprature") + "did you mean \"cpu-temperature\"?");
        readings("soil").failed(ExitCode.NOT_FOUND, missing.formatted("soil") + "known are cpu-temperature, door");
        assertEquals(ExitCode.USAGE.code(), readings("CPU temperature").code());
    }

    @Test
    void whoIsNotFollowedHasNothingHere() {
        Cli bob = Cli.with(directory, "bob");
        node.befriend(bob);
        Result result = bob.mau("readings", "greenhouse", CPU);
        assertEquals(ExitCode.NOT_FOUND.code(), result.code());
        assertTrue(result.err().contains("greenhouse is not followed"), result::err);
        assertTrue(result.err().contains("mau follow " + node.fingerprint()), result::err);
    }

    @Test
    void nothingInASpanSaysWhatThereIs() {
        measuring.batch(CPU, HOUR, celsius(1, "20"), celsius(2, "21"));
        Result result = readings(CPU, "--since", "2020-03-02");
        assertEquals(ExitCode.NOT_FOUND.code(), result.code());
        assertTrue(result.err().contains("there is no reading of cpu-temperature in that time"), result::err);
        assertTrue(result.err().contains("from 2020-03-01 08:00:01 to 2020-03-01 08:00:02"), result::err);
        assertEquals("", result.out());
    }

    @ParameterizedTest
    @CsvSource({
        "--since yesterday",
        "--since 1h --until 2h",
        "--format tabel",
        "--csv --plot",
        "--csv --json",
        "--format plot --csv"
    })
    void whatIsNotUnderstoodIsSaid(String words) {
        Result result = readings(
                Stream.concat(Stream.of(CPU), Stream.of(words.split(" "))).toArray(String[]::new));
        assertEquals(ExitCode.USAGE.code(), result.code(), result::err);
    }

    @Test
    void aPlotFitsTheTerminalAndNeedsNoMoreThanAscii() {
        Entry[] entries = new Entry[600];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = i == 300 ? fault(i + 1) : celsius(i + 1, "2" + i / 60 + "." + i % 10);
        }
        measuring.batch(CPU, HOUR, entries);
        node.environment.put("COLUMNS", "60");
        Result plain = readings(CPU, "--plot").ok();
        assertTrue(plain.out().chars().allMatch(c -> c == '\n' || c >= ' ' && c < 127), plain.out());
        assertTrue(plain.lines().stream().allMatch(line -> line.length() <= 100), plain.out());
        assertEquals(1, plain.out().lines().filter(line -> line.contains("-!-")).count(), plain.out());
        assertTrue(plain.out().contains("! fault"), plain.out());
        assertTrue(plain.out().contains("600 readings: least 20.0 C, most 29.9 C"), plain.out());
        node.environment.put("LANG", "en_US.UTF-8");
        Result drawn = readings(CPU, "--plot").ok();
        assertTrue(drawn.out().startsWith("CPU temperature, °C\n"), drawn.out());
        assertTrue(drawn.out().contains("┤"), drawn.out());
        assertEquals(plain.lines().size(), drawn.lines().size());
        node.environment.put("TERM", "dumb");
        assertEquals(plain.out(), readings(CPU, "--plot").out());
        node.environment.put("TERM", "xterm");
        node.environment.put("MAU_GLYPHS", "ascii");
        assertEquals(plain.out(), readings(CPU, "--plot").out());
    }

    @Test
    void aMonthOfPlotIsAsWideAsADay() {
        for (int day = 0; day < 30; day++) {
            Instant hour = HOUR.plus(Duration.ofDays(day));
            Entry entry = celsius(day * 86400L + 1, "20");
            measuring.batch(CPU, hour, entry);
        }
        node.environment.put("COLUMNS", "40");
        Result plot = readings(CPU, "--plot").ok();
        assertFalse(plot.lines().stream().limit(16).anyMatch(line -> line.length() > 40), plot.out());
    }
}
