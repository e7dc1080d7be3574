package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.exchange.FakeExchange;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.openpgp.SecretIdentity;

/** Certificates are valid from the second in which the key was made, and nobody's clock is asked about that. */
@ExtendWith(OwnThreads.class)
final class KeyFromAnotherTimeTest {
    @TempDir
    private Path place;

    /** CK-18. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:20Z", "1996-11-23T12:00:00Z", "2049-12-31T23:59:59Z", "2077-01-01T00:00:00Z"})
    void peersWhoseKeysWereMadeByWrongClocksTalk(String made) throws IOException {
        SecretIdentity server = SecretIdentity.generate("server", "", Instant.parse(made));
        SecretIdentity caller = SecretIdentity.generate("caller", "", Instant.parse(made));
        FakeExchange exchange = new FakeExchange(place, server.fingerprint(), 100);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (PeerServer serving = PeerServer.start(server, exchange, ServerOptions.at(any));
                PeerDialer dialer = new PeerDialer(caller, DialerOptions.DEFAULT);
                RemotePeer peer = dialer.dial(server.fingerprint(), serving.address())) {
            assertEquals(
                    List.of(),
                    peer.list(server.fingerprint(), new From.Since(Instant.MIN)).files());
        }
    }
}
