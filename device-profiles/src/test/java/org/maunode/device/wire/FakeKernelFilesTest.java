package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class FakeKernelFilesTest extends KernelFilesContract {
    @Override
    KernelFiles tree(Map<String, String> files) {
        FakeKernelFiles fake = new FakeKernelFiles();
        files.forEach(fake::write);
        return fake;
    }

    @Test
    void playsBackARecording() {
        FakeKernelFiles pi = FakeKernelFiles.recorded("raspberry-pi-3");
        assertEquals("25178\n", pi.text("/sys/class/thermal/thermal_zone0/temp"));
        assertEquals("Raspberry Pi 3 Model B\0", pi.text("/sys/firmware/devicetree/base/model"));
        assertTrue(pi.text("/proc/meminfo").startsWith("MemTotal:         936104 kB\nMemFree:"));
        assertFalse(pi.exists("/sys/class/net/lo/device"));
    }
}
