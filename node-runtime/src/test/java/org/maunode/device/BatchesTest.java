package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Readings;
import org.maunode.identity.FileName;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

final class BatchesTest {
    private static final SensorChannel LOAD = Profiles.host().sensors().stream()
            .filter(channel -> channel.name().value().equals("load"))
            .findFirst()
            .orElseThrow();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    @TempDir
    private Path place;

    private Account account;
    private ContentStore store;
    private Instant now = NOON;
    private long sequence;
    private Readers readers = new Readers.Everyone();
    private Batches batches;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("node"), "node", "", "feed".toCharArray(), () -> NOON.minusSeconds(9));
        store = ContentStore.open(account, () -> now);
        starts(3);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void starts(int kept) {
        NodeId node = new NodeId(
                "/p2p/" + account.fingerprint(), account.fingerprint().toString(), "node");
        batches = new Batches(node, documents(), new WritePolicy(Duration.ZERO, QUARTER, kept));
    }

    private SignedDocuments documents() {
        return new SignedDocuments(account, store, readers, () -> now);
    }

    private void reads(Duration later) {
        now = now.plus(later);
        Sample sample = new Sample.Amount(BigDecimal.valueOf(++sequence));
        batches.add(LOAD, new Observed.Measured(LOAD, sample, now, Quality.OK), sequence, now);
    }

    private Optional<byte[]> batch(String hour) {
        return documents().content(new FileName("load-" + hour + ".json.pgp"));
    }

    private List<Long> numbers(String hour) {
        return Readings.parseBatch(batch(hour).orElseThrow()).entries().stream()
                .map(Entry::sequence)
                .toList();
    }

    private List<String> files() {
        return store.list(account.fingerprint(), Position.START, 99).stream()
                .map(file -> file.name().value())
                .toList();
    }

    @Test
    void anHourIsWrittenWhenItIsOver() {
        reads(Duration.ofMinutes(50));
        reads(Duration.ofMinutes(1));
        assertEquals(Duration.ofMinutes(9), batches.untilDue(now));
        now = NOON.plus(Duration.ofMinutes(60)).minusNanos(1);
        batches.writeDue(now);
        assertTrue(batch("20261123T12").isEmpty());
        now = now.plusNanos(1);
        assertEquals(Duration.ZERO, batches.untilDue(now));
        batches.writeDue(now);
        assertEquals(List.of(1L, 2L), numbers("20261123T12"));
        assertEquals(BatchFile.HOUR, batches.untilDue(now), "and is forgotten");
    }

    @Test
    void aReadingOfTheNextHourEndsTheOneBefore() {
        reads(Duration.ofMinutes(59));
        reads(Duration.ofMinutes(2));
        assertEquals(List.of(1L), numbers("20261123T12"));
        batches.writeAll(now);
        assertEquals(List.of(2L), numbers("20261123T13"));
    }

    @Test
    void checkpointsAreWrittenWhileTheHourGoesOnAndOnlyIfThereIsNews() {
        reads(Duration.ofMinutes(1));
        assertEquals(QUARTER, batches.untilDue(now));
        now = now.plus(QUARTER);
        batches.writeDue(now);
        assertEquals(List.of(1L), numbers("20261123T12"));
        Instant written = file().modified();
        now = now.plus(QUARTER);
        batches.writeDue(now);
        assertEquals(written, file().modified());
        reads(Duration.ZERO);
        batches.writeDue(now.plus(QUARTER).minusNanos(1));
        assertEquals(List.of(1L), numbers("20261123T12"));
        batches.writeDue(now.plus(QUARTER));
        assertEquals(List.of(1L, 2L), numbers("20261123T12"));
        assertEquals(List.of(), store.versions(account.fingerprint(), file().name()), "checkpoints leave no versions");
    }

    private StoredFile file() {
        return store.find(account.fingerprint(), new FileName("load-20261123T12.json.pgp"))
                .orElseThrow();
    }

    @Test
    void aStopWritesAndARestartGoesOnWithTheSameHour() {
        reads(Duration.ofMinutes(1));
        batches.writeAll(now);
        starts(3);
        reads(Duration.ofMinutes(1));
        batches.writeAll(now);
        assertEquals(List.of(1L, 2L), numbers("20261123T12"));
    }

    @Test
    void whatIsNoBatchUnderTheNameIsWrittenAnew() {
        documents()
                .publish(
                        new FileName("load-20261123T12.json.pgp"), "[1", new Readers.Everyone(), BatchFile.NO_VERSIONS);
        reads(Duration.ofMinutes(1));
        batches.writeAll(now);
        assertEquals(List.of(1L), numbers("20261123T12"));
    }

    @Test
    void anHourOfOneASecondHoldsWhatItMayAndSaysSo() {
        for (int i = 0; i < 3600; i++) {
            reads(Duration.ofSeconds(i == 0 ? 0 : 1));
        }
        batches.writeAll(now);
        byte[] content = batch("20261123T12").orElseThrow();
        JsonObject document =
                Json.parse(new String(content, StandardCharsets.UTF_8)).asObject();
        assertEquals(
                "450 of 3600 readings that were published, evenly spread",
                document.getString("measurementTechnique", ""));
        assertEquals(450, numbers("20261123T12").size());
    }

    /** The longest numbers there are, and as many as fit: readers take no larger document. */
    @Test
    void theLargestBatchIsNoLargerThanADocumentMayBe() {
        sequence = (1L << 53) - 5000;
        now = NOON.plusNanos(123_456_789);
        for (int i = 0; i < HourOfReadings.MOST; i++) {
            reads(Duration.ofSeconds(1));
        }
        batches.writeAll(now);
        int size = batch("20261123T12").orElseThrow().length;
        assertTrue(size < SignedDocuments.MAX_BYTES / 2, size + " bytes");
    }

    @Test
    void theNewestHoursAreKept() {
        for (int hour = 0; hour < 6; hour++) {
            reads(Duration.ofMinutes(hour == 0 ? 1 : 60));
        }
        now = now.plus(BatchFile.HOUR);
        batches.writeDue(now);
        assertEquals(
                List.of("load-20261123T15.json.pgp", "load-20261123T16.json.pgp", "load-20261123T17.json.pgp"),
                files());
    }

    @Test
    void aClockThatJumpsAheadTakesNoHistory() {
        reads(Duration.ofMinutes(1));
        reads(Duration.ofDays(3650));
        now = now.plus(BatchFile.HOUR);
        batches.writeDue(now);
        now = NOON.plus(Duration.ofMinutes(70));
        reads(Duration.ZERO);
        batches.writeAll(now);
        assertEquals(3, files().size());
    }

    @Test
    void aClockThatIsSetBackGoesOnWithTheHourThatItFinds() {
        reads(Duration.ofMinutes(10));
        reads(Duration.ofMinutes(60));
        now = NOON;
        reads(Duration.ofMinutes(20));
        batches.writeAll(now);
        assertEquals(List.of(1L, 3L), numbers("20261123T12"));
        assertEquals(List.of(2L), numbers("20261123T13"));
    }

    @Test
    void whereAChannelIsSealedFromNowOnItsOpenHoursGo() {
        reads(Duration.ofMinutes(1));
        batches.writeDue(NOON.plus(BatchFile.HOUR));
        assertFalse(file().envelope().sealed());
        account.keyring().createGroup("family");
        readers = new Readers.Group("family");
        starts(3);
        reads(Duration.ofMinutes(60));
        now = now.plus(BatchFile.HOUR);
        batches.writeDue(now);
        assertEquals(List.of("load-20261123T13.json.pgp"), files());
        assertTrue(store.list(account.fingerprint(), Position.START, 9)
                .getFirst()
                .envelope()
                .sealed());
    }

    @Test
    void aFaultIsAnEntryWithoutAValue() {
        now = NOON.plusSeconds(60);
        batches.add(
                LOAD,
                new Observed.Missing(LOAD, org.maunode.device.driver.DriverException.Reason.VANISHED, now),
                1,
                now);
        batches.writeAll(now);
        Entry entry = Readings.parseBatch(batch("20261123T12").orElseThrow())
                .entries()
                .getFirst();
        assertEquals(Quality.FAULT, entry.quality());
        assertTrue(entry.sample().isEmpty());
    }
}
