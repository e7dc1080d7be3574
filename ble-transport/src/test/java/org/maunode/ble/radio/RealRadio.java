package org.maunode.ble.radio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.maunode.ble.air.Testbed;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Peripheral;

/** A machine with two adapters: {@code hci0} is the peripheral's, {@code hci1} the central's. Needs root, for the lab alone. */
record RealRadio(Centrals.Choice choice) implements Testbed {
    private static final BluetoothAddress PERIPHERAL = new BluetoothAddress("00:AA:01:00:00:00");
    private static final BluetoothAddress CENTRAL = new BluetoothAddress("00:AA:01:01:00:01");

    @Override
    public Central central() {
        return Centrals.open(Optional.of(CENTRAL), choice, System.getenv());
    }

    @Override
    public Peripheral peripheral() {
        BluezPeripheral.Options options = new BluezPeripheral.Options(
                BusAddress.system(System.getenv()), Optional.of(PERIPHERAL), Optional.empty());
        return new BluezPeripheral(options, InstantSource.system());
    }

    @Override
    public BluetoothAddress peer() {
        return PERIPHERAL;
    }

    @Override
    public Hold stranger() {
        shell("timeout 10 btmgmt --index 0 add-adv -c -g 1");
        return () -> shell("timeout 10 btmgmt --index 0 rm-adv 1");
    }

    @Override
    public Hold adapterAway() {
        shell("timeout 10 btmgmt --index 1 power off");
        return () -> shell("timeout 10 btmgmt --index 1 power on");
    }

    @Override
    public int connections() {
        String count = "hcitool -i hci1 con | grep -c handle";
        String settled = "for i in $(seq 20); do [ $(" + count + ") = 0 ] && break; sleep 0.1; done; " + count;
        return Integer.parseInt(shell(settled).strip());
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(Integer.getInteger("patience", 60));
    }

    /** What BlueZ remembers of each other is forgotten, so that each case finds the node anew. */
    void forget() {
        shell(
                "for i in 0 1; do for d in $(busctl tree --list org.bluez | grep \"^/org/bluez/hci$i/dev_[0-9A-F_]*$\"); do "
                        + "busctl call org.bluez /org/bluez/hci$i org.bluez.Adapter1 RemoveDevice o $d; done; done");
    }

    /** Its input stays open: btmgmt ends where that ends, and may not have said a word to the kernel by then. */
    static String shell(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said;
        } catch (IOException failed) {
            throw new IllegalStateException(command, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "0";
        }
    }
}
