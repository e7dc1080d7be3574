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
import org.maunode.cable.BleAddress;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeContract;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/**
 * A server and its callers over Bluetooth LE. Raw requests come from the JDK's client, through a loopback entrance; each has a
 * call of its own, since the next one may be anybody's.
 */
final class BleWire implements ExchangeContract.Wire {
    private static final TlsIdentity FRIEND = TestIdentities.ed25519();
    private static final String CLAIM = "[2001:db8::77]:6275";
    private static final TlsIdentity STRANGER = TestIdentities.rsa();

    private final BleLines lines;
    private final HttpClient.Version version;
    private final PeerServer server;
    private final PeerDialer friend;
    private final PeerDialer stranger;

    /** @param lines stay when the wire is closed */
    BleWire(BleLines lines, Function<Fingerprint, Exchange> exchange, HttpClient.Version version, DialerOptions options)
            throws IOException {
        this.lines = lines;
        this.version = version;
        this.server = PeerServer.start(
                BleLines.NODE,
                exchange.apply(BleLines.NODE.fingerprint()),
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        lines.node().serve(server::plug);
        this.friend = new PeerDialer(
                FRIEND, options, () -> List.of(CLAIM), lines.friend().cables());
        this.stranger =
                new PeerDialer(STRANGER, options, List::of, lines.stranger().cables());
    }

    private static RemotePeer dial(PeerDialer as, BleLines.Caller by) {
        return as.dial(BleLines.NODE.fingerprint(), BleAddress.of(by.node()));
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
        return dial(friend, lines.friend());
    }

    @Override
    public RemotePeer asStranger() {
        return dial(stranger, lines.stranger());
    }

    @Override
    public ExchangeContract.Raw raw(String method, String target, Map<String, String> headers) {
        return raw(Anonymous.tls(), method, target, headers);
    }

    @Override
    public ExchangeContract.Raw rawAsFriend(String method, String target, Map<String, String> headers) {
        return raw(Tls.context(FRIEND, List.of(CLAIM)), method, target, headers);
    }

    private ExchangeContract.Raw raw(SSLContext tls, String method, String target, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + lines.rawDoor().getPort() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(tls).version(version).build()) {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            client.shutdownNow();
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
        friend.close();
        stranger.close();
        server.close();
    }
}
