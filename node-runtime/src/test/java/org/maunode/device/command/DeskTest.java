package org.maunode.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.clock.NodeClock;
import org.maunode.device.Readers;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.Setting;
import org.maunode.device.simulation.SimulatedBoard;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.PowerCut;
import org.maunode.store.StoredFile;

/** The desk with its thread, the real drivers on a simulated board, and the real time. */
class DeskTest {
    private static final int PATIENCE_SECONDS = 30;

    @TempDir
    private Path root;

    private final LinkedBlockingQueue<Fingerprint> news = new LinkedBlockingQueue<>();
    private Account account;
    private NodeClock clock;
    private ContentStore store;
    private Desk desk;
    private long counter;

    @BeforeEach
    void open() {
        account = PowerCut.account(root, Greenhouse.NODE, Instant::now);
        account.keyring().add(Greenhouse.ALICE.publicIdentity());
        account.keyring().createGroup("gardeners");
        account.keyring().addToGroup(Greenhouse.ALICE.fingerprint(), "gardeners");
        clock = NodeClock.start(account.privateDirectory().resolve("clock"));
        store = ContentStore.open(account, clock);
        store.follow(Greenhouse.ALICE.fingerprint());
        store.onChange(news::add);
        desk = desk();
        desk.start();
    }

    private Desk desk() {
        var profile = Profiles.ready("greenhouse");
        var wires = new SimulatedBoard(profile, 1, clock).wires();
        return Desk.open(account, store, profile, wires, new Readers.Everyone(), clock)
                .orElseThrow();
    }

    @AfterEach
    void close() {
        desk.close();
        store.close();
        clock.close();
    }

    private Command put(String channel, Duration time) throws IOException {
        Instant now = Instant.now();
        Command command = new Command(
                new CommandId(Greenhouse.ALICE.fingerprint().toString(), Ulid.at(now, new Random(counter))),
                Greenhouse.NODE.fingerprint().toString(),
                channel,
                Act.ACTIVATE,
                Setting.ON,
                Optional.empty(),
                Optional.of(time),
                now,
                now.plusSeconds(60),
                ++counter,
                "on");
        Path directory = root.resolve(Greenhouse.ALICE.fingerprint().toString());
        Path whole = Files.write(root.resolve("whole"), Greenhouse.sealed(command, Greenhouse.NODE.publicIdentity()));
        Files.move(whole, directory.resolve(CommandId.documentOf(command.id().ulid()) + ".pgp"));
        return command;
    }

    private Optional<StoredFile> own(String document) {
        return store.find(Greenhouse.NODE.fingerprint(), FileName.published(document));
    }

    /** Waits for the store to tell of a change, after each of which it looks. */
    private void await(BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!there.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it does not come");
            news.poll(1, TimeUnit.SECONDS);
        }
    }

    private boolean isOn(String channel) {
        return own(channel + ".json")
                .map(file -> Greenhouse.read(file, Greenhouse.BOB))
                .filter(state -> state.getBoolean("value", false))
                .isPresent();
    }

    private String code(Command command) {
        return own(CommandId.resultOf(command.id().ulid()))
                .map(file -> Greenhouse.read(file, Greenhouse.ALICE))
                .map(result -> result.getString("mau:resultCode", ""))
                .orElse("");
    }

    /** CM-1, CM-23 and CM-25: however the file came there. */
    @Test
    void aFileThatAppearsIsObeyedAndTheChannelGoesOffByItself() throws Exception {
        Command command = put("pump", Duration.ofSeconds(1));
        await(() -> code(command).equals("applied"));
        await(() -> !isOn("pump"));
        JsonObject state = Greenhouse.read(own("pump.json").orElseThrow(), Greenhouse.BOB);
        assertTrue(state.getString("description", "").endsWith("the time of the command is over"), state::toString);
    }

    /** CM-24: and what came while it was away is dealt with at the start. */
    @Test
    void stoppingSwitchesOffAndTheNextStartCatchesUp() throws Exception {
        Command command = put("pump", Duration.ofMinutes(5));
        await(() -> code(command).equals("applied"));
        assertTrue(isOn("pump"));
        desk.close();
        assertFalse(isOn("pump"));
        Command missed = put("fan", Duration.ofMinutes(5));
        desk = desk();
        desk.start();
        await(() -> code(missed).equals("applied"));
        assertFalse(isOn("pump"));
        assertEquals("applied", code(command));
    }

    /** CM-26: the thread answers as long as it lives. */
    @Test
    void itIsAliveUntilItIsClosed() {
        assertTrue(desk.isAlive());
        desk.close();
        assertFalse(desk.isAlive());
        desk.close();
    }

    /** CM-25. */
    @Test
    void aProfileWithoutActuatorsHasNoDesk() {
        var profile = Profiles.host();
        var wires = new SimulatedBoard(profile, 1, clock).wires();
        assertTrue(Desk.open(account, store, profile, wires, new Readers.Everyone(), clock)
                .isEmpty());
    }
}
