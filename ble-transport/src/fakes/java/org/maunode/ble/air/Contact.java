package org.maunode.ble.air;

import java.util.Optional;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;

/**
 * One connection of a central to a peripheral, with an end for each. Its listeners are called on the air's thread alone;
 * whether it is over is guarded by the air's lock.
 */
final class Contact {
    /** Who says a frame: a peripheral's are heard by every central that it has. */
    enum From {
        CENTRAL,
        PERIPHERAL
    }

    final FakeCentral central;
    final FakePeripheral peripheral;
    final int mtu;
    private final FakeAir air;
    private final FakePeripheral.Serving serving;
    private final LinkListener atCentral;
    private Optional<LinkListener> atPeripheral = Optional.empty();
    private boolean closing;
    private boolean over;

    Contact(FakeAir air, FakeCentral central, FakePeripheral peripheral, int mtu, LinkListener atCentral) {
        this.air = air;
        this.central = central;
        this.peripheral = peripheral;
        this.mtu = mtu;
        this.serving = peripheral.serving().orElseThrow();
        this.atCentral = atCentral;
    }

    NodeInfo info() {
        return NodeInfo.decode(serving.offer().info().encode());
    }

    Link end(From side) {
        return new End(side);
    }

    private boolean isOpen() {
        synchronized (air) {
            return !closing && !over;
        }
    }

    private boolean isOver() {
        synchronized (air) {
            return over;
        }
    }

    /** On the air's thread. */
    void hear(From from, byte[] frame) {
        if (isOver()) {
            return;
        }
        if (from == From.PERIPHERAL) {
            atCentral.received(frame.clone());
            return;
        }
        if (atPeripheral.isEmpty()) {
            atPeripheral = Optional.of(serving.acceptor().accepted(end(From.PERIPHERAL)));
        }
        atPeripheral.get().received(frame.clone());
    }

    /** What is on its way is lost. Whoever calls it first is believed. */
    void end(String why) {
        synchronized (air) {
            if (over) {
                return;
            }
            over = true;
            air.forget(this);
        }
        air.ether().now(() -> {
            atCentral.lost(why);
            atPeripheral.ifPresent(listener -> listener.lost(why));
        });
    }

    private final class End implements Link {
        private final From side;
        private long busyUntil;

        End(From side) {
            this.side = side;
        }

        @Override
        public BluetoothAddress peer() {
            return side == From.CENTRAL ? peripheral.address() : central.address();
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public void send(byte[] frame, Runnable taken) {
            if (frame.length > mtu - 3) {
                throw new IllegalArgumentException(frame.length + " bytes do not fit an MTU of " + mtu);
            }
            synchronized (air) {
                busyUntil = Math.max(air.ether().time(), busyUntil) + air.pace().toNanos();
                if (isOpen()) {
                    air.carry(Contact.this, side, frame.clone(), busyUntil);
                }
                air.ether().at(busyUntil, taken);
            }
        }

        /** Ends behind what was sent before. */
        @Override
        public void close() {
            synchronized (air) {
                if (isOpen()) {
                    closing = true;
                    air.ether().at(busyUntil, () -> Contact.this.end("closed by the " + name()));
                }
            }
        }

        private String name() {
            return side == From.CENTRAL ? "central" : "peripheral";
        }
    }
}
