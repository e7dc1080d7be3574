package org.maunode.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.identity.FileName;
import org.maunode.openpgp.Envelope;

final class DirectoryIndexTest {
    private static final Comparator<IndexRecord> ORDER =
            Comparator.<IndexRecord>comparingLong(r -> r.stamp().modified()).thenComparing(IndexRecord::name);

    @TempDir
    Path folder;

    private DirectoryIndex open(boolean writable) throws IOException {
        return DirectoryIndex.open(folder.resolve("index"), writable, new Disk());
    }

    private static List<IndexRecord> all(DirectoryIndex index) throws IOException {
        return index.list(Position.START, Integer.MAX_VALUE);
    }

    @Test
    void doesWhatAMapDoesAlsoAcrossRestarts() throws IOException {
        for (int seed = 0; seed < 8; seed++) {
            Files.deleteIfExists(folder.resolve("index"));
            Random random = new Random(seed);
            Map<FileName, IndexRecord> expected = new HashMap<>();
            DirectoryIndex index = open(true);
            for (int step = 0; step < 3000; step++) {
                change(random, expected, index);
                if (random.nextInt(500) == 0) {
                    index.close();
                    index = open(true);
                }
            }
            assertHolds(expected, index);
            index.close();
            // What was removed may be back after a restart, until the directory is scanned; here nothing was, in the
            // end.
            index = open(true);
            index.removeIf(name -> !expected.containsKey(name));
            assertHolds(expected, index);
            index.close();
        }
    }

    private static void change(Random random, Map<FileName, IndexRecord> expected, DirectoryIndex index)
            throws IOException {
        FileName name = new FileName("n" + random.nextInt(400) + ".pgp");
        switch (random.nextInt(6)) {
            case 0 -> {
                expected.remove(name);
                index.remove(name);
            }
            case 1 -> put(Samples.noMessage(name.value(), random.nextInt(50), random), expected, index);
            default -> put(Samples.record(name.value(), random.nextInt(50), random), expected, index);
        }
        index.removeIf(n -> !expected.containsKey(n) && n.equals(name));
    }

    private static void put(IndexRecord record, Map<FileName, IndexRecord> expected, DirectoryIndex index)
            throws IOException {
        expected.put(record.name(), record);
        index.put(record);
    }

    private static void assertHolds(Map<FileName, IndexRecord> expected, DirectoryIndex index) throws IOException {
        index.removeIf(name -> !expected.containsKey(name));
        assertEquals(expected.size(), index.size());
        for (IndexRecord record : expected.values()) {
            assertEquals(Optional.of(record), index.find(record.name()));
        }
        List<IndexRecord> messages = expected.values().stream()
                .filter(r -> r.facts().isPresent())
                .sorted(ORDER)
                .toList();
        assertEquals(messages, all(index));
    }

    @Test
    void pagesOfAnySizeJoinToTheWhole() throws IOException {
        Random random = new Random(5);
        try (DirectoryIndex index = open(true)) {
            for (int i = 0; i < 500; i++) {
                index.put(Samples.record("n" + i + ".pgp", random.nextInt(7), random));
            }
            for (int size : List.of(1, 2, 7, 100, 499, 500, 501)) {
                List<IndexRecord> joined = new ArrayList<>();
                Position after = Position.START;
                List<IndexRecord> page = index.list(after, size);
                while (!page.isEmpty()) {
                    joined.addAll(page);
                    IndexRecord last = page.getLast();
                    after = new Position(
                            Nanos.instant(last.stamp().modified()), last.name().value());
                    page = index.list(after, size);
                }
                assertEquals(all(index), joined);
            }
            assertEquals(List.of(), index.list(new Position(Instant.MAX, ""), 10));
            assertEquals(List.of(), index.list(Position.START, 0));
        }
    }

    @Test
    void aReplacedRecordIsOnlyPutWhereItIsExpected() throws IOException {
        Random random = new Random(6);
        try (DirectoryIndex index = open(true)) {
            IndexRecord first = Samples.record("a.pgp", 1, random);
            IndexRecord second = Samples.record("a.pgp", 2, random);
            assertTrue(index.replace(first.name(), Optional.empty(), Optional.of(first)));
            assertFalse(index.replace(first.name(), Optional.empty(), Optional.of(second)));
            assertTrue(index.replace(first.name(), Optional.of(first), Optional.of(second)));
            assertFalse(index.replace(first.name(), Optional.of(first), Optional.empty()));
            assertEquals(List.of(second), all(index));
            assertTrue(index.replace(first.name(), Optional.of(second), Optional.empty()));
            assertEquals(List.of(), all(index));
        }
    }

    @Test
    void whatWasWrittenIsThereAgainAndForTheOwnerOnly() throws IOException {
        IndexRecord record = Samples.record("a.pgp", 1, new Random(7));
        try (DirectoryIndex index = open(true)) {
            index.put(record);
        }
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("index"))));
        try (DirectoryIndex index = open(false)) {
            assertEquals(List.of(record), all(index));
        }
    }

    @Test
    void onlyTheWriterWrites() throws IOException {
        try (DirectoryIndex reader = open(false)) {
            reader.put(Samples.record("a.pgp", 1, new Random(8)));
            assertEquals(1, reader.size());
        }
        assertFalse(Files.exists(folder.resolve("index")));
        try (DirectoryIndex writer = open(true)) {
            assertEquals(0, writer.size());
        }
    }

    @Test
    void aReaderKeepsWhatItSawWhileTheWriterGoesOn() throws IOException {
        Random random = new Random(9);
        try (DirectoryIndex writer = open(true)) {
            for (int i = 0; i < 1000; i++) {
                writer.put(Samples.record("n" + i + ".pgp", i, random));
            }
            writer.flush();
            try (DirectoryIndex reader = open(false)) {
                List<IndexRecord> seen = all(reader);
                reader.put(Samples.record("own.pgp", -1, random));
                for (int i = 0; i < 40_000; i++) {
                    writer.put(Samples.record("n" + i % 1000 + ".pgp", -i, random));
                }
                writer.flush();
                assertEquals(seen, all(reader).subList(1, 1001));
            }
        }
    }

    @Test
    void sensorsThatPublishForeverDoNotFillTheDisk() throws IOException {
        Random random = new Random(10);
        long largest = 0;
        try (DirectoryIndex index = open(true)) {
            for (int i = 0; i < 40_000; i++) {
                index.put(Samples.record("sensor" + i % 5 + ".pgp", i, random));
                if (i % 1000 == 0) {
                    index.flush();
                    largest = Math.max(largest, Files.size(folder.resolve("index")));
                }
            }
        }
        assertTrue(largest < 2 << 20, "largest " + largest);
        assertTrue(Files.size(folder.resolve("index")) < 2 << 20);
    }

    @Test
    void isRebuiltFromWhateverIsLeftOfIt() throws IOException {
        Random random = new Random(11);
        List<IndexRecord> records = new ArrayList<>();
        try (DirectoryIndex index = open(true)) {
            for (int i = 0; i < 100; i++) {
                records.add(Samples.record("n" + i + ".pgp", i, random));
                index.put(records.getLast());
            }
        }
        byte[] whole = Files.readAllBytes(folder.resolve("index"));
        for (int trial = 0; trial < 200; trial++) {
            byte[] broken = Arrays.copyOf(whole, trial % 2 == 0 ? random.nextInt(whole.length) : whole.length);
            if (broken.length > 0) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(folder.resolve("index"), broken);
            IndexRecord more = Samples.record("more.pgp", 1000, random);
            try (DirectoryIndex index = open(true)) {
                List<IndexRecord> found = all(index);
                assertEquals(records.subList(0, found.size()), found);
                index.put(more);
            }
            try (DirectoryIndex index = open(true)) {
                assertEquals(more, all(index).getLast());
            }
        }
    }

    @Test
    void anIndexOfAnotherVersionIsLeftBehind() throws IOException {
        try (DirectoryIndex index = open(true)) {
            index.put(Samples.record("a.pgp", 1, new Random(12)));
        }
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("index").toFile(), "rw")) {
            file.seek(RecordLog.MAGIC.length - 1);
            file.write('9');
        }
        try (DirectoryIndex index = open(true)) {
            assertEquals(0, index.size());
        }
    }

    @Test
    void aHostileNumberOfRecipientsIsKept() throws IOException {
        Random random = new Random(13);
        List<Long> ids = random.longs(10_000).boxed().toList();
        Facts facts = new Facts(Samples.sum(random), new Envelope(true, ids), OptionalLong.empty());
        IndexRecord record =
                new IndexRecord(new FileName("many.pgp"), new Stamp(1, 2, 3, 4), false, Optional.of(facts));
        try (DirectoryIndex index = open(true)) {
            index.put(record);
            assertEquals(List.of(record), all(index));
        }
        try (DirectoryIndex index = open(true)) {
            assertEquals(List.of(record), all(index));
        }
    }
}
