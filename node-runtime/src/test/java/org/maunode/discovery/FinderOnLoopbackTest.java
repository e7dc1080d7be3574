package org.maunode.discovery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Refusal;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.SecretIdentity;

/** The contract over TLS: a liar at the first address, the real one at the second. */
@ExtendWith(FindThreads.class)
class FinderOnLoopbackTest extends ConnectorContract {
    private static final Instant CREATED = Instant.parse("2026-11-20T08:09:10Z");
    private static final SecretIdentity PEER = SecretIdentity.generate("peer", "", CREATED);
    private static final SecretIdentity LIAR = SecretIdentity.generate("liar", "", CREATED);
    private static final SecretIdentity ME = SecretIdentity.generate("me", "", CREATED);

    @Override
    World world() throws IOException {
        return new Loopback();
    }

    private static final class Loopback implements World {
        private final PeerServer there = serve(PEER);
        private final PeerServer elsewhere = serve(LIAR);
        private final PeerDialer dialer = new PeerDialer(ME, DialerOptions.DEFAULT);
        private final InetSocketAddress nowhere = free();
        private final List<PeerFinder> finders = new ArrayList<>();

        Loopback() throws IOException {}

        private static PeerServer serve(SecretIdentity identity) throws IOException {
            return PeerServer.start(
                    identity,
                    (_, _) -> new Answer.Refused(Refusal.NOT_FOUND),
                    ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        }

        private static InetSocketAddress free() throws IOException {
            try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return written(once.getLocalPort());
            }
        }

        private static InetSocketAddress written(int port) {
            return HostAndPort.parse("127.0.0.1:" + port);
        }

        @Override
        public Fingerprint peer() {
            return PEER.fingerprint();
        }

        @Override
        public InetSocketAddress there() {
            return written(there.address().getPort());
        }

        @Override
        public InetSocketAddress elsewhere() {
            return written(elsewhere.address().getPort());
        }

        @Override
        public InetSocketAddress nowhere() {
            return nowhere;
        }

        @Override
        public Connector connector(InetSocketAddress... known) {
            finders.add(
                    new PeerFinder(List.of(Source.atOnce(FakeResolver.knowing("given", known))), dialer, Trail.SILENT));
            return finders.getLast();
        }

        @Override
        public void close() {
            finders.forEach(PeerFinder::close);
            dialer.close();
            there.close();
            elsewhere.close();
        }
    }
}
