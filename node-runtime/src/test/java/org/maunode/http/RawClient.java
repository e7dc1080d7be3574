package org.maunode.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A caller that sends any bytes over TLS, and sees what happens. */
final class RawClient implements AutoCloseable {
    /** Longer than any limit in a test; a server that takes this long has failed. */
    private static final int PATIENCE = 20_000;

    private final SSLSocket socket;
    private final DataInputStream in;

    private RawClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static RawClient open(InetSocketAddress address, SSLContext tls, String protocol) throws IOException {
        return open(address, tls, protocol, 0);
    }

    /** With a small receive buffer a reader stalls its sender soon. */
    static RawClient open(InetSocketAddress address, SSLContext tls, String protocol, int receiveBuffer)
            throws IOException {
        Socket plain = new Socket();
        if (receiveBuffer > 0) {
            plain.setReceiveBufferSize(receiveBuffer);
        }
        plain.connect(address, PATIENCE);
        plain.setSoTimeout(PATIENCE);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", address.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new RawClient(socket);
    }

    static RawClient http1(InetSocketAddress address) throws IOException {
        return open(address, Anonymous.tls(), Tls.HTTP_1_1);
    }

    /** With preface and empty settings sent. */
    static RawClient http2(InetSocketAddress address) throws IOException {
        RawClient client = open(address, Anonymous.tls(), Tls.H2, 8192);
        client.send(Frames.PREFACE);
        client.send(Frames.settings());
        return client;
    }

    SSLSocket socket() {
        return socket;
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        socket.getOutputStream().write(all.toByteArray());
        socket.getOutputStream().flush();
    }

    /** Sends again and again, until the server has enough of it. */
    void sendUntilCut(byte[]... parts) {
        try {
            while (true) {
                send(parts);
            }
        } catch (IOException cut) {
            // What was waited for.
        }
    }

    /** One line without its end; empty at the end of the stream. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** The next HTTP/1.1 answer's status line and header, and its content by its length. */
    String answer() throws IOException {
        String status = line();
        int length = 0;
        for (String header; !(header = line()).isEmpty(); ) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        return status + " " + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** The next frame; empty when the server has closed. */
    Optional<Frames.Frame> frame() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return Optional.of(new Frames.Frame(type, flags, stream, in.readNBytes(length)));
        } catch (EOFException | SocketException | SSLException closed) {
            return Optional.empty();
        }
    }

    /** Reads until the server closes; fails if it does not. */
    byte[] untilClosed() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the server keeps the connection", open);
        } catch (SocketException | SSLException reset) {
            // Closed the hard way.
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
