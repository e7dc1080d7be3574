package org.maunode.ble.tinyb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tinyb.BluetoothManager;

class NativesTest {
    @Test
    void hasLibrariesForWhatTheJarHolds() {
        for (String machine : List.of("amd64", "x86_64", "i386", "arm")) {
            String folder = Natives.folder(machine).orElseThrow();
            assertNotNull(BluetoothManager.class.getResource(folder + "libtinyb.so"), machine);
            assertNotNull(BluetoothManager.class.getResource(folder + "libjavatinyb.so"), machine);
        }
    }

    @Test
    void hasNoneForOtherMachines() {
        for (String machine : List.of("aarch64", "riscv64", "")) {
            assertEquals(Optional.empty(), Natives.folder(machine));
        }
    }
}
