package org.maunode.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.clock.NodeClock;
import org.maunode.device.Publisher;
import org.maunode.device.Readers;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.Wires;
import org.maunode.discovery.StaticAddresses;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.ProcessLock;
import org.maunode.store.StoreException;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;

/**
 * A running node. Starts its parts in the order in which they need each other, and stops them in the reverse:
 *
 * <pre>
 *   clock ──► store ──► server ──► lock ──► publisher ──► dialer ──► syncer
 * </pre>
 */
final class Node implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");
    private static final Duration SYNC_INTERVAL = Duration.ofMinutes(1);

    private final Account account;
    private final NodeOptions options;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final NodeClock clock;
    private InetSocketAddress address;
    private List<SensorChannel> sensors = List.of();

    private Node(Account account, NodeOptions options) {
        this.account = account;
        this.options = options;
        this.clock = started(NodeClock.start(account.privateDirectory().resolve("clock")));
    }

    /**
     * Starts everything; when it returns, the node serves.
     *
     * @throws RuntimeException if a part cannot start; those that had started are stopped again
     */
    static Node start(Account account, NodeOptions options) {
        Node node = new Node(account, options);
        try {
            node.start();
            return node;
        } catch (RuntimeException failed) {
            node.close();
            throw failed;
        }
    }

    private void start() {
        ContentStore store = started(ContentStore.open(account, clock));
        started(store.onSignature(clock::heard));
        address = started(serve(new StoreExchange(account, store))).address();
        keepOthersOut();
        startPublishing(store);
        startFollowing(store);
    }

    private PeerServer serve(Exchange exchange) {
        try {
            return PeerServer.start(account.identity(), exchange, ServerOptions.at(listeningAddress()));
        } catch (IOException refused) {
            throw new ListenException(refused);
        }
    }

    private InetSocketAddress listeningAddress() {
        return options.bind().map(this::bound).orElseGet(() -> new InetSocketAddress(options.port()));
    }

    private InetSocketAddress bound(String host) {
        InetSocketAddress named = new InetSocketAddress(host, options.port());
        if (named.isUnresolved()) {
            throw new UsageException("--bind " + host + ": no address of this machine");
        }
        return named;
    }

    /** Two nodes in one home would both publish its readings, each over the other's. */
    private void keepOthersOut() {
        Path file = account.privateDirectory().resolve("node.lock");
        try {
            started(ProcessLock.tryHold(file).orElseThrow(() -> alreadyRunning(file)));
        } catch (IOException readOnly) {
            LOG.log(Level.FINE, "{0} cannot be locked: {1}", new Object[] {file, readOnly.getMessage()});
        }
    }

    private StoreException alreadyRunning(Path file) {
        return new StoreException(
                StoreException.Reason.IN_USE,
                file,
                "a node runs in " + account.root() + " already; stop it, or choose another directory with --home",
                null);
    }

    private void startPublishing(ContentStore store) {
        Readers readers = options.readers().map(this::group).orElseGet(Readers.Everyone::new);
        Publisher publisher = started(new Publisher(
                account,
                store,
                Profiles.host(),
                Wires.ofThisMachine(account.root()),
                readers,
                Version.current(),
                clock));
        sensors = publisher.sensors();
        publisher.start();
    }

    private Readers group(String name) {
        if (account.keyring().members(name).isEmpty()) {
            LOG.log(Level.WARNING, "nobody is in the group {0}: only this node can read what it publishes", name);
        }
        return new Readers.Group(name);
    }

    private void startFollowing(ContentStore store) {
        StaticAddresses addresses =
                new StaticAddresses(account.privateDirectory().resolve("addresses.json"));
        options.peers().forEach(addresses::remember);
        warnOfStrangers(store);
        PeerDialer dialer = new PeerDialer(account.identity(), DialerOptions.DEFAULT);
        Checkpoints checkpoints = new Checkpoints(account.privateDirectory().resolve("sync"));
        Follower.Options accepted = new Follower.Options(Follower.Options.DEFAULT.maxFileBytes(), Publisher.RETENTION);
        Follower follower = new Follower(account, store, checkpoints, accepted, clock);
        Syncer syncer = new Syncer(follower, dialer, addresses, SYNC_INTERVAL, Node::log, new Random());
        started(dialer);
        started(syncer);
        started(store.onChange(_ -> syncer.follow(Set.copyOf(store.followed()))));
        syncer.follow(Set.copyOf(store.followed()));
    }

    /** An address alone makes nobody followed. */
    private void warnOfStrangers(ContentStore store) {
        Set<Fingerprint> strangers = new LinkedHashSet<>(options.peers().keySet());
        strangers.removeAll(store.followed());
        strangers.forEach(peer -> LOG.log(
                Level.WARNING,
                "--peer {0}: not followed, so nothing is fetched; bin/mau friend and bin/mau follow change that",
                peer));
    }

    private static void log(SyncReport report) {
        Level level = report.isComplete() && report.refused() == 0 ? Level.FINE : Level.WARNING;
        LOG.log(report.fetched() > 0 ? Level.INFO : level, "{0}: {1}", new Object[] {report.peer(), report.summary()});
        for (SyncReport.Note note : report.notes()) {
            LOG.log(Level.WARNING, "{0}: {1}: {2}", new Object[] {report.peer(), note.file(), note.why()});
        }
    }

    private <T extends AutoCloseable> T started(T part) {
        running.push(part);
        return part;
    }

    /** Where it listens; the port is the real one, also if any was asked for. */
    InetSocketAddress address() {
        return address;
    }

    /** The sensors that this machine has. */
    List<SensorChannel> sensors() {
        return sensors;
    }

    /** Stops everything, within two seconds; what cannot be stopped is logged and left. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            AutoCloseable part = running.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "{0} did not stop cleanly: {1}", new Object[] {
                    part.getClass().getSimpleName(), failed.getMessage()
                });
            }
        }
    }
}
