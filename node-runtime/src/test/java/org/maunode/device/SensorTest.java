package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.ChannelSampler;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** Sensors as the publisher runs them, with the real drivers, a board in memory, and a clock that the test holds. */
@Timeout(60)
class SensorTest {
    private static final String WIFI = "/proc/net/wireless";
    private static final String CHIP = "/sys/bus/iio/devices/iio:device0/";
    private static final String LOAD = "\"driver\": \"load\", \"measures\": \"systemLoad\", \"unit\": \"C62\","
            + " \"precision\": 0.01, \"deadBand\": 0, \"periodSeconds\": 1";
    private static final String SIGNAL = "\"driver\": \"wifi-signal\", \"measures\": \"signalStrength\","
            + " \"unit\": \"DBM\", \"precision\": 1, \"deadBand\": 0, \"periodSeconds\": 10";
    private static final String SCRIPT = "\"driver\": \"script\", \"wiring\": {\"program\": \"/bin/ask\","
            + " \"timeoutSeconds\": 3}, \"measures\": \"count\", \"unit\": \"C62\", \"precision\": 1, \"deadBand\": 0,"
            + " \"least\": 0, \"most\": 100, \"periodSeconds\": 1";
    private static final String AIR = "\"driver\": \"bmp280\", \"measures\": \"airTemperature\", \"unit\": \"CEL\","
            + " \"precision\": 0.1, \"deadBand\": 0, \"periodSeconds\": 1";
    private static final String BELL =
            "\"driver\": \"button\", \"wiring\": {\"pin\": 4}, \"measures\": \"onOff\"," + " \"periodSeconds\": 3600";

    @TempDir
    private Path place;

    private final FakeBoard board = new FakeBoard()
            .put("/proc/loadavg", "0.10 0.30 0.25 1/90 1234\n")
            .put(CHIP + "name", "bmp280\n")
            .put(CHIP + "in_temp_input", "21400\n");
    private final LinkedBlockingQueue<Runnable> publisher = new LinkedBlockingQueue<>();
    private final List<Sensor> sensors = new ArrayList<>();
    private final Lanes lanes = new Lanes();
    private Account account;
    private ContentStore store;
    private Instant now;

    @BeforeEach
    void open() {
        account = Account.create(place.resolve("node"), "node", "", "sensor".toCharArray());
        store = ContentStore.open(account);
        now = account.identity().publicIdentity().created().plusSeconds(1000);
    }

    @AfterEach
    void close() throws InterruptedException {
        board.close();
        lanes.close();
        store.close();
        // An executor that has ended is ahead of its thread by a moment.
        for (Thread thread : lanesUnderWay()) {
            assertTrue(thread.join(Duration.ofSeconds(10)), thread.getName() + " is left");
        }
    }

    private static List<Thread> lanesUnderWay() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("mau-sensor"))
                .toList();
    }

    private SignedDocuments documents() {
        return new SignedDocuments(account, store, new Readers.Everyone(), () -> now);
    }

    private Sensor sensor(String name, String settings) {
        return sensor(name, settings, Quality.OK);
    }

    private Sensor sensor(String name, String settings, Quality good) {
        SensorChannel channel = channel(name, settings);
        NodeId node = new NodeId(
                "/p2p/" + account.fingerprint(), account.fingerprint().toString(), "node");
        SensorFeed feed = new SensorFeed(
                channel,
                good,
                new ReadingFile.Place(
                        node, documents(), new Retention.KeepAll(), WritePolicy.DEFAULT.every(Duration.ZERO)));
        Sensor sensor = new Sensor(
                feed,
                new Sensor.Surroundings(
                        board.wires(),
                        lanes,
                        () -> now,
                        (_, work) -> publisher.add(work),
                        told -> publisher.add(told::hear)));
        sensors.add(sensor);
        return sensor;
    }

    private static SensorChannel channel(String name, String settings) {
        String json = "{\"name\": \"p\", \"version\": 1, \"title\": \"P\", \"channels\": {\"" + name
                + "\": {\"title\": \"T\", " + settings + "}}}";
        return Profiles.parse("p", json.getBytes(StandardCharsets.UTF_8))
                .sensors()
                .getFirst();
    }

    /** Lets the time pass, a second after the other. */
    private void pass(long seconds) {
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            turn();
        }
    }

    private void turn() {
        sensors.forEach(sensor -> sensor.turn(now));
    }

    /** Does what waits for the publisher. */
    private void settle() {
        for (Runnable work = publisher.poll(); work != null; work = publisher.poll()) {
            work.run();
        }
    }

    /** Waits for the answer of a lane. */
    private void answer() throws InterruptedException {
        Optional.ofNullable(publisher.poll(20, TimeUnit.SECONDS)).orElseThrow().run();
    }

    private static FileName file(String name) {
        return new FileName(name + ".json.pgp");
    }

    private JsonObject reading(String name) {
        return documents().find(file(name)).orElseThrow();
    }

    private String summary(String name) {
        JsonObject reading = reading(name);
        return reading.getString("mau:quality", "") + " " + reading.get("value") + " #"
                + reading.getLong("mau:sequence", 0);
    }

    @Test
    void aChipThatVanishesIsAFaultWithItsLastGoodValueAndTimeAndItsReturnIsOk() {
        sensor("air", AIR);
        turn();
        assertEquals("ok 21.4 #1", summary("air"));
        String measured = reading("air").getString("observationDate", "");
        board.remove(CHIP);
        pass(5);
        assertEquals("fault 21.4 #2", summary("air"));
        assertEquals(measured, reading("air").getString("observationDate", ""));
        board.put("/sys/bus/iio/devices/iio:device7/name", "bmp280\n")
                .put("/sys/bus/iio/devices/iio:device7/in_temp_input", "21400\n");
        pass(60);
        assertEquals("ok 21.4 #3", summary("air"));
    }

    @Test
    void aSimulatedBoardSaysSoInEveryReading() {
        sensor("load", LOAD, Quality.SIMULATED);
        turn();
        assertEquals("simulated 0.10 #1", summary("load"));
        assertTrue(reading("load").getString("description", "").endsWith("(simulated)"));
    }

    @Test
    void whatTheMachineDoesNotHaveIsFoundWhenItComesAndNotPublishedBefore() {
        Sensor wifi = sensor("wifi", SIGNAL);
        assertFalse(wifi.isPresent());
        pass(14);
        assertTrue(store.find(account.fingerprint(), file("wifi")).isEmpty());
        connect("-57");
        pass(1);
        assertTrue(wifi.isPresent());
        assertEquals("ok -57 #1", summary("wifi"));
    }

    private void connect(String level) {
        board.put(WIFI, "Inter-|\n face |\n wlan0: 0000   57.  " + level + ".  -256        0\n");
    }

    @Test
    void whatTheMachineHasNoLongerIsAFaultAtOnceAndNotThereAfterFiveMinutes() {
        connect("-57");
        Sensor wifi = sensor("wifi", SIGNAL);
        turn();
        board.remove(WIFI);
        pass(10);
        assertEquals("fault -57 #2", summary("wifi"));
        assertTrue(wifi.isPresent(), "it may come back in a moment");
        pass(Sensor.GONE.toSeconds() + 70);
        assertFalse(wifi.isPresent());
        connect("-60");
        pass(60);
        assertTrue(wifi.isPresent());
        assertEquals("ok -60 #3", summary("wifi"));
    }

    @Test
    void whatTheProfileHangsOnTheBoardIsNeverGivenUp() {
        Sensor air = sensor("air", AIR);
        board.remove(CHIP);
        pass(3600);
        assertTrue(air.isPresent());
        assertEquals("fault null #1", summary("air"));
    }

    @Test
    void whatAnEarlierRunPublishedIsDisownedIfItsSensorIsNotHereNow() {
        connect("-57");
        sensor("wifi", SIGNAL);
        turn();
        sensors.clear();
        board.remove(WIFI);
        Sensor restarted = sensor("wifi", SIGNAL);
        restarted.disownIfAbsent(now);
        assertEquals("fault null #2", summary("wifi"));
        pass(600);
        assertEquals("fault null #2", summary("wifi"));
    }

    @Test
    void aStuckProgramHoldsNobodyUpAndBecomesStaleAndIsNeverStartedTwice() throws InterruptedException {
        sensor("slow", SCRIPT);
        sensor("load", LOAD);
        turn();
        answer();
        assertEquals("ok 1 #1", summary("slow"));
        board.getStuck();
        for (int i = 1; i <= 20; i++) {
            board.put("/proc/loadavg", "0.%02d 0.30 0.25 1/90 1234\n".formatted(10 + i));
            pass(1);
            assertEquals(1 + i, reading("load").getLong("mau:sequence", 0), "at second " + i);
            assertEquals(i <= 5 ? "ok 1 #1" : "stale 1 #2", summary("slow"), "at second " + i);
        }
        board.answers("2");
        board.release();
        answer();
        assertEquals("ok 2 #3", summary("slow"));
        assertEquals(1, board.mostRunning());
    }

    @Test
    void aProgramThatNeverAnsweredIsAFaultWithoutAValue() throws InterruptedException {
        board.getStuck();
        sensor("slow", SCRIPT);
        turn();
        pass(10);
        assertEquals("fault null #1", summary("slow"));
        assertTrue(reading("slow").getString("description", "").startsWith("the sensor does not answer since"));
        board.release();
        answer();
        assertEquals("ok 1 #2", summary("slow"));
    }

    @Test
    void aClockThatIsSetBackWhileAProgramRunsGivesItItsWholeTimeAgain() throws InterruptedException {
        sensor("slow", SCRIPT);
        turn();
        answer();
        board.getStuck();
        pass(1);
        now = now.minus(Duration.ofDays(3650));
        turn();
        pass(4);
        assertEquals("ok 1 #1", summary("slow"));
        pass(2);
        assertEquals("stale 1 #2", summary("slow"));
        board.release();
        answer();
    }

    @Test
    void whoSaysThatItAnswersAtOnceAndDoesNotHasAThreadOfItsOwnFromThenOn() throws InterruptedException {
        sensor("air", AIR);
        turn();
        board.delay(Duration.ofMillis(300));
        board.put(CHIP + "in_temp_input", "22000\n");
        pass(2);
        assertEquals("ok 22.0 #2", summary("air"));
        assertEquals(List.of(), lanesUnderWay());
        pass(1);
        assertEquals(1, lanesUnderWay().size(), "the publisher does not wait for it");
        answer();
        board.put(CHIP + "in_temp_input", "23000\n");
        pass(1);
        answer();
        assertEquals("ok 23.0 #3", summary("air"));
    }

    @Test
    void edgesAreReadingsWithTheirOwnTimesThoughThePublisherWasBusy() {
        sensor("bell", BELL);
        turn();
        assertEquals("ok false #1", summary("bell"));
        now = now.plusSeconds(5);
        board.level(4, true);
        board.level(4, false);
        now = now.plusSeconds(5);
        settle();
        assertEquals("ok false #3", summary("bell"), "it was pressed, and let go");
        assertEquals(
                now.minusSeconds(5).truncatedTo(ChronoUnit.SECONDS).toString(),
                reading("bell").getString("observationDate", ""));
        List<StoredFile> before = store.versions(account.fingerprint(), file("bell"));
        assertEquals(2, before.size());
        board.level(4, true);
        settle();
        assertEquals("ok true #4", summary("bell"));
    }

    @Test
    void aLineThatFluttersCostsFewReadingsAndItsLastLevelIsRight() {
        sensor("bell", BELL);
        turn();
        for (int i = 0; i < 1001; i++) {
            board.level(4, i % 2 == 0);
        }
        assertEquals(1, publisher.size(), "the publisher is told once");
        settle();
        assertEquals("ok true #" + Edges.MOST, summary("bell"), "the oldest that was kept said what had been said");
    }

    @Test
    void aLineWhoseChipIsUnpluggedIsAFaultAtOnceAndTellsAgainWhenItIsBack() {
        sensor("bell", BELL);
        turn();
        board.unplug();
        settle();
        assertEquals("fault false #2", summary("bell"));
        board.plugIn();
        pass(2);
        assertEquals("ok false #3", summary("bell"));
        board.level(4, true);
        settle();
        assertEquals("ok true #4", summary("bell"));
    }

    /** What a board may go through in some minutes; nothing of it stops a neighbour, or lets a sequence go back or jump. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void overARandomLifeEachChannelSaysWhatItsSensorDoes(long seed) {
        Random random = new Random(seed);
        sensor("air", AIR);
        sensor("load", LOAD);
        sensor("wifi", SIGNAL);
        sensor("bell", BELL);
        Map<String, Long> sequences = new HashMap<>();
        for (int second = 0; second < 300; second++) {
            happen(random.nextInt(12), random.nextInt(100));
            pass(1);
            settle();
            store.list(account.fingerprint(), Position.START, 10)
                    .forEach(file -> assertNoJump(file.name().value().replace(".json.pgp", ""), sequences));
            assertEquals("ok", reading("load").getString("mau:quality", ""));
        }
        board.plugIn();
        connect("-40");
        board.put(CHIP + "name", "bmp280\n").put(CHIP + "in_temp_input", "19900\n");
        pass(310);
        settle();
        assertEquals("ok 19.9", summary("air").replaceAll(" #.*", ""));
        assertEquals("ok -40", summary("wifi").replaceAll(" #.*", ""));
        assertEquals("ok", reading("bell").getString("mau:quality", ""));
    }

    private void happen(int what, int number) {
        switch (what) {
            case 0 -> board.remove(CHIP);
            case 1 -> board.put(CHIP + "name", "bmp280\n").put(CHIP + "in_temp_input", number + "000\n");
            case 2 -> board.put(CHIP + "in_temp_input", "nonsense\n");
            case 3 -> board.remove(WIFI);
            case 4 -> connect("-" + number);
            case 5 -> board.unplug();
            case 6 -> board.plugIn();
            case 7 -> now = now.plusSeconds(number * 3600L);
            case 8 -> now = now.minusSeconds(number * 60L);
            case 9, 10 -> board.level(4, number % 2 == 0);
            default -> board.put("/proc/loadavg", "0.%02d 0.30 0.25 1/90 1234\n".formatted(number));
        }
    }

    /** An edge and a look may be two readings of one second. */
    private void assertNoJump(String name, Map<String, Long> sequences) {
        long sequence = reading(name).getLong("mau:sequence", 0);
        long before = sequences.getOrDefault(name, 0L);
        assertTrue(sequence >= before && sequence <= before + 3, name + ": " + before + " then " + sequence);
        sequences.put(name, sequence);
    }

    @Test
    void allThatIsDueAboutNowIsReadInOneGoAndAPeriodDoesNotGrow() {
        Sensor load = sensor("load", LOAD);
        Sensor air = sensor("air", AIR);
        turn();
        Instant start = now;
        for (int turns = 1; turns <= 1000; turns++) {
            now = now.plus(air.untilDue(now)).plusMillis(turns % 7);
            assertTrue(load.untilDue(now).compareTo(ChannelSampler.TOGETHER) <= 0);
            turn();
        }
        assertTrue(Duration.between(start.plusSeconds(1000), now).toMillis() < 10, "a thousand periods, and no drift");
    }
}
