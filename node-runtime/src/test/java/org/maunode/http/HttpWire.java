package org.maunode.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeContract;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** A server and its callers over TCP; raw requests come from the JDK's client, which knows both versions of HTTP. */
final class HttpWire implements ExchangeContract.Wire {
    private static final TlsIdentity NODE = TestIdentities.ed25519();
    private static final TlsIdentity FRIEND = TestIdentities.ed25519();
    private static final String CLAIM = "[2001:db8::77]:6275";
    private static final TlsIdentity STRANGER = TestIdentities.rsa();

    private final HttpClient.Version version;
    private final PeerServer server;
    private final PeerDialer friend;
    private final PeerDialer stranger;
    private final HttpClient client;
    private final HttpClient friendsClient;

    HttpWire(Function<Fingerprint, Exchange> exchange, HttpClient.Version version, DialerOptions options)
            throws IOException {
        this.version = version;
        this.server = PeerServer.start(
                NODE,
                exchange.apply(NODE.fingerprint()),
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        this.friend = new PeerDialer(FRIEND, options, () -> List.of(CLAIM));
        this.stranger = new PeerDialer(STRANGER, options);
        this.client = client(Anonymous.tls());
        this.friendsClient = client(Tls.context(FRIEND, List.of(CLAIM)));
    }

    private HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
    }

    @Override
    public String claim() {
        return CLAIM;
    }

    @Override
    public Fingerprint friend() {
        return FRIEND.fingerprint();
    }

    @Override
    public RemotePeer asFriend() {
        return friend.dial(NODE.fingerprint(), server.address());
    }

    @Override
    public RemotePeer asStranger() {
        return stranger.dial(NODE.fingerprint(), server.address());
    }

    @Override
    public ExchangeContract.Raw raw(String method, String target, Map<String, String> headers) {
        return raw(client, method, target, headers);
    }

    @Override
    public ExchangeContract.Raw rawAsFriend(String method, String target, Map<String, String> headers) {
        return raw(friendsClient, method, target, headers);
    }

    private ExchangeContract.Raw raw(HttpClient asker, String method, String target, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.address().getPort() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = asker.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.version() != version) {
                throw new AssertionError("not " + version);
            }
            return new ExchangeContract.Raw(response.statusCode(), response.headers()::firstValue, response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Override
    public void close() {
        List.of(client, friendsClient).forEach(HttpClient::shutdownNow);
        List.of(client, friendsClient).forEach(HttpClient::close);
        List.of(friend, stranger).forEach(PeerDialer::close);
        server.close();
    }
}
