package org.maunode.tools;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.line.Line;
import org.maunode.http.PeerServer;
import org.maunode.http.Plug;

/** What a server serves to its network, served to the air. */
final class OnAir implements AutoCloseable {
    private final PeerServer server;
    private final Carrier carrier = new Carrier(495);
    private final Peripheral peripheral;
    final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();

    OnAir(FakeAir air, BluetoothAddress address, PeerServer server, NodeInfo info) {
        this.server = server;
        this.peripheral = air.peripheral(address);
        peripheral.offer(new Peripheral.Offer(info, List.of()), carrier.answering(this::take, lines::add));
    }

    private SocketChannel take(Line line, byte first) throws IOException {
        return server.plug(new Plug(line.peer().text(), line.peer().hashCode(), first == 22, _ -> {}));
    }

    @Override
    public void close() {
        peripheral.close();
        carrier.close();
    }
}
