package org.maunode.http;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A peer in HTTP/2 that answers the n-th request with whatever frames it was told. */
final class ScriptedHttp2Server implements AutoCloseable {
    /** Answers one request. */
    interface Script {
        void answer(int number, int stream, OutputStream out) throws IOException;
    }

    private final SSLServerSocket listener;
    private final Script script;
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread acceptor;

    ScriptedHttp2Server(SSLContext tls, Script script) throws IOException {
        this.listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {Tls.H2});
        listener.setSSLParameters(parameters);
        this.script = script;
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int requests() {
        return requests.get();
    }

    /** Waits until the other side has closed its first connection. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void accept() {
        try {
            while (true) {
                SSLSocket socket = (SSLSocket) listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            in.readFully(new byte[Frames.PREFACE.length]);
            out.write(Frames.settings());
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                in.readFully(new byte[length]);
                if (type == Frames.HEADERS) {
                    script.answer(requests.incrementAndGet(), stream, out);
                } else if (type == Frames.SETTINGS && flags == 0) {
                    out.write(Frames.settingsAck());
                }
                out.flush();
            }
        } catch (IOException | UncheckedIOException gone) {
            // The other side has had enough.
        } finally {
            ended.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SSLSocket socket : open) {
            socket.close();
        }
        try {
            acceptor.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
