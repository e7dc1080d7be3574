package org.maunode.discovery.kademlia;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.maunode.identity.Fingerprint;

/** What is measured in a simulated world. */
final class Measures {
    private static final int SAMPLE = 200;

    /**
     * The tables of some honest nodes at one time.
     *
     * @param live share of lines where that node is, at that address
     * @param liars share of lines that are liars
     * @param complete share of the truly nearest twenty honest nodes that are in the table
     * @param size mean lines of a table
     */
    record Quality(long at, double live, double liars, double complete, double size) {}

    private final SimulatedNetwork network;
    private final SplittableRandom random;
    private final List<Probe> probes = new ArrayList<>();
    private final List<Probe> vain = new ArrayList<>();
    private final List<Quality> qualities = new ArrayList<>();
    private int targetsLeft;
    private long callsAtBegin;
    private long beganAt;
    private double callsPerNodeAndHour;

    Measures(SimulatedNetwork network, SplittableRandom random) {
        this.network = network;
        this.random = random;
    }

    void begin() {
        callsAtBegin = network.calls();
        beganAt = network.now();
    }

    void end() {
        double hours = (network.now() - beganAt) / 3_600_000.0;
        callsPerNodeAndHour =
                (network.calls() - callsAtBegin) / hours / network.everybody().size();
    }

    void search(SimulatedPeer from, SimulatedPeer target) {
        if (from != target) {
            from.search(new Probe(target, network.now(), probe -> {
                if (probe.isFound() || target.isOnlineFor(network.now() - probe.started())) {
                    probes.add(probe);
                } else {
                    targetsLeft++;
                }
            }));
        }
    }

    void searchInVain(SimulatedPeer from, SimulatedPeer nobody) {
        from.search(new Probe(nobody, network.now(), vain::add));
    }

    void sample() {
        List<SimulatedPeer> some = new ArrayList<>(network.everybody().all().stream()
                .filter(peer -> !peer.isLiar())
                .toList());
        while (some.size() > SAMPLE) {
            int last = some.size() - 1;
            some.set(random.nextInt(some.size()), some.get(last));
            some.remove(last);
        }
        qualities.add(new Quality(
                network.now(),
                mean(some, this::live),
                mean(some, this::lying),
                mean(some, this::complete),
                mean(some, peer -> peer.engine().table().size())));
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> measure) {
        return all.stream().mapToDouble(measure).average().orElse(0);
    }

    private double live(SimulatedPeer peer) {
        return mean(peer.engine().table(), line -> network.isAt(line.contact()) ? 1 : 0);
    }

    private double lying(SimulatedPeer peer) {
        return mean(peer.engine().table(), line -> network.isLiar(line.contact().fingerprint()) ? 1 : 0);
    }

    private double complete(SimulatedPeer peer) {
        Set<Fingerprint> known = new HashSet<>();
        peer.engine().table().forEach(line -> known.add(line.contact().fingerprint()));
        List<SimulatedPeer> nearest = network.everybody().nearest(peer.id, 4 * Engine.K).stream()
                .filter(other -> other != peer && !other.isLiar())
                .limit(Engine.K)
                .toList();
        return mean(nearest, other -> known.contains(other.fingerprint) ? 1 : 0);
    }

    List<Quality> qualities() {
        return qualities;
    }

    int lookups() {
        return probes.size();
    }

    /** Lookups that are left out because their target went away meanwhile. */
    int targetsLeft() {
        return targetsLeft;
    }

    double success() {
        return mean(probes, probe -> probe.isFound() ? 1 : 0);
    }

    long failures() {
        return probes.stream().filter(probe -> !probe.isFound()).count();
    }

    double meanHops() {
        return mean(found(), Probe::hops);
    }

    double hops95() {
        return percentile(found(), Probe::hops);
    }

    double meanMessages() {
        return mean(found(), Probe::messages);
    }

    double messages95() {
        return percentile(found(), Probe::messages);
    }

    double meanSeconds() {
        return mean(found(), Probe::took) / 1000;
    }

    double seconds95() {
        return percentile(found(), Probe::took) / 1000;
    }

    double messagesInVain() {
        return mean(vain, Probe::messages);
    }

    double secondsInVain() {
        return mean(vain, Probe::took) / 1000;
    }

    /** Lookups of fingerprints that nobody has, and that found somebody all the same. */
    long impostors() {
        return vain.stream().filter(Probe::isFound).count();
    }

    double callsPerNodeAndHour() {
        return callsPerNodeAndHour;
    }

    private List<Probe> found() {
        return probes.stream().filter(Probe::isFound).toList();
    }

    private static double percentile(List<Probe> all, ToDoubleFunction<Probe> measure) {
        List<Double> sorted = all.stream()
                .map(measure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * 95 / 100);
    }
}
