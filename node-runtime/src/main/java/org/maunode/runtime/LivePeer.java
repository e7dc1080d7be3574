package org.maunode.runtime;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.line.Carrier;
import org.maunode.cable.Cables;
import org.maunode.cable.Connected;
import org.maunode.clock.NodeClock;
import org.maunode.control.ControlSocket;
import org.maunode.control.SyncAnswer;
import org.maunode.discovery.Candidate;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.ProvenPlaces;
import org.maunode.discovery.Source;
import org.maunode.discovery.StaticAddresses;
import org.maunode.discovery.Trail;
import org.maunode.discovery.kademlia.Known;
import org.maunode.discovery.mdns.LocalNetwork;
import org.maunode.discovery.mdns.Presence;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.discovery.overlay.Overlay;
import org.maunode.discovery.router.MappingNonce;
import org.maunode.discovery.router.RouterMapping;
import org.maunode.discovery.router.RouterState;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Reception;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.DialerOptions;
import org.maunode.http.Exits;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.ProcessLock;
import org.maunode.store.StoreException;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.sync.Outbox;
import org.maunode.sync.PeerState;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;

/**
 * An account as a peer in the network: it answers, is found, finds, and keeps in sync. What a node and {@code mau serve}
 * have in common. Started in this order, stopped in the reverse:
 *
 * <pre>
 *   lock ──► links ──► cables ──► dialer ──► overlay ──► server ──► mDNS ──► finder ──► syncer ──► router, what wakes it,
 *   control, radio
 * </pre>
 *
 * Thread-safe once it is started.
 */
public final class LivePeer implements AutoCloseable {
    /** What people wrote down and what worked last time is tried alone for so long, then the network is asked. */
    private static final Duration BEFORE_MDNS = Duration.ofMillis(300);

    /** A lookup across the internet costs others something too. */
    private static final Duration BEFORE_OVERLAY = Duration.ofSeconds(2);

    /** The radio is slow, and its range is mostly the local network's: that comes first. */
    private static final Duration BEFORE_RADIO = Duration.ofSeconds(5);

    /** What {@link #sync} may take: less than the hour that its client waits (CS-23). */
    private static final Duration LONGEST_SYNC = Duration.ofMinutes(50);

    private static final Logger LOG = Logger.getLogger("org.maunode.runtime");
    private static final Exchange NOBODY = (_, _) -> new Answer.Refused(Refusal.NOT_FOUND);

    private final Account account;
    private final ContentStore store;
    private final NetworkOptions options;
    private final NodeClock clock;
    private final Parts parts;
    private final Random random = new Random();
    private final NetworkWatch watch;
    private final Whereabouts whereabouts;
    private final Optional<Cables> cables;
    private final Optional<Overlay> overlay;
    private final PeerServer server;
    private final Optional<LocalNetwork> local;
    private final StaticAddresses given;
    private final ProvenPlaces places;
    private final PeerFinder finder;
    private final Errands errands;
    private final Syncer syncer;
    private final Roll roll;

    private LivePeer(
            Account account,
            ContentStore store,
            NetworkOptions options,
            Following following,
            NodeClock clock,
            Parts parts)
            throws IOException {
        this.account = account;
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.parts = parts;
        keepOthersOut();
        watch = parts.started(NetworkWatch.start());
        whereabouts = new Whereabouts(options.announced(), watch::now);
        cables = options.radios().map(radios -> parts.started(cables(radios)));
        PeerDialer dialer = parts.started(new PeerDialer(
                account.identity(),
                DialerOptions.DEFAULT,
                whereabouts::names,
                cables.<Exits>map(c -> c).orElse(Exits.NONE)));
        overlay = only(Way.OVERLAY, () -> parts.started(overlay(dialer)));
        server = parts.started(
                PeerServer.start(account.identity(), reception(following), ServerOptions.at(options.bind())));
        whereabouts.listening(server.address());
        local = only(Way.LOCAL_NETWORK, () -> parts.started(localNetwork()));
        given = new StaticAddresses(file("addresses.json"));
        options.given().forEach(given::remember);
        places = new ProvenPlaces(file("places.json"), clock);
        finder = parts.started(new PeerFinder(sources(), dialer, new Memory()));
        errands = new Errands(following.listener());
        syncer = parts.started(syncer(following));
        roll = new Roll(store, errands, syncer);
    }

    /**
     * Whose files are kept here, and how.
     *
     * @param accepted what is taken in
     * @param listener hears each run's report, on the run's thread
     */
    public record Following(Follower.Options accepted, Consumer<SyncReport> listener) {}

    /**
     * Starts everything but following; when it returns, peers are answered.
     *
     * @throws IOException if the address cannot be listened on; the message names it
     * @throws StoreException with {@code IN_USE} if this account is a live peer already, in whatever process
     */
    public static LivePeer start(
            Account account, ContentStore store, NetworkOptions options, Following following, NodeClock clock)
            throws IOException {
        Parts parts = new Parts();
        boolean begun = false;
        try {
            LivePeer peer = new LivePeer(account, store, options, following, clock, parts);
            peer.begin();
            begun = true;
            return peer;
        } finally {
            if (!begun) {
                parts.close();
            }
        }
    }

    /** Two in one home would answer for one identity at two addresses, and write one table over the other. */
    private void keepOthersOut() {
        Path file = file("node.lock");
        try {
            parts.started(ProcessLock.tryHold(file).orElseThrow(() -> alreadyRunning(file)));
        } catch (IOException readOnly) {
            LOG.log(Level.WARNING, "no other node is kept out of {0}: {1} cannot be locked: {2}", new Object[] {
                account.root(), file, readOnly.getMessage()
            });
        }
    }

    private StoreException alreadyRunning(Path file) {
        return new StoreException(
                StoreException.Reason.IN_USE,
                file,
                "a node runs in " + account.root() + " already; stop it, or choose another directory with --home",
                null);
    }

    private Cables cables(Radios radios) {
        Supplier<Central> central = radios.central().orElse(() -> {
            throw new GattException(GattException.Reason.NO_ADAPTER, "this node looks for nobody by radio");
        });
        return new Cables(self(), new Carrier(radios.frame()), central);
    }

    private Overlay overlay(PeerDialer dialer) {
        return new Overlay(self(), dialer.with(DialerOptions.BRIEF), file("contacts.json"), random);
    }

    private Exchange reception(Following following) {
        StoreExchange files =
                new StoreExchange(account, store, following.accepted().retention());
        return new Reception(files, overlay.<Exchange>map(o -> o).orElse(NOBODY));
    }

    private LocalNetwork localNetwork() {
        return LocalNetwork.start(new Presence.Announced(self(), port()), watch, LocalNetwork.LAN.and(this::listensOn));
    }

    private boolean listensOn(Link link) {
        return isEverywhere() || link.has(server.address().getAddress());
    }

    private boolean isEverywhere() {
        return server.address().getAddress().isAnyLocalAddress();
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>(List.of(Source.atOnce(places), Source.atOnce(given)));
        local.ifPresent(network -> sources.add(new Source(network, BEFORE_MDNS)));
        overlay.ifPresent(network -> sources.add(new Source(network, BEFORE_OVERLAY)));
        cables.ifPresent(radio -> sources.add(new Source(radio, BEFORE_RADIO)));
        return sources;
    }

    private Syncer syncer(Following following) {
        Follower follower = new Follower(account, store, new Checkpoints(file("sync")), following.accepted(), clock);
        Outbox outbox = new Outbox(account, store, peer -> server.attention(peer, self()));
        return new Syncer(follower, finder, outbox, Syncer.Options.DEFAULT, errands, random);
    }

    private <T> Optional<T> only(Way way, Supplier<T> part) {
        return options.uses(way) ? Optional.of(part.get()) : Optional.empty();
    }

    /** What was proved is a contact of the overlay too; but not by a name, which may lead elsewhere the next time. */
    private final class Memory implements Trail {
        @Override
        public void proved(Fingerprint peer, Candidate candidate, Duration took) {
            places.proved(peer, candidate, took);
            if (isLiteral(candidate.address())) {
                overlay.ifPresent(network -> network.proved(new Contact(peer, candidate.address())));
            }
        }
    }

    private static boolean isLiteral(InetSocketAddress address) {
        try {
            InetAddress.ofLiteral(address.getHostString());
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private void begin() {
        Optional<RouterMapping> mapping = isEverywhere() ? only(Way.ROUTER, this::mapping) : Optional.empty();
        parts.started(store.onSignature(clock::heard));
        parts.started(watch.onChange(_ -> {
            mapping.ifPresent(RouterMapping::networkChanged);
            overlay.ifPresent(Overlay::networkChanged);
            spreadNews();
            syncer.networkChanged();
        }));
        local.ifPresent(network -> parts.started(network.onSeen(contact -> seen(contact.fingerprint()))));
        whereabouts.isNews();
        overlay.ifPresent(network -> network.start(options.bootstrap()));
        ControlSocket.start(account.root(), new PeerDesk(account, store, this, clock))
                .ifPresent(parts::started);
        options.radios().ifPresent(radios -> beOnAir(radios, cables.orElseThrow()));
    }

    /** Last, and never waited for: who comes by radio finds everything else there. */
    private void beOnAir(Radios radios, Cables lines) {
        lines.onNear(syncer::near);
        lines.serve(server::plug);
        radios.peripheral().ifPresent(maker -> {
            NodeInfo info = new NodeInfo(
                    self().toString(), account.identity().publicIdentity().name());
            parts.started(maker.get()).offer(new Peripheral.Offer(info, radios.extras()), lines.acceptor());
        });
    }

    /** Somebody says that {@code peer} is in the network. */
    void seen(Fingerprint peer) {
        syncer.seen(peer);
    }

    private RouterMapping mapping() {
        MappingNonce nonce = MappingNonce.of(account.identity().tlsPrivateKey().getEncoded());
        return parts.started(new RouterMapping(port(), nonce, this::outside, random));
    }

    private void outside(RouterState state) {
        whereabouts.router(state);
        spreadNews();
    }

    private void spreadNews() {
        if (whereabouts.isNews()) {
            overlay.ifPresent(Overlay::moved);
        }
    }

    /** Follows everybody whose directory is here, from now on; also those who come and go. */
    public void followAll() {
        parts.started(store.onChange(this::changed));
        roll.everybody();
    }

    private void changed(Fingerprint owner) {
        if (owner.equals(self())) {
            syncer.ownChanged();
        } else {
            roll.call();
        }
    }

    private Path file(String name) {
        return account.privateDirectory().resolve(name);
    }

    private Fingerprint self() {
        return account.fingerprint();
    }

    private int port() {
        return server.address().getPort();
    }

    /** Where it listens; the port is the real one, also if any was asked for. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What is known of the way in from outside. */
    Optional<Whereabouts.Outside> fromOutside() {
        return whereabouts.fromOutside();
    }

    /** How it stands with each who is followed. */
    List<PeerState> following() {
        return syncer.state();
    }

    /**
     * Syncs now and waits until it is done, for {@link #LONGEST_SYNC} at most; what the answers hold is in
     * {@link SyncAnswer}. Interruptible.
     *
     * @param wanted with whom; all who are followed if empty
     */
    List<JsonObject> sync(Set<Fingerprint> wanted) {
        Set<Fingerprint> peers = wanted.isEmpty() ? Set.copyOf(store.followed()) : wanted;
        List<Errands.Errand> runs = peers.stream().sorted().map(errands::next).toList();
        try {
            syncer.syncNow(peers);
            roll.call();
            return errands.answers(runs, LONGEST_SYNC);
        } finally {
            errands.forget(runs);
            roll.call();
        }
    }

    /** The lines that are open by radio. */
    List<Connected> lines() {
        return cables.map(Cables::connected).orElse(List.of());
    }

    PeerFinder finder() {
        return finder;
    }

    /** Where peers proved themselves. */
    List<ProvenPlaces.Place> places() {
        return places.places();
    }

    /** Where peers are, as somebody wrote down. */
    List<Contact> given() {
        return given.all();
    }

    /** Contacts in the overlay. */
    List<Contact> contacts() {
        return overlay.map(network ->
                        network.contacts().stream().map(Known::contact).toList())
                .orElse(List.of());
    }

    /** Stops everything, within two seconds; what cannot be stopped is logged and left. */
    @Override
    public void close() {
        errands.close();
        parts.close();
    }
}
