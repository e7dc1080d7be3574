package org.maunode.ble.air;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.Sighting;

/** A central of the air. */
final class FakeCentral implements Central {
    private final FakeAir air;
    private final BluetoothAddress address;
    private final List<Consumer<Sighting>> listening = new ArrayList<>();
    private boolean closed;

    FakeCentral(FakeAir air, BluetoothAddress address) {
        this.air = air;
        this.address = address;
    }

    BluetoothAddress address() {
        return address;
    }

    @Override
    public String name() {
        return "air";
    }

    @Override
    public Scan scan(Consumer<Sighting> seen) {
        synchronized (air) {
            requireAdapter();
            listening.add(seen);
            air.visible().forEach(sighting -> tell(seen, sighting));
            return () -> stop(seen);
        }
    }

    private void stop(Consumer<Sighting> seen) {
        synchronized (air) {
            listening.remove(seen);
        }
    }

    void sees(Sighting sighting) {
        List.copyOf(listening).forEach(seen -> tell(seen, sighting));
    }

    private void tell(Consumer<Sighting> seen, Sighting sighting) {
        air.ether().now(() -> {
            if (listens(seen)) {
                seen.accept(sighting);
            }
        });
    }

    private boolean listens(Consumer<Sighting> seen) {
        synchronized (air) {
            return listening.contains(seen);
        }
    }

    @Override
    public Connection connect(BluetoothAddress peer, LinkListener listener, Duration patience) {
        synchronized (air) {
            requireAdapter();
            awaitSightOf(peer, System.nanoTime() + patience.toNanos());
            Contact contact = air.meet(this, peer, listener);
            return new Connection(contact.info(), contact.end(Contact.From.CENTRAL));
        }
    }

    private void awaitSightOf(BluetoothAddress peer, long deadline) {
        while (!air.isVisible(peer)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new GattException(GattException.Reason.NOT_FOUND, peer + " was not heard");
            }
            sleepUntilChange(left);
            requireAdapter();
        }
    }

    private void sleepUntilChange(long nanos) {
        try {
            air.wait(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException ours) {
            Thread.currentThread().interrupt();
            throw new GattException(GattException.Reason.INTERRUPTED, "interrupted while looking", ours);
        }
    }

    private void requireAdapter() {
        if (closed || air.isAway(address)) {
            throw new GattException(GattException.Reason.NO_ADAPTER, "there is no adapter " + address);
        }
    }

    @Override
    public void close() {
        synchronized (air) {
            closed = true;
            listening.clear();
            air.end(contact -> contact.central == this, "the central stopped");
        }
    }
}
