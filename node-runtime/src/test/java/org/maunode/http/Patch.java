package org.maunode.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A wire made of copper: whoever connects to its entrance comes out of a server's plug. */
final class Patch implements AutoCloseable {
    private final PeerServer server;
    private final Plug plug;
    private final ServerSocketChannel entrance;

    Patch(PeerServer server, Plug plug) throws IOException {
        this.server = server;
        this.plug = plug;
        this.entrance = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        try {
            return (InetSocketAddress) entrance.getLocalAddress();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /** One {@code .ble} address, and this behind it. */
    Exits exits() {
        return address -> address.getHostString().endsWith(".ble") ? Optional.of(address()) : Optional.empty();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = entrance.accept();
                SocketChannel far = server.plug(plug);
                near.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofVirtual().start(() -> copy(near, far));
                Thread.ofVirtual().start(() -> copy(far, near));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** To the end of one side, which ends the other too. */
    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer bytes = ByteBuffer.allocate(8192);
        try (from;
                to) {
            while (from.read(bytes.clear()) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    to.write(bytes);
                }
            }
        } catch (IOException broken) {
            // Closed, both.
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
