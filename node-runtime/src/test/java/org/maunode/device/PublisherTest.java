package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Profiles;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;

/** The publisher with its thread, on a board in memory; its clock is the test's. */
@Timeout(60)
class PublisherTest {
    private static final FileName NODE = new FileName("node.json.pgp");
    private static final String PROFILE =
            """
            {"name": "p", "version": 1, "title": "P", "channels": {
              "load": {"title": "L", "driver": "load", "measures": "systemLoad", "unit": "C62", "precision": 0.01,
                "deadBand": 0, "periodSeconds": 1},
              "wifi": {"title": "W", "driver": "wifi-signal", "measures": "signalStrength", "unit": "DBM", "precision": 1,
                "deadBand": 0, "periodSeconds": 1},
              "bed": {"title": "Who sleeps", "driver": "motion", "wiring": {"pin": 5}, "measures": "motion",
                "readers": "family"},
              "slow": {"title": "S", "driver": "script", "wiring": {"program": "/bin/ask"}, "measures": "count",
                "unit": "C62", "precision": 1, "deadBand": 0, "least": 0, "most": 9, "periodSeconds": 1},
              "bell": {"title": "B", "driver": "button", "wiring": {"pin": 4}, "measures": "onOff",
                "periodSeconds": 3600},
              "opener": {"title": "O", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff", "readers": "family",
                "controllers": "family", "failSafe": false, "maxOnSeconds": 9}}}
            """;

    @TempDir
    private Path place;

    private final FakeBoard board = new FakeBoard().put("/proc/loadavg", "0.10 0.30 0.25 1/90 1234\n");
    private Account account;
    private ContentStore store;
    private volatile Instant now;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("node"), "node", "", "publisher".toCharArray());
        account.keyring().createGroup("family");
        store = ContentStore.open(account);
        now = account.identity().publicIdentity().created().plusSeconds(1000);
    }

    @AfterEach
    void close() {
        board.close();
        store.close();
        List<String> left = Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("mau-publisher") || name.startsWith("mau-sensor"))
                .toList();
        assertEquals(List.of(), left);
    }

    private Publisher publisher(Readers readers) {
        Publisher publisher = new Publisher(
                account,
                store,
                Profiles.parse("p", PROFILE.getBytes(StandardCharsets.UTF_8)),
                board.wires(),
                Quality.OK,
                readers,
                WritePolicy.DEFAULT,
                "1.0",
                () -> now);
        publisher.start();
        return publisher;
    }

    private Optional<JsonObject> document(FileName name) {
        return new SignedDocuments(account, store, new Readers.Everyone(), () -> now).find(name);
    }

    private String described() {
        return document(NODE).stream()
                .flatMap(node -> StreamSupport.stream(
                        node.get("additionalProperty").asArray().spliterator(), false))
                .map(JsonValue::asObject)
                .map(channel -> channel.getString("@id", ""))
                .collect(Collectors.joining(" "));
    }

    private String value(String channel) {
        return document(new FileName(channel + ".json.pgp"))
                .map(reading -> reading.getString("mau:quality", "") + " " + reading.get("value"))
                .orElse("nothing");
    }

    /** Waits for what is published; the clock goes on by so much while the board does what it does. */
    private void awaits(String what, BooleanSupplier here) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Runnable look = () -> {
            if (here.getAsBoolean()) {
                seen.countDown();
            }
        };
        try (AutoCloseable _ = store.onChange(_ -> look.run())) {
            look.run();
            assertTrue(seen.await(20, TimeUnit.SECONDS), what + ": " + described());
        }
    }

    @Test
    void theDescriptionFollowsWhatComes() throws Exception {
        try (Publisher publisher = publisher(new Readers.Everyone())) {
            awaits("what is there", () -> described().equals("#load #slow #bell"));
            board.put("/proc/net/wireless", "Inter-|\n face |\n wlan0: 0000   57.  -57.  -256        0\n");
            now = now.plusSeconds(15);
            awaits("what came", () -> described().equals("#load #wifi #slow #bell"));
            awaits("its reading", () -> value("wifi").equals("ok -57"));
            assertEquals(5, publisher.sensors().size());
        }
    }

    /** Whatever it was doing. */
    @Test
    void aStopWritesTheHourThatGoesOn() throws Exception {
        try (Publisher _ = publisher(new Readers.Everyone())) {
            awaits("a reading", () -> !value("load").equals("nothing"));
        }
        String hour = NodeId.batchOf(new ChannelName("load"), now);
        assertTrue(document(FileName.published(hour)).isPresent(), hour);
    }

    @Test
    void whatWasOpenIsOpenNoLongerOnceTheNodeIsStartedForAGroup() throws Exception {
        try (Publisher _ = publisher(new Readers.Everyone())) {
            awaits("a reading", () -> !value("load").equals("nothing"));
        }
        FileName hour = FileName.published(NodeId.batchOf(new ChannelName("load"), now));
        assertFalse(
                store.find(account.fingerprint(), hour).orElseThrow().envelope().sealed());
        try (Publisher _ = publisher(new Readers.Group("family"))) {
            awaits("all is sealed", () -> store.list(account.fingerprint(), Position.START, 100).stream()
                    .allMatch(file -> file.envelope().sealed()));
        }
        assertTrue(
                store.find(account.fingerprint(), hour).orElseThrow().envelope().sealed(), "the hour went on, sealed");
    }

    @Test
    void theDescriptionTellsNobodyOfWhatIsNotForThem() throws Exception {
        try (Publisher _ = publisher(new Readers.Everyone())) {
            awaits("everything", () -> value("bed").equals("ok false"));
            JsonObject node = document(NODE).orElseThrow();
            assertFalse(
                    node.toString().contains("#bed")
                            || node.toString().contains("bed.json")
                            || node.toString().contains("Who sleeps"),
                    node.toString());
            assertFalse(node.toString().contains("opener"), node.toString());
            assertTrue(node.getString("description", "").endsWith("with 3 sensors"), node.toString());
        }
        try (Publisher _ = publisher(new Readers.Group("family"))) {
            awaits("all of it to the family", () -> described().equals("#load #bed #slow #bell #opener"));
        }
    }

    @Test
    void anEdgeIsPublishedAtOnceAndNotAfterAPeriod() throws Exception {
        try (Publisher publisher = publisher(new Readers.Everyone())) {
            awaits("the first reading", () -> value("bell").equals("ok false"));
            board.level(4, true);
            awaits("that it rings", () -> value("bell").equals("ok true"));
            assertTrue(publisher
                    .latest(publisher.sensors().getLast().name())
                    .orElseThrow()
                    .toString()
                    .contains("true"));
        }
    }

    @Test
    void aStuckProgramKeepsNobodyFromStoppingAndNobodyElseFromBeingRead() throws Exception {
        board.getStuck();
        long begun = System.nanoTime();
        try (Publisher _ = publisher(new Readers.Everyone())) {
            awaits(
                    "the others",
                    () -> value("bed").equals("ok false") && value("bell").equals("ok false"));
            now = now.plusSeconds(10);
            awaits("that it does not answer", () -> value("slow").equals("fault null"));
            begun = System.nanoTime();
        }
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) < 3);
        board.release();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mau-sensor")) {
                thread.join(5000);
            }
        }
    }
}
