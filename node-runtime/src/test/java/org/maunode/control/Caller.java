package org.maunode.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program that says to the socket what it likes. */
final class Caller implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader reader;

    Caller(Path home) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(SocketFile.in(home)));
        reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    Caller send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        return this;
    }

    Caller send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Caller hangsUpHalf() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    String line() throws IOException {
        return reader.readLine();
    }

    /** Everything that comes until the other side hangs up. */
    List<String> lines() throws IOException {
        return reader.lines().toList();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
