package org.maunode.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Line;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;

/** A node that is on the air and nowhere else: an account's files, served by the real server over real lines. */
final class AirNode implements AutoCloseable {
    private final FakeAir air;
    private final BluetoothAddress address;
    final Account account;
    final ContentStore store;
    private final PeerServer server;
    private final OnAir onAir;
    final BlockingQueue<Line> lines;

    private AirNode(FakeAir air, BluetoothAddress address, Cli owner, NodeInfo info) throws IOException {
        this.air = air;
        this.address = address;
        this.account = Account.open(owner.home, Cli.PASSPHRASE.toCharArray());
        this.store = ContentStore.open(account);
        this.server = PeerServer.start(
                account.identity(),
                new StoreExchange(account, store),
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        this.onAir = new OnAir(air, address, server, info);
        this.lines = onAir.lines;
    }

    /** The account of {@code owner}, under its own name. */
    static AirNode of(FakeAir air, BluetoothAddress address, Cli owner) throws IOException {
        return saying(air, address, owner, owner.fingerprint().toString());
    }

    /** One that says of itself that it is {@code identity}. */
    static AirNode saying(FakeAir air, BluetoothAddress address, Cli owner, String identity) throws IOException {
        return new AirNode(air, address, owner, new NodeInfo(identity, owner.home.getFileName() + "'s node"));
    }

    /** Out of range. */
    void away() {
        air.away(address);
    }

    @Override
    public void close() {
        onAir.close();
        server.close();
        store.close();
    }
}
