package org.maunode.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.PowerCut;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

final class ReadingFileTest {
    private static final SensorChannel LOAD = Profiles.host().sensors().stream()
            .filter(channel -> channel.name().value().equals("load"))
            .findFirst()
            .orElseThrow();
    private static final FileName FILE = new FileName("load.json.pgp");
    private static final Instant TODAY = Instant.parse("2026-11-23T12:00:00Z");

    private static SecretIdentity identity;

    @TempDir
    private Path place;

    private Instant now = TODAY;

    @BeforeAll
    static void makeKeys() {
        identity = SecretIdentity.generate("node", "", TODAY.minus(Duration.ofDays(400)));
    }

    private ReadingFile file(Account account, ContentStore store, Duration every) {
        NodeId node = new NodeId(
                "/p2p/" + account.fingerprint(), account.fingerprint().toString(), "node");
        SignedDocuments documents = new SignedDocuments(account, store, new Readers.Everyone(), () -> now);
        WritePolicy policy = new WritePolicy(every, Duration.ofMinutes(1), 9);
        return new ReadingFile(new ReadingFile.Place(node, documents, new Retention.KeepLast(3), policy), LOAD);
    }

    private long publish(ReadingFile file, Duration later) {
        now = now.plus(later);
        Sample sample = new Sample.Amount(BigDecimal.valueOf(now.getEpochSecond()));
        return file.publish(new Observed.Measured(LOAD, sample, now, Quality.OK), "a script", now);
    }

    private Account account(String name) {
        return PowerCut.account(place.resolve(name), identity, () -> TODAY);
    }

    @Test
    void readingsAreSeenAtOnceAndWrittenOnceInAWhile() {
        Account account = account("node");
        PowerCut power = PowerCut.never();
        try (ContentStore store = power.open(account, () -> now)) {
            ReadingFile file = file(account, store, Duration.ofMinutes(4));
            publish(file, Duration.ZERO);
            publish(file, Duration.ofSeconds(1));
            int steps = power.steps();
            for (int i = 0; i < 50; i++) {
                publish(file, Duration.ofSeconds(1));
                StoredFile shown = store.find(account.fingerprint(), FILE).orElseThrow();
                assertTrue(shown.unwritten().isPresent());
            }
            assertEquals(steps, power.steps(), "no step of the disk in 50 s");
        }
        try (ContentStore store = ContentStore.open(account, () -> now)) {
            assertEquals(53, file(account, store, Duration.ZERO).publish(observed(), "a script", now));
        }
    }

    private Observed observed() {
        return new Observed.Measured(LOAD, new Sample.Amount(BigDecimal.ONE), now, Quality.OK);
    }

    @Test
    void aKilledProcessLeavesAReserveOfNumbers() {
        Account account = account("node");
        ContentStore killed = ContentStore.open(account, () -> now);
        ReadingFile before = file(account, killed, Duration.ofMinutes(4));
        publish(before, Duration.ZERO);
        publish(before, Duration.ofSeconds(1));
        try (ContentStore store = ContentStore.open(account, () -> now)) {
            ReadingFile after = file(account, store, Duration.ofMinutes(4));
            assertEquals(1 + Sequence.RESERVE + 1, publish(after, Duration.ofSeconds(1)));
            assertTrue(store.find(account.fingerprint(), FILE)
                    .orElseThrow()
                    .unwritten()
                    .isEmpty());
            assertFalse(store.mayBeBehind(FILE));
        }
        killed.close();
    }

    /** The power goes at any step, again and again, and no clock is kept: numbers rise all the same. */
    @Test
    void numbersNeverGoBackHoweverOftenThePowerGoes() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            Account account = account("board" + seed);
            long shown = 0;
            for (int life = 0; life < 5; life++) {
                now = TODAY.minusSeconds(random.nextInt(100_000));
                PowerCut power = PowerCut.at(1 + random.nextInt(120), random.nextBoolean());
                shown = lives(account, power, random, shown);
            }
            assertTrue(shown > 0);
        }
    }

    private long lives(Account account, PowerCut power, Random random, long before) {
        long[] shown = {before};
        PowerCut.cutShort(() -> {
            ContentStore store = power.open(account, () -> now);
            ReadingFile file = file(account, store, Duration.ofSeconds(1 + random.nextInt(240)));
            for (int i = 0; i < 150; i++) {
                long number = publish(file, Duration.ofMillis(random.nextInt(3000)));
                assertTrue(number > shown[0], number + " after " + shown[0]);
                shown[0] = number;
            }
            store.close();
        });
        return shown[0];
    }
}
