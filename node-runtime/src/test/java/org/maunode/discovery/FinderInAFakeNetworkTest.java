package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.maunode.identity.Fingerprint;

/** The contract in a network without wires. */
@ExtendWith(FindThreads.class)
class FinderInAFakeNetworkTest extends ConnectorContract {
    @Override
    World world() {
        return new FakeWorld();
    }

    private static final class FakeWorld implements World {
        private final FakeNetwork network = new FakeNetwork();
        private final List<PeerFinder> finders = new ArrayList<>();

        FakeWorld() {
            network.answers(there(), peer());
            network.answers(elsewhere(), Fingerprint.of("ff112233445566778899aabbccddeeff00112233"));
        }

        @Override
        public Fingerprint peer() {
            return Fingerprint.of("00112233445566778899aabbccddeeff00112233");
        }

        @Override
        public InetSocketAddress there() {
            return FakeNetwork.address(1);
        }

        @Override
        public InetSocketAddress elsewhere() {
            return FakeNetwork.address(2);
        }

        @Override
        public InetSocketAddress nowhere() {
            return FakeNetwork.address(3);
        }

        @Override
        public Connector connector(InetSocketAddress... known) {
            finders.add(new PeerFinder(
                    List.of(Source.atOnce(FakeResolver.knowing("given", known))), network, Trail.SILENT));
            return finders.getLast();
        }

        @Override
        public void close() {
            finders.forEach(PeerFinder::close);
        }
    }
}
