package org.maunode.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.bluez.Pairing;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.radio.Centrals;

/**
 * What a node was told of its radio.
 *
 * @param wanted whether there is to be one
 * @param adapter which; empty for the first
 * @param frame as in {@link Radios}
 * @param pairing how phones may pair at link level; empty if BlueZ's own setting is to hold
 */
public record RadioOptions(
        Wanted wanted, Optional<BluetoothAddress> adapter, int frame, Optional<PairingOptions> pairing) {
    /** Where Linux lists its adapters; there once it knows Bluetooth. */
    static final Path ADAPTERS = Path.of("/sys/class/bluetooth");

    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    /** Whether there is to be one. */
    public enum Wanted {
        /** If this machine knows Bluetooth when the node starts. */
        IF_THERE,
        /** Even if it is plugged in later. */
        YES,
        NO
    }

    /**
     * How phones may pair.
     *
     * @param display the file that a passkey is shown in; empty for a board that cannot show one
     * @param window how long they may, from each start of the node on
     */
    public record PairingOptions(Optional<Path> display, Pairing.Bonds bonds, Duration window) {
        public PairingOptions {
            Objects.requireNonNull(display);
            Objects.requireNonNull(bonds);
            Objects.requireNonNull(window);
        }

        Pairing pairing() {
            return display.map(file -> new Pairing(Pairing.Capability.DISPLAY, bonds, new Shown(file)))
                    .orElseGet(() -> Pairing.withoutDisplay(bonds));
        }
    }

    public RadioOptions {
        Objects.requireNonNull(wanted);
        Objects.requireNonNull(adapter);
        Objects.requireNonNull(pairing);
    }

    /** The radios of this machine; empty if none are wanted, or it has none. Touches nothing but the file system. */
    Optional<Radios> ofThisMachine(Map<String, String> environment, InstantSource clock) {
        boolean there = wanted == Wanted.YES || wanted == Wanted.IF_THERE && Files.isDirectory(ADAPTERS);
        return there ? Optional.of(radios(environment, clock)) : Optional.empty();
    }

    private Radios radios(Map<String, String> environment, InstantSource clock) {
        return new Radios(
                frame,
                Optional.of(() -> peripheral(BusAddress.system(environment), clock)),
                Optional.of(() -> Centrals.open(adapter, Centrals.Choice.ANY, environment)),
                List.of());
    }

    private Peripheral peripheral(BusAddress bus, InstantSource clock) {
        Optional<Pairing> way = pairing.map(PairingOptions::pairing);
        BluezPeripheral made = new BluezPeripheral(new BluezPeripheral.Options(bus, adapter, way), clock);
        pairing.ifPresent(options -> made.openPairing(options.window()));
        return made;
    }

    /** A passkey in a file: whatever shows things on this board shows that. */
    private record Shown(Path file) implements Pairing.Display {
        @Override
        public void show(String passkey) {
            write(passkey + "\n");
        }

        @Override
        public void clear() {
            write("");
        }

        /** A terminal is there already, and stays as it is. */
        private void makeOwnersOnly() throws IOException {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        }

        private void write(String text) {
            try {
                makeOwnersOnly();
                Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException unwritable) {
                LOG.log(Level.WARNING, "no passkey can be shown in {0}: {1}", new Object[] {
                    file, unwritable.getMessage()
                });
            }
        }
    }
}
