package org.maunode.discovery.kademlia;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;

/** A node of the simulation: an engine, and the calls it makes over the simulated network. A liar has one too, and uses it to be known. */
final class SimulatedPeer {
    final Id id;
    final Fingerprint fingerprint;
    final Optional<Lies> lies;
    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private Contact contact;
    private InetAddress origin;
    private Optional<Engine> engine = Optional.empty();
    private List<Contact> disk = List.of();
    private long onlineSince;
    private long timerAt = Long.MAX_VALUE;
    private int life;
    final List<Probe> probes = new ArrayList<>(0);

    SimulatedPeer(SimulatedNetwork network, Id id, Optional<Lies> lies, SplittableRandom random) {
        this.network = network;
        this.id = id;
        this.fingerprint = id.fingerprint();
        this.lies = lies;
        this.random = random;
    }

    void moveTo(InetAddress address) {
        origin = address;
        contact = new Contact(fingerprint, InetSocketAddress.createUnresolved(address.getHostAddress(), 6275));
    }

    Contact contact() {
        return contact;
    }

    boolean isLiar() {
        return lies.isPresent();
    }

    boolean isOnline() {
        return engine.isPresent();
    }

    boolean isOnlineFor(long milliseconds) {
        return isOnline() && network.now() - onlineSince >= milliseconds;
    }

    long onlineFor() {
        return network.now() - onlineSince;
    }

    Engine engine() {
        return engine.orElseThrow();
    }

    void start(List<Contact> bootstrap) {
        life++;
        onlineSince = network.now();
        timerAt = Long.MAX_VALUE;
        Engine fresh = new Engine(fingerprint, network.settings(), random.split());
        engine = Optional.of(fresh);
        network.arrived(this);
        fresh.restore(disk, network.now());
        fresh.join(bootstrap, network.now());
        pump();
    }

    void stop() {
        network.left(this);
        probes.clear();
        engine = Optional.empty();
    }

    void search(Probe probe) {
        probes.add(probe);
        probe.begin(engine().lookup(probe.target().fingerprint, network.now()));
        pump();
    }

    /** Somebody calls; what the caller hears, or nothing if this node is gone. */
    List<Contact> called(SimulatedPeer caller, Optional<Fingerprint> target) {
        Asker asker = new Asker(caller.fingerprint, caller.origin);
        List<Contact> answer = target.map(wanted -> lies.map(how -> how.answer(this, Id.of(wanted)))
                        .orElseGet(() -> engine().nearest(wanted, asker, network.now())))
                .orElse(List.of());
        engine().called(asker, caller.contact.address(), network.now());
        pump();
        return answer;
    }

    /** Does what the engine wants, and sets the clock for the next time. */
    private void pump() {
        Engine current = engine();
        for (Optional<Action> next = current.poll(network.now());
                next.isPresent();
                next = current.poll(network.now())) {
            act(next.get());
        }
        OptionalLong deadline = current.deadline();
        if (deadline.isPresent() && deadline.getAsLong() < timerAt) {
            timerAt = deadline.getAsLong();
            int born = life;
            network.at(timerAt, () -> wake(born));
        }
    }

    private void wake(int born) {
        if (life == born && isOnline() && timerAt <= network.now()) {
            timerAt = Long.MAX_VALUE;
            pump();
        }
    }

    private void act(Action action) {
        switch (action) {
            case Action.Ping(long call, Contact to) -> {
                probes.forEach(probe -> probe.pinged(to));
                call(call, to, Optional.empty());
            }
            case Action.Ask(long call, Contact to, Fingerprint target) -> {
                probes.forEach(probe -> probe.asked(target));
                call(call, to, Optional.of(target));
            }
            case Action.Found(long lookup, Contact found) ->
                probes.forEach(probe -> probe.found(lookup, found, network.now()));
            case Action.Finished(long lookup, boolean _) ->
                probes.removeIf(probe -> probe.finished(lookup, network.now()));
            case Action.Changed() ->
                disk = engine().table().stream().map(Known::contact).toList();
        }
    }

    private void call(long call, Contact to, Optional<Fingerprint> target) {
        int born = life;
        network.call(this, to, target, new SimulatedNetwork.Outcome() {
            @Override
            public void answered(List<Contact> contacts) {
                if (life == born && isOnline()) {
                    target.ifPresent(wanted -> probes.forEach(probe -> probe.heard(wanted, to, contacts)));
                    engine().answered(call, contacts, network.now());
                    pump();
                }
            }

            @Override
            public void wrongIdentity() {
                if (life == born && isOnline()) {
                    engine().failed(call, Failure.WRONG_IDENTITY, network.now());
                    pump();
                }
            }
        });
    }
}
