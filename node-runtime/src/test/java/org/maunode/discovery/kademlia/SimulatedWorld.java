package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;

/** A network of honest nodes and liars that come and go, and the lookups that are measured in it. The same scenario runs the same way. */
final class SimulatedWorld {
    private static final long MINUTE = 60_000;
    private static final int BOOTSTRAP_NODES = 5;
    private static final int LIARS_IN_A_BLOCK = 32;
    private static final long SAMPLE_EVERY = 15 * MINUTE;
    private static final long ECLIPSE_EVERY = 5 * MINUTE;

    private final Scenario scenario;
    private final SplittableRandom random;
    private final SimulatedNetwork network;
    private final List<SimulatedPeer> honest = new ArrayList<>();
    private final List<SimulatedPeer> liars = new ArrayList<>();
    private final Set<InetAddress> taken = new HashSet<>();
    private final List<int[]> providers = new ArrayList<>();
    private final List<int[]> rented = new ArrayList<>();
    private final Measures measures;

    SimulatedWorld(Scenario scenario) {
        this.scenario = scenario;
        this.random = new SplittableRandom(scenario.seed());
        this.network = new SimulatedNetwork(scenario, random.split());
        this.measures = new Measures(network, random.split());
        populate();
    }

    private void populate() {
        int liarCount = scenario.nodes() * scenario.liars() / 100;
        for (int i = 0; i < scenario.nodes(); i++) {
            providers.add(prefix());
        }
        for (int i = 0; i <= liarCount / 2 / LIARS_IN_A_BLOCK; i++) {
            rented.add(prefix());
        }
        int online = scenario.nodes() - liarCount;
        int pool = scenario.session() == 0 ? online : online * 5 / 4;
        for (int i = 0; i < pool; i++) {
            honest.add(new SimulatedPeer(network, randomId(), Optional.empty(), random.split()));
        }
        Lies.Kind[] kinds = Lies.Kind.values();
        for (int i = 0; i < liarCount; i++) {
            Lies lies = new Lies(kinds[i % kinds.length], network, random.split());
            liars.add(new SimulatedPeer(network, randomId(), Optional.of(lies), random.split()));
        }
    }

    private int[] prefix() {
        return new int[] {20 + random.nextInt(70), random.nextInt(256), random.nextInt(256)};
    }

    private Id randomId() {
        return new Id(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /** Runs it all. */
    Measures run() {
        planBirths();
        planSamples();
        network.events().runUntil(scenario.warmUp() * MINUTE);
        measures.begin();
        planLookups();
        network.events().runUntil((scenario.warmUp() + scenario.minutes()) * MINUTE);
        measures.end();
        network.events().runUntil((scenario.warmUp() + scenario.minutes() + 5) * MINUTE);
        return measures;
    }

    int online() {
        return network.everybody().size();
    }

    private void planBirths() {
        long joining = scenario.joining() * MINUTE;
        for (int i = 0; i < honest.size(); i++) {
            SimulatedPeer peer = honest.get(i);
            if (i < BOOTSTRAP_NODES) {
                network.at(0, () -> birth(peer, rentable(providers)));
            } else if (scenario.session() == 0 || i % 5 != 4) {
                network.at(1 + random.nextLong(joining), () -> birth(peer, rentable(providers)));
            } else {
                network.at(joining + exponential(scenario.session() / 4.0), () -> birth(peer, rentable(providers)));
            }
        }
        for (int i = 0; i < liars.size(); i++) {
            SimulatedPeer liar = liars.get(i);
            List<int[]> blocks = i % 2 == 0 ? rented : providers;
            network.at(1 + random.nextLong(joining), () -> birth(liar, rentable(blocks)));
        }
        eclipses();
    }

    private InetAddress rentable(List<int[]> blocks) {
        while (true) {
            int[] block = blocks.get(random.nextInt(blocks.size()));
            InetAddress address = SimulatedNetwork.address(block[0], block[1], block[2], random.nextInt(1, 255));
            if (taken.add(address)) {
                return address;
            }
        }
    }

    private void birth(SimulatedPeer peer, InetAddress address) {
        peer.moveTo(address);
        List<Contact> bootstrap = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SimulatedPeer known = honest.get(random.nextInt(BOOTSTRAP_NODES));
            if (known.isOnline() && !bootstrap.contains(known.contact())) {
                bootstrap.add(known.contact());
            }
        }
        peer.start(bootstrap);
        boolean leaves = scenario.session() > 0 && !peer.isLiar() && honest.indexOf(peer) >= BOOTSTRAP_NODES;
        if (leaves) {
            network.at(network.now() + exponential(scenario.session()), () -> leave(peer));
        }
    }

    /** One in three comes back with another address. */
    private void leave(SimulatedPeer peer) {
        peer.stop();
        InetAddress before = SimulatedNetwork.literal(peer.contact());
        InetAddress after = random.nextInt(3) == 0 ? rentable(providers) : before;
        network.at(network.now() + exponential(scenario.session() / 4.0), () -> birth(peer, after));
    }

    private long exponential(double minutes) {
        return Math.round(-Math.log(1 - random.nextDouble()) * minutes * MINUTE);
    }

    /** Each liar of that kind takes a victim, and calls the nodes around it again and again. */
    private void eclipses() {
        for (SimulatedPeer liar : liars) {
            if (liar.lies.orElseThrow().kind == Lies.Kind.ECLIPSE) {
                Id victim = honest.get(random.nextInt(honest.size())).id;
                long first = scenario.joining() * MINUTE + random.nextLong(ECLIPSE_EVERY);
                network.at(first, () -> press(liar, victim));
            }
        }
    }

    private void press(SimulatedPeer liar, Id victim) {
        for (SimulatedPeer near : network.everybody().nearest(victim, 2 * Engine.K)) {
            network.call(liar, near.contact(), Optional.of(victim.fingerprint()), SimulatedNetwork.Outcome.NONE);
        }
        network.at(network.now() + ECLIPSE_EVERY, () -> press(liar, victim));
    }

    private void planSamples() {
        long end = (scenario.warmUp() + scenario.minutes()) * MINUTE;
        for (long at = SAMPLE_EVERY; at <= end; at += SAMPLE_EVERY) {
            network.at(at, measures::sample);
        }
    }

    private void planLookups() {
        long span = scenario.minutes() * MINUTE;
        for (int i = 0; i < scenario.lookups(); i++) {
            network.at(
                    network.now() + random.nextLong(span), () -> measures.search(honestAndReady(), honestAndReady()));
        }
        for (int i = 0; i < scenario.lookups() / 10; i++) {
            SimulatedPeer nobody = new SimulatedPeer(network, randomId(), Optional.empty(), random.split());
            network.at(network.now() + random.nextLong(span), () -> measures.searchInVain(honestAndReady(), nobody));
        }
    }

    /** A node that has been online for a minute. */
    private SimulatedPeer honestAndReady() {
        while (true) {
            SimulatedPeer peer = honest.get(random.nextInt(honest.size()));
            if (peer.isOnlineFor(MINUTE)) {
                return peer;
            }
        }
    }
}
