package org.maunode.cable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.maunode.http.Plug;

/** A switchboard whose other ends are the test's. */
final class Exchanges implements Cables.Switchboard, AutoCloseable {
    private final ServerSocketChannel server;
    private final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();

    /** A call, and who it came from. */
    record Taken(Plug plug, SocketChannel socket) {}

    Exchanges() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public SocketChannel plug(Plug plug) throws IOException {
        SocketChannel near = SocketChannel.open(server.getLocalAddress());
        taken.add(new Taken(plug, server.accept()));
        return near;
    }

    Taken next() throws InterruptedException {
        Taken next = taken.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody called");
        }
        return next;
    }

    static void say(SocketChannel to, String words) throws IOException {
        to.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
    }

    /** As many characters as are expected. */
    static String hear(SocketChannel from, int count) throws IOException {
        ByteBuffer heard = ByteBuffer.allocate(count);
        while (heard.hasRemaining() && from.read(heard) >= 0) {
            // More to come.
        }
        return new String(heard.array(), 0, heard.position(), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
