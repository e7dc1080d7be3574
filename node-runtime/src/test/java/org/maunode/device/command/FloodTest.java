package org.maunode.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.CommandResult;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** Too many commands: the node goes on, and so do other commanders. */
class FloodTest {
    private static final int FLOOD = 10_000;

    @TempDir
    private Path root;

    private Greenhouse house;

    @BeforeEach
    void build() {
        house = new Greenhouse(root);
        house.clerk.begin();
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** CM-20. */
    @Test
    void tenThousandAtOnceAreAnsweredTogetherAndCostNothing() throws IOException {
        byte[] message = Greenhouse.sealed(house.on("pump"), Greenhouse.NODE.publicIdentity());
        for (int i = 0; i < FLOOD; i++) {
            house.put(house.ulid(), message);
        }
        house.look();
        house.runs(Commander.GATHERED);
        assertEquals(List.of("opened off"), house.pump.moves);
        assertEquals(Commander.MOST_AT_ONCE + 1, house.results());
        JsonObject together = togetherIn(newest());
        assertEquals("busy", together.getString("mau:resultCode", ""));
        assertEquals(
                "Refused: " + (FLOOD - Commander.MOST_AT_ONCE)
                        + " commands came too fast and were not read; 20 at once and one every 1 s are",
                together.getString("description", ""));
        assertEquals(
                CommandResult.MOST_NAMED, together.get("mau:command").asArray().size());
        assertTrue(Files.size(root.resolve(".mau-node/" + Desk.JOURNAL)) < Ledger.MAX_BYTES);
        house.restart();
        house.look();
        assertEquals(Commander.MOST_AT_ONCE + 1, house.results(), "and none of them is looked at again");
    }

    private StoredFile newest() {
        return house.store.list(Greenhouse.NODE.fingerprint(), Position.START, 10_000).stream()
                .filter(file -> file.name().value().startsWith("res-"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private JsonObject togetherIn(StoredFile file) {
        return Greenhouse.read(file, Greenhouse.ALICE);
    }

    private Command sendOne() {
        Command command = house.on("pump");
        house.send(command);
        return command;
    }

    /** CM-20: the limit, and one more. */
    @Test
    void theTwentyFirstOfASecondIsBusyAndTheNextSecondIsHeardAgain() {
        Command last = sendOne();
        for (int i = 1; i < Commander.MOST_AT_ONCE; i++) {
            last = sendOne();
        }
        Command over = sendOne();
        house.look();
        assertEquals("applied", house.code(last));
        assertEquals("none", house.code(over));
        house.runs(Commander.GATHERED);
        assertEquals("busy", house.code(over));
        assertEquals("applied", house.obeys(house.on("pump")));
        assertEquals("none", house.obeys(house.on("pump")));
    }

    /** CM-20. */
    @Test
    void oneCommanderIsNotDelayedByAnother() {
        house.account.keyring().addToGroup(Greenhouse.BOB.fingerprint(), "gardeners");
        for (int i = 0; i <= Commander.MOST_AT_ONCE; i++) {
            sendOne();
        }
        Command other = house.by(Greenhouse.BOB.fingerprint(), house.off("pump"));
        assertEquals("applied", house.obeys(other));
        assertEquals("off", house.pump.last());
    }

    /** CM-20: refusals cost the card something, so they are few. */
    @Test
    void whoIsRefusedTooOftenIsHeardOnceAMinute() {
        for (int i = 0; i < Commander.MOST_REFUSALS; i++) {
            house.passes(Commander.ONE_EACH);
            house.counter = 100 + i;
            assertEquals("unknown-channel", house.obeys(house.on("cellar")));
        }
        house.counter = 1000;
        assertEquals("none", house.obeys(house.on("pump")));
        house.passes(Commander.REFUSAL_EACH);
        assertEquals("applied", house.obeys(house.on("pump")));
    }

    /** CM-21. */
    @Test
    void theNewestResultsAreKept() throws IOException {
        List<Ulid> old = new ArrayList<>();
        byte[] message = Greenhouse.sealed(house.on("pump"), Greenhouse.NODE.publicIdentity());
        Path own = root.resolve(Greenhouse.NODE.fingerprint().toString());
        Files.createDirectories(own);
        for (int i = 0; i < Results.MOST + 10; i++) {
            Path file = own.resolve(CommandId.resultOf(house.ulid()) + ".pgp");
            Files.write(file, message);
            Files.setLastModifiedTime(file, FileTime.from(Greenhouse.MADE.plusSeconds(i)));
            old.add(CommandId.ofFile(file.getFileName().toString().replace("res-", "cmd-"))
                    .orElseThrow());
        }
        Command command = house.on("pump");
        assertEquals("applied", house.obeys(command));
        assertEquals(Results.MOST, house.results());
        assertTrue(house.own(CommandId.resultOf(old.get(10))).isEmpty());
        assertTrue(house.own(CommandId.resultOf(old.get(11))).isPresent());
    }

    /** CM-25: nothing is due, so nothing is done. */
    @Test
    void aDeskAtRestWaitsForNothing() {
        assertTrue(house.clerk.nextNanos().isEmpty());
        house.obeys(house.on("pump", Duration.ofSeconds(7)));
        assertEquals(Duration.ofSeconds(7).toNanos(), house.clerk.nextNanos().orElseThrow() - house.nanos);
        house.runs(Duration.ofSeconds(7));
        assertTrue(house.clerk.nextNanos().isEmpty());
    }
}
