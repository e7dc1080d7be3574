package org.maunode.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A peer in HTTP/1.1 that answers each request line with whatever it was told, byte for byte. Knows no ALPN. */
final class ScriptedServer implements AutoCloseable {
    /** At the end of an answer: close the connection behind it. */
    static final String HANG_UP = "\0";

    private final SSLServerSocket listener;
    private final Function<String, String> script;
    private final List<String> requests = new ArrayList<>();
    private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private ScriptedServer(SSLServerSocket listener, Function<String, String> script) {
        this.listener = listener;
        this.script = script;
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    /**
     * @param script from the request's header, lines joined by newlines, to the answer; an empty answer keeps silent
     */
    static ScriptedServer start(SSLContext tls, Function<String, String> script) throws IOException {
        SSLServerSocket listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setWantClientAuth(true);
        return new ScriptedServer(listener, script);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    synchronized Optional<String> firstRequest() {
        return requests.stream().findFirst();
    }

    private synchronized void note(String request) {
        requests.add(request);
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
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (Optional<String> head; (head = head(in)).isPresent(); ) {
                note(head.get());
                String answer = script.apply(head.get());
                out.write(answer.replace(HANG_UP, "").getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (answer.endsWith(HANG_UP)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The other side has had enough.
        }
    }

    private static Optional<String> head(BufferedReader in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line; (line = in.readLine()) != null; ) {
            if (line.isEmpty()) {
                return Optional.of(head.toString());
            }
            head.append(line).append('\n');
        }
        return Optional.empty();
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
