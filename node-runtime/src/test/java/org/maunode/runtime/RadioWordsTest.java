package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.ble.bluez.Pairing;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.session.Limits;
import org.maunode.runtime.RadioOptions.PairingOptions;
import org.maunode.runtime.RadioOptions.Wanted;

class RadioWordsTest {
    private static RadioOptions parse(String... words) {
        return NodeOptions.parse(List.of(words)).radio();
    }

    @Test
    void withoutAWordTheFirstAdapterIsUsedIfThereIsOne() {
        assertEquals(
                new RadioOptions(Wanted.IF_THERE, Optional.empty(), Limits.PREFERRED_FRAME, Optional.empty()), parse());
    }

    @Test
    void everythingCanBeSaid() {
        RadioOptions said = parse(
                "--ble",
                "--ble-adapter=00:aa:01:00:00:23",
                "--ble-frame=509",
                "--ble-pairing=passkey",
                "--ble-display=key",
                "--ble-bonds=refuse",
                "--ble-window=60");
        PairingOptions pairing =
                new PairingOptions(Optional.of(Path.of("key")), Pairing.Bonds.DROPPED, Duration.ofSeconds(60));
        assertEquals(
                new RadioOptions(
                        Wanted.YES, Optional.of(new BluetoothAddress("00:AA:01:00:00:23")), 509, Optional.of(pairing)),
                said);
        assertEquals(Pairing.Capability.DISPLAY, pairing.pairing().capability());
        assertEquals(Wanted.NO, parse("--no-ble").wanted());
    }

    @Test
    void aBoardWithoutADisplayPairsWithout() {
        PairingOptions pairing = parse("--ble-pairing", "none").pairing().orElseThrow();
        assertEquals(new PairingOptions(Optional.empty(), Pairing.Bonds.KEPT, Duration.ofSeconds(120)), pairing);
        assertEquals(Pairing.Capability.NONE, pairing.pairing().capability());
    }

    /** CA-12. */
    @ParameterizedTest
    @CsvSource({
        "--ble --no-ble, both",
        "--ble-adapter=here, no Bluetooth address",
        "--ble-frame=19, between 20 and 509",
        "--ble-frame=510, between 20 and 509",
        "--ble-frame=x, between 20 and 509",
        "--ble-pairing=please, not none or passkey",
        "--ble-pairing=passkey, needs --ble-display",
        "--ble-pairing=none --ble-display=file, shows nothing",
        "--ble-display=file, means nothing without",
        "--ble-bonds=keep, means nothing without",
        "--ble-window=5, means nothing without",
        "--ble-pairing=none --ble-bonds=some, not keep or refuse",
        "--ble-pairing=none --ble-window=0, between 1 and 3600",
        "--ble-pairing=none --ble-window=3601, between 1 and 3600",
        "--announce=00-aa-01-00-00-23.ble, leads nowhere",
        "--bootstrap=0123456789012345678901234567890123456789@00-aa-01-00-00-23.ble, leads nowhere"
    })
    void whatMakesNoSenseIsNamed(String words, String why) {
        UsageException refused = assertThrows(UsageException.class, () -> parse(words.split(" ")));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void aPeerMayBeWrittenDownByItsBluetoothAddress() {
        String peer = "0123456789012345678901234567890123456789@00-aa-01-00-00-23.ble";
        assertEquals(
                1, NodeOptions.parse(List.of("--peer", peer)).network().given().size());
    }

    @Test
    void whoeverDoesNotWantItTouchesNothing() {
        RadioOptions none = parse("--no-ble");
        assertEquals(Optional.empty(), none.ofThisMachine(Map.of(), InstantSource.system()));
        assertTrue(
                parse("--ble").ofThisMachine(Map.of(), InstantSource.system()).isPresent());
    }

    @Test
    void thePasskeyIsInTheFileAndThenNoMore(@TempDir Path place) throws Exception {
        Path file = place.resolve("key");
        Pairing pairing = parse("--ble-pairing=passkey", "--ble-display=" + file)
                .pairing()
                .orElseThrow()
                .pairing();
        pairing.display().show("012345");
        assertEquals("012345\n", Files.readString(file));
        pairing.display().clear();
        assertEquals("", Files.readString(file));
    }
}
