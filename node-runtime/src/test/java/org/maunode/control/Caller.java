package org.maunode.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Everything that comes until the other side hangs up; who said more than was read hears of a reset then. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (SocketException reset) {
            return lines;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
