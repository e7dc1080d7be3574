package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/**
 * The wires between simulated nodes. A call is what HTTPS needs: three round trips, each way lost with the scenario's probability;
 * what is lost, or goes where nobody is, is never heard of again. Whoever answers shows its own fingerprint: that is TLS.
 */
final class SimulatedNetwork {
    /** What a caller hears, if anything. */
    interface Outcome {
        void answered(List<Contact> contacts);

        void wrongIdentity();

        /** For a caller that does not care. */
        Outcome NONE = new Outcome() {
            @Override
            public void answered(List<Contact> contacts) {}

            @Override
            public void wrongIdentity() {}
        };
    }

    private static final int ROUND_TRIPS = 3;

    private final EventQueue events = new EventQueue();
    private final Map<InetSocketAddress, SimulatedPeer> online = new HashMap<>();
    private final Ring everybody = new Ring();
    private final Ring liars = new Ring();
    private final Scenario scenario;
    private final Settings settings;
    private final SplittableRandom random;
    private long calls;

    SimulatedNetwork(Scenario scenario, SplittableRandom random) {
        this.scenario = scenario;
        this.settings = scenario.settings();
        this.random = random;
    }

    long now() {
        return events.now();
    }

    void at(long time, Runnable what) {
        events.at(time, what);
    }

    EventQueue events() {
        return events;
    }

    Settings settings() {
        return settings;
    }

    /** Calls made so far. */
    long calls() {
        return calls;
    }

    /** Those online. */
    Ring everybody() {
        return everybody;
    }

    Ring liars() {
        return liars;
    }

    /** Leading bits that the nearest of all nodes to an id shares with it, about. */
    int depth() {
        return (int) Math.round(Math.log(1 + everybody.size()) / Math.log(2));
    }

    void arrived(SimulatedPeer peer) {
        online.put(peer.contact().address(), peer);
        everybody.add(peer);
        if (peer.isLiar()) {
            liars.add(peer);
        }
    }

    void left(SimulatedPeer peer) {
        online.remove(peer.contact().address());
        everybody.remove(peer);
        liars.remove(peer);
    }

    boolean isAt(Contact contact) {
        SimulatedPeer peer = online.get(contact.address());
        return peer != null && peer.fingerprint.equals(contact.fingerprint());
    }

    void call(SimulatedPeer from, Contact to, Optional<Fingerprint> target, Outcome outcome) {
        calls++;
        long oneWay = 10 + random.nextInt(90) + (random.nextInt(20) == 0 ? random.nextInt(400) : 0);
        long there = oneWay * (2 * ROUND_TRIPS - 1);
        if (!lost()) {
            events.in(there, () -> arrive(from, to, target, outcome, oneWay));
        }
    }

    private boolean lost() {
        return random.nextInt(100) < scenario.loss();
    }

    private void arrive(SimulatedPeer from, Contact to, Optional<Fingerprint> target, Outcome outcome, long oneWay) {
        SimulatedPeer there = online.get(to.address());
        if (there == null || !from.isOnline()) {
            return;
        }
        if (!there.fingerprint.equals(to.fingerprint())) {
            events.in(oneWay, outcome::wrongIdentity);
            return;
        }
        List<Contact> answer = there.called(from, target);
        if (!lost()) {
            events.in(oneWay, () -> outcome.answered(answer));
        }
    }

    /** An address of the internet where nobody is. */
    InetSocketAddress emptyAddress(SplittableRandom source) {
        return InetSocketAddress.createUnresolved(
                "101." + source.nextInt(256) + "." + source.nextInt(256) + "." + source.nextInt(1, 255), 6275);
    }

    /** Whether a liar that is online has this fingerprint. */
    boolean isLiar(Fingerprint fingerprint) {
        return liars.contains(fingerprint);
    }

    static InetAddress literal(Contact contact) {
        return InetAddress.ofLiteral(contact.address().getHostString());
    }

    static InetAddress address(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }
}
