package org.maunode.ble.air;

import java.util.Optional;
import java.util.OptionalInt;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.gatt.Sighting;

/** A peripheral of the air. */
final class FakePeripheral implements Peripheral {
    record Serving(Offer offer, Acceptor acceptor) {}

    private final FakeAir air;
    private final BluetoothAddress address;
    private Optional<Serving> serving = Optional.empty();

    FakePeripheral(FakeAir air, BluetoothAddress address) {
        this.air = air;
        this.address = address;
    }

    BluetoothAddress address() {
        return address;
    }

    @Override
    public void offer(Offer offer, Acceptor acceptor) {
        synchronized (air) {
            if (serving.isPresent()) {
                throw new IllegalStateException(address + " is serving already");
            }
            serving = Optional.of(new Serving(offer, acceptor));
            air.changed(address);
        }
    }

    Optional<Serving> serving() {
        synchronized (air) {
            return serving;
        }
    }

    Optional<Sighting> sighting() {
        return serving().map(now -> sighting(now.offer().info()));
    }

    private Sighting sighting(NodeInfo info) {
        return new Sighting(address, Optional.of(info.hint()), Optional.of(info.name()), OptionalInt.empty());
    }

    @Override
    public void close() {
        synchronized (air) {
            serving = Optional.empty();
            air.end(contact -> contact.peripheral == this, "the peripheral stopped");
        }
    }
}
