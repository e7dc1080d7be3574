package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.clock.NodeClock;
import org.maunode.device.Readers;
import org.maunode.device.command.Desk;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.Profiles;
import org.maunode.device.simulation.SimulatedBoard;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;

/** Commands from a shell to a node with a greenhouse, over HTTPS and by radio. */
@ExtendWith(OwnThreads.class)
class OrderTest {
    @TempDir
    Path directory;

    private final FakeAir air = new FakeAir(5);
    private Cli alice;
    private Cli house;
    private House node;

    /** The node: the real server and the real desk, on a simulated board. */
    private static final class House implements AutoCloseable {
        private final NodeClock clock;
        private final ContentStore store;
        private final Desk desk;
        private final PeerServer server;
        private final OnAir onAir;

        House(Cli owner, FakeAir air) throws IOException {
            Account account = Account.open(owner.home, Cli.PASSPHRASE.toCharArray());
            clock = NodeClock.start(account.privateDirectory().resolve("clock"));
            store = ContentStore.open(account, clock);
            Profile profile = Profiles.ready("greenhouse");
            desk = Desk.open(
                            account,
                            store,
                            profile,
                            new SimulatedBoard(profile, 1, clock).wires(),
                            new Readers.Everyone(),
                            clock)
                    .orElseThrow();
            desk.start();
            server = PeerServer.start(
                    account.identity(),
                    new StoreExchange(account, store),
                    ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
            onAir = new OnAir(
                    air,
                    new BluetoothAddress("00:AA:01:00:00:23"),
                    server,
                    new NodeInfo(owner.fingerprint().toString(), "house"));
        }

        String address() {
            return "127.0.0.1:" + server.address().getPort();
        }

        @Override
        public void close() {
            onAir.close();
            server.close();
            desk.close();
            store.close();
            clock.close();
        }
    }

    @BeforeEach
    void build() throws IOException {
        alice = Cli.with(directory, "alice");
        house = Cli.with(directory, "house");
        alice.befriend(house);
        house.mau("follow", "alice").ok();
        house.mau("groups", "add", "gardeners", "alice").ok();
        node = new House(house, air);
        alice.radios = _ -> air.central(new BluetoothAddress("00:AA:01:01:00:24"));
        alice.mau("follow", "house", "--address", node.address()).ok();
    }

    @AfterEach
    void close() {
        node.close();
        assertEquals(0, air.connections(), "a connection is left");
        air.close();
    }

    private Result order(String words, String way) {
        return alice.mau((words + " " + way).split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--timeout 30s", "--ble"})
    void aPumpIsTurnedOnAndOffAndItsNodeSaysSo(String way) {
        Result on = order("on house pump --for 10m", way).ok();
        assertTrue(on.out().startsWith("applied  Done: pump is on until "), on.out());
        assertEquals(
                List.of("applied  Done: pump is off"),
                order("off house pump", way).ok().lines());
        assertEquals(
                List.of("unchanged  Nothing to do: pump is off"),
                order("set house pump off", way).ok().lines());
    }

    @Test
    void aPlaceInANetworkIsNoPlaceInTheAir() {
        Result refused = alice.mau("on", "house", "pump", "--ble", "--address", "127.0.0.1");
        assertEquals(ExitCode.USAGE.code(), refused.code());
    }

    @Test
    void aNodeOutOfRangeIsToldAndNoCommandIsLeft() {
        alice.radios = _ -> {
            throw new GattException(GattException.Reason.NO_ADAPTER, "no adapter here");
        };
        assertEquals(
                ExitCode.NO_BLUETOOTH.code(),
                alice.mau("on", "house", "pump", "--ble").code());
        assertFalse(alice.mau("files").out().contains("cmd-"));
    }

    @Test
    void theAnswerIsOneDocument() {
        JsonObject told = alice.mau("on", "house", "pump", "--for", "5s", "--json")
                .ok()
                .json()
                .asObject();
        assertEquals(List.of("command", "channel", "expires", "result", "description", "autoOffAt"), told.names());
        assertEquals("applied", told.getString("result", ""));
        assertTrue(Instant.parse(told.getString("autoOffAt", "")).isAfter(Instant.EPOCH));
        assertTrue(told.getString("command", "").startsWith("/p2p/" + alice.fingerprint() + "/cmd-"));
    }

    @ParameterizedTest
    @CsvSource({"on cellar, unknown-channel", "set pump 5, out-of-range"})
    void aRefusalHasTheNodesWordsAndAnExitCodeOfItsOwn(String words, String code) {
        String[] said = words.replaceFirst(" ", " house ").split(" ");
        Result refused = alice.mau(said);
        assertEquals(ExitCode.DENIED.code(), refused.code());
        assertTrue(refused.out().startsWith(code + "  Refused: "), refused.out());
    }

    @Test
    void whoLostTheRightIsDenied() {
        house.mau("groups", "remove", "gardeners", "alice").ok();
        Result denied = alice.mau("on", "house", "pump");
        assertEquals(ExitCode.DENIED.code(), denied.code());
        assertTrue(denied.out().startsWith("denied  Refused: this key may not command pump"), denied.out());
    }

    @Test
    void aNodeThatDoesNotFollowSaysWhatToDo() {
        house.mau("unfollow", "alice").ok();
        Result refused = alice.mau("on", "house", "pump");
        assertEquals(ExitCode.DENIED.code(), refused.code());
        assertTrue(refused.err().contains("takes no files of yours"), refused.err());
    }

    @Test
    void aNodeThatIsAwayIsNotReachedAndNothingIsLeftAbout() throws IOException {
        node.close();
        assertEquals(
                ExitCode.UNREACHABLE.code(), alice.mau("on", "house", "pump").code());
        assertFalse(Files.exists(alice.published(""))
                && Files.list(alice.published("")).findAny().isPresent());
        Result left = alice.mau("on", "house", "pump", "--no-wait").ok();
        assertTrue(left.err().contains("left for house to fetch"), left.err());
        assertTrue(left.out().startsWith("sent  01"), left.out());
        node = new House(house, air);
        alice.radios = _ -> air.central(new BluetoothAddress("00:AA:01:01:00:24"));
    }

    @Test
    void aCommandThatNobodyAnswersEndsInTime() {
        node.desk.close();
        Result silent = alice.mau("on", "house", "pump", "--timeout", "1s");
        assertEquals(ExitCode.UNANSWERED.code(), silent.code());
        assertTrue(silent.err().contains("has not answered yet"), silent.err());
    }

    /** A clock that was set back, or an account restored from a backup, must not stop at the node's counter. */
    @Test
    void countersRiseWhateverTheClockDoes() throws IOException {
        alice.mau("on", "house", "pump").ok();
        alice.clock = InstantSource.offset(InstantSource.system(), Duration.ofHours(-2));
        Result behind = alice.mau("off", "house", "pump");
        assertFalse(behind.out().startsWith("replayed"), behind.out());
        alice.clock = InstantSource.system();
        Files.delete(alice.home.resolve(".mau-node/counters/" + house.fingerprint()));
        alice.mau("off", "house", "pump").ok();
    }

    @ParameterizedTest
    @CsvSource({
        "on house pump --for 5",
        "on house pump --for 0s",
        "on house pump --expires 2d",
        "on house Pump",
        "on house",
        "set house pump warm",
        "set house pump 1e9",
    })
    void whatIsNotUnderstoodIsSaidBeforeAnythingIsSent(String words) {
        assertEquals(ExitCode.USAGE.code(), alice.mau(words.split(" ")).code());
    }
}
