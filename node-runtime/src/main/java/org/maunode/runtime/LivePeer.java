package org.maunode.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maunode.discovery.Candidate;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.ProvenPlaces;
import org.maunode.discovery.Source;
import org.maunode.discovery.StaticAddresses;
import org.maunode.discovery.Trail;
import org.maunode.discovery.mdns.LocalNetwork;
import org.maunode.discovery.mdns.Presence;
import org.maunode.discovery.net.Link;
import org.maunode.discovery.net.NetworkWatch;
import org.maunode.discovery.overlay.Overlay;
import org.maunode.discovery.router.MappingNonce;
import org.maunode.discovery.router.RouterMapping;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Reception;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.sync.Outbox;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;

/**
 * An account as a peer in the network: it answers, is found, finds, and keeps in sync. What a node and {@code mau serve}
 * have in common. Started in this order, stopped in the reverse:
 *
 * <pre>
 *   links ──► dialer ──► overlay ──► server ──► mDNS, router ──► finder ──► syncer ──► what wakes it
 * </pre>
 *
 * Thread-safe once it is started.
 */
public final class LivePeer implements AutoCloseable {
    /** What people wrote down and what worked last time is tried alone for so long, then the network is asked. */
    private static final Duration BEFORE_MDNS = Duration.ofMillis(300);

    /** A lookup across the internet costs others something too. */
    private static final Duration BEFORE_OVERLAY = Duration.ofSeconds(2);

    private static final Exchange NOBODY = (_, _) -> new Answer.Refused(Refusal.NOT_FOUND);

    private final Account account;
    private final ContentStore store;
    private final NetworkOptions options;
    private final Parts parts;
    private final Random random = new Random();
    private final NetworkWatch watch;
    private final Whereabouts whereabouts;
    private final Optional<Overlay> overlay;
    private final PeerServer server;
    private final Optional<LocalNetwork> local;
    private final StaticAddresses given;
    private final ProvenPlaces places;
    private final PeerFinder finder;
    private final Syncer syncer;

    private LivePeer(
            Account account,
            ContentStore store,
            NetworkOptions options,
            Following following,
            InstantSource clock,
            Parts parts)
            throws IOException {
        this.account = account;
        this.store = store;
        this.options = options;
        this.parts = parts;
        watch = parts.started(NetworkWatch.start());
        whereabouts = new Whereabouts(options.announced(), watch::now);
        PeerDialer dialer =
                parts.started(new PeerDialer(account.identity(), DialerOptions.DEFAULT, whereabouts::names));
        overlay = only(Way.OVERLAY, () -> parts.started(overlay(dialer)));
        server = parts.started(PeerServer.start(account.identity(), reception(), ServerOptions.at(options.bind())));
        whereabouts.listening(server.address());
        local = only(Way.LOCAL_NETWORK, () -> parts.started(localNetwork()));
        given = new StaticAddresses(file("addresses.json"));
        options.given().forEach(given::remember);
        places = new ProvenPlaces(file("places.json"), clock);
        finder = parts.started(new PeerFinder(sources(), dialer, new Memory()));
        syncer = parts.started(syncer(following, clock));
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
     * @param clock the time of signatures and of what is remembered
     * @throws IOException if the address cannot be listened on; the message names it
     */
    public static LivePeer start(
            Account account, ContentStore store, NetworkOptions options, Following following, InstantSource clock)
            throws IOException {
        Parts parts = new Parts();
        try {
            LivePeer peer = new LivePeer(account, store, options, following, clock, parts);
            peer.begin();
            return peer;
        } catch (IOException | RuntimeException failed) {
            parts.close();
            throw failed;
        }
    }

    private Overlay overlay(PeerDialer dialer) {
        return new Overlay(self(), dialer.with(DialerOptions.BRIEF), file("contacts.json"), random);
    }

    private Exchange reception() {
        return new Reception(
                new StoreExchange(account, store), overlay.<Exchange>map(o -> o).orElse(NOBODY));
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
        return sources;
    }

    private Syncer syncer(Following following, InstantSource clock) {
        Follower follower = new Follower(account, store, new Checkpoints(file("sync")), following.accepted(), clock);
        Outbox outbox = new Outbox(account, store, peer -> server.isWaiting(peer, self()));
        return new Syncer(follower, finder, outbox, Syncer.Options.DEFAULT, following.listener(), random);
    }

    private <T> Optional<T> only(Way way, Supplier<T> part) {
        return options.uses(way) ? Optional.of(part.get()) : Optional.empty();
    }

    /** What was proved is a contact of the overlay too. */
    private final class Memory implements Trail {
        @Override
        public void proved(Fingerprint peer, Candidate candidate, Duration took) {
            places.proved(peer, candidate, took);
            overlay.ifPresent(network -> network.proved(new Contact(peer, candidate.address())));
        }
    }

    private void begin() {
        Optional<RouterMapping> router = isEverywhere() ? only(Way.ROUTER, this::router) : Optional.empty();
        parts.started(watch.onChange(_ -> {
            router.ifPresent(RouterMapping::networkChanged);
            overlay.ifPresent(Overlay::networkChanged);
            syncer.networkChanged();
        }));
        local.ifPresent(network -> parts.started(network.onSeen(contact -> syncer.seen(contact.fingerprint()))));
        overlay.ifPresent(network -> network.start(options.bootstrap()));
    }

    private RouterMapping router() {
        MappingNonce nonce = MappingNonce.of(account.identity().tlsPrivateKey().getEncoded());
        return parts.started(new RouterMapping(port(), nonce, whereabouts::router, random));
    }

    /** Follows everybody whose directory is here, from now on; also those who come and go. */
    public void followAll() {
        parts.started(store.onChange(this::changed));
        syncer.follow(Set.copyOf(store.followed()));
    }

    private void changed(Fingerprint owner) {
        if (owner.equals(self())) {
            syncer.ownChanged();
        } else {
            syncer.follow(Set.copyOf(store.followed()));
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

    /** Stops everything, within two seconds; what cannot be stopped is logged and left. */
    @Override
    public void close() {
        parts.close();
    }
}
