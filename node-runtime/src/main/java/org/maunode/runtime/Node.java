package org.maunode.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.clock.NodeClock;
import org.maunode.device.Publisher;
import org.maunode.device.Readers;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.SensorChannel;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncReport;

/**
 * A running node. Starts its parts in the order in which they need each other, and stops them in the reverse:
 *
 * <pre>
 *   store ──► live peer ──► devices ──► following
 * </pre>
 */
final class Node implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");

    /** Files of one run that the log names; the summary counts them all. */
    private static final int MOST_NOTES = 5;

    private final Account account;
    private final NodeOptions options;
    private final Parts parts = new Parts();
    private final NodeClock clock;
    private LivePeer peer;
    private Devices devices;

    private Node(Account account, NodeOptions options, NodeClock clock) {
        this.account = account;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Starts everything; when it returns, the node serves.
     *
     * @throws RuntimeException if a part cannot start; those that had started are stopped again
     */
    static Node start(Account account, NodeOptions options, NodeClock clock) {
        Node node = new Node(account, options, clock);
        boolean started = false;
        try {
            node.start();
            started = true;
            return node;
        } finally {
            if (!started) {
                node.close();
            }
        }
    }

    private void start() {
        ContentStore store = parts.started(ContentStore.open(account, clock));
        Readers readers = options.readers().map(this::group).orElseGet(Readers.Everyone::new);
        StandardReadings readings = new StandardReadings(options.devices(), readers);
        peer = parts.started(network(store, readings));
        startDevices(store, readers);
        readings.comeFrom(devices);
        warnOfStrangers(store);
        peer.followAll();
    }

    private LivePeer network(ContentStore store, StandardReadings readings) {
        Follower.Options accepted = new Follower.Options(Follower.Options.DEFAULT.maxFileBytes(), Publisher.RETENTION);
        try {
            return LivePeer.start(
                    account,
                    store,
                    options.network()
                            .with(options.radio()
                                    .ofThisMachine(System.getenv(), clock)
                                    .map(radios -> radios.with(readings.offered()))),
                    new LivePeer.Following(accepted, Node::log),
                    clock);
        } catch (IOException refused) {
            throw new ListenException(refused);
        }
    }

    private void startDevices(ContentStore store, Readers readers) {
        devices = parts.started(Devices.open(account, store, options.devices(), readers, clock));
        devices.start();
    }

    private Readers group(String name) {
        if (account.keyring().members(name).isEmpty()) {
            LOG.log(Level.WARNING, "nobody is in the group {0}: only this node can read what it publishes", name);
        }
        return new Readers.Group(name);
    }

    /** An address alone makes nobody followed. */
    private void warnOfStrangers(ContentStore store) {
        Set<Fingerprint> strangers =
                new LinkedHashSet<>(options.network().given().keySet());
        strangers.removeAll(store.followed());
        strangers.forEach(peer -> LOG.log(
                Level.WARNING,
                "--peer {0}: not followed, so nothing is fetched; bin/mau friend and bin/mau follow change that",
                peer));
    }

    private static void log(SyncReport report) {
        Level level = report.isComplete() && report.refused() == 0 ? Level.FINE : Level.WARNING;
        LOG.log(report.fetched() > 0 ? Level.INFO : level, "{0}: {1}", new Object[] {report.peer(), report.summary()});
        for (SyncReport.Note note : report.notes().stream().limit(MOST_NOTES).toList()) {
            LOG.log(Level.WARNING, "{0}: {1}: {2}", new Object[] {report.peer(), note.file(), note.why()});
        }
    }

    /** Where it listens; the port is the real one, also if any was asked for. */
    InetSocketAddress address() {
        return peer.address();
    }

    /** The sensors that this machine has. */
    List<SensorChannel> sensors() {
        return devices.sensors();
    }

    /** What can be commanded. */
    List<ActuatorChannel> actuators() {
        return devices.actuators();
    }

    /** Whether what keeps actuators safe is at work; may block for some seconds. */
    boolean isAlive() {
        return devices.areSafe();
    }

    /** Stops everything, within two seconds; what cannot be stopped is logged and left. */
    @Override
    public void close() {
        parts.close();
    }
}
