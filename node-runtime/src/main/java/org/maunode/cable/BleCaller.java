package org.maunode.cable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.line.Line;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.SecretIdentity;

/**
 * Calls peers over Bluetooth LE, for who is no node. A line carries one call at a time from here: close a {@link RemotePeer}
 * before the next is dialled at its address. Thread-safe.
 */
public final class BleCaller implements AutoCloseable {
    private final Cables cables;
    private final PeerDialer dialer;

    /**
     * @param central belongs to this from now on
     * @param frame the longest frame that is sent, in bytes, although a link would take longer ones: 244 on a radio
     */
    public BleCaller(SecretIdentity identity, Central central, int frame) {
        this.cables = new Cables(identity.fingerprint(), new Carrier(frame), () -> central);
        this.dialer = new PeerDialer(identity, DialerOptions.DEFAULT, List::of, cables);
    }

    /**
     * Connects, unless there is a line already. Blocks.
     *
     * @return who the node says that it is, which nothing proves yet
     * @throws GattException why not
     */
    public NodeInfo reach(BluetoothAddress address, Duration patience) {
        return cables.reach(address, patience);
    }

    /**
     * Calls the peer at {@code address}, and proves that it is {@code expected}; connects first if need be. Blocks.
     *
     * @throws ExchangeException with {@code UNREACHABLE}, {@code TIMED_OUT} or {@code WRONG_IDENTITY}
     */
    public RemotePeer dial(Fingerprint expected, BluetoothAddress address) {
        return dialer.dial(expected, BleAddress.of(address));
    }

    /** Takes calls of peers that are reached from now on, as a {@link org.maunode.http.PeerServer#plug} does; before, none is. */
    public void serve(Cables.Switchboard server) {
        cables.serve(server);
    }

    /** What goes over the line to {@code address}, if there is one. */
    public Optional<Line.Traffic> traffic(BluetoothAddress address) {
        return cables.traffic(address);
    }

    /** Ends every call and line, lets the radio go, and ends every thread. */
    @Override
    public void close() {
        dialer.close();
        cables.close();
    }
}
