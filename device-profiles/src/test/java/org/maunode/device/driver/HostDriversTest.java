package org.maunode.device.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.device.driver.Channels.amount;
import static org.maunode.device.driver.Channels.open;
import static org.maunode.device.driver.Channels.ready;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.Wires;

/** The host's drivers on what real kernels showed. */
final class HostDriversTest {
    private final FakeKernelFiles pi = FakeKernelFiles.recorded("raspberry-pi-3");
    private final FakeKernelFiles server = FakeKernelFiles.recorded("virtual-server");

    @Test
    void readWhatARaspberryPiShows() {
        assertEquals(amount("25.2"), ready("cpu-temperature", pi).read());
        assertEquals(
                "Linux thermal zone cpu-thermal", ready("cpu-temperature", pi).technique());
        assertEquals(amount("0.08"), ready("load", pi).read());
        assertEquals(amount("884000000"), ready("memory", pi).read());
        assertEquals(amount("8"), ready("uptime", pi).read());
        assertEquals(amount("85675000000"), ready("storage", pi).read());
    }

    @Test
    void readWhatAServerShows() {
        assertEquals(amount("266077000"), ready("network-received", server).read());
        assertEquals(amount("846000"), ready("network-sent", server).read());
    }

    @Test
    void sayWhatAMachineHasNot() {
        assertEquals(new Opened.Absent("this machine has no CPU temperature sensor"), open("cpu-temperature", server));
        assertEquals(new Opened.Absent("this machine has no physical network interface"), open("network-sent", pi));
        assertEquals(new Opened.Absent("this machine has no /proc/loadavg"), open("load", new FakeKernelFiles()));
    }

    @Test
    void areAbsentWhereTheKernelDoesNotLetThemBeFound() {
        for (int i = 0; i < KernelFiles.MAX_CHILDREN; i++) {
            server.directory("/sys/class/net/tap" + i + "/device");
        }
        Opened.Absent absent = assertInstanceOf(Opened.Absent.class, open("network-sent", server));
        assertTrue(
                absent.why().startsWith("this machine does not show its physical network interface: /sys/class/net/"));
    }

    @Test
    void readThisVeryMachineInItsRange(@TempDir Path home) {
        Wires wires = Wires.ofThisMachine(home);
        int ready = 0;
        for (SensorChannel channel : Profiles.host().sensors()) {
            if (Drivers.open(channel, wires) instanceof Opened.Ready(Driver driver)) {
                assertInstanceOf(Sample.Amount.class, driver.read());
                ready++;
            }
        }
        assertTrue(ready >= 4, "load, memory, storage and uptime are everywhere, but only " + ready + " were read");
    }

    @Test
    void addUpPhysicalInterfacesAndLeaveOutBridges() {
        server.write("/sys/class/net/wlan0/statistics/rx_bytes", "1000000\n").directory("/sys/class/net/wlan0/device");
        server.write("/sys/class/net/br0/statistics/rx_bytes", "99999999\n");
        assertEquals(amount("267077000"), ready("network-received", server).read());
    }

    @Test
    void showAnUnpluggedInterfaceAsAFault() {
        Driver driver = ready("network-sent", server);
        server.remove("/sys/class/net/eth0");
        FaultsTest.assertFault(DriverException.Reason.VANISHED, driver);
        server.write("/sys/class/net/eth0/statistics/tx_bytes", "5000\n").directory("/sys/class/net/eth0/device");
        assertEquals(amount("5000"), driver.read());
    }
}
