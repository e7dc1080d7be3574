package org.maunode.tools.command;

import java.time.Duration;
import java.util.Optional;
import org.maunode.exchange.RemotePeer;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Network;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Nearby;
import org.maunode.tools.radio.Radio;

/** How a command reaches the peer that it is about; opens nothing before it is to. */
interface Way extends AutoCloseable {
    /**
     * Connects, once, and has the peer prove who it is; whoever asked closes what is returned, before the way.
     *
     * @throws org.maunode.exchange.ExchangeException if it is not reached, or is another
     * @throws org.maunode.ble.gatt.GattException if no radio reaches it
     */
    RemotePeer reach(PublicIdentity peer);

    @Override
    void close();

    /** Wherever it is known to be, or is found. */
    static Way network(Session session) {
        Network network = Network.of(session);
        return new Way() {
            @Override
            public RemotePeer reach(PublicIdentity peer) {
                return network.finder().connect(peer.fingerprint());
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }

    /**
     * In radio range, by the hint that it advertises.
     *
     * @param patience for hearing it, and again for connecting
     */
    static Way radio(Session session, Adapter adapter, Duration patience) {
        return new Way() {
            private final Radio radio = adapter.open(session);
            private Optional<Nearby> line = Optional.empty();

            @Override
            public RemotePeer reach(PublicIdentity peer) {
                Goal goal = new Goal.Peer(peer.fingerprint(), People.display(peer));
                Nearby nearby = radio.approach(goal, Answering.NOBODY, patience);
                line = Optional.of(nearby);
                return nearby.prove();
            }

            @Override
            public void close() {
                line.ifPresent(Nearby::close);
                radio.close();
            }
        };
    }
}
