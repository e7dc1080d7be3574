package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.discovery.Connector;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.StoreExchange;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/** Two nodes on the loopback, with their real wires and threads. */
class SyncerOverHttpTest {
    private static final char[] PASSPHRASE = "wires".toCharArray();

    private static final Retention KEEP_ALL = new Retention.KeepAll();

    @TempDir
    private Path place;

    private final Map<Fingerprint, InetSocketAddress> addresses = new ConcurrentHashMap<>();
    private final BlockingQueue<SyncReport> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private Account author;
    private Account reader;
    private ContentStore authors;
    private ContentStore readers;
    private PeerServer server;
    private PeerDialer dialer;
    private Syncer syncer;

    @BeforeEach
    void open() throws IOException {
        author = Account.create(place.resolve("author"), "author", "", PASSPHRASE);
        reader = Account.create(place.resolve("reader"), "reader", "", PASSPHRASE);
        author.keyring().add(reader.identity().publicIdentity());
        reader.keyring().add(author.identity().publicIdentity());
        authors = ContentStore.open(author);
        readers = ContentStore.open(reader);
        readers.follow(author.fingerprint());
        serve(0);
        dialer = new PeerDialer(reader.identity(), DialerOptions.DEFAULT);
        Follower follower = new Follower(
                reader,
                readers,
                new Checkpoints(place.resolve("checkpoints")),
                Follower.Options.DEFAULT,
                InstantSource.system());
        syncer = new Syncer(
                follower,
                connector(),
                new Outbox(reader, readers, _ -> Attention.NONE),
                Syncer.Options.DEFAULT,
                reports::add,
                new Random(1));
    }

    private void serve(int port) throws IOException {
        Exchange exchange = new StoreExchange(author, authors, KEEP_ALL);
        server = PeerServer.start(
                author.identity(), exchange, ServerOptions.at(new InetSocketAddress("127.0.0.1", port)));
        addresses.put(author.fingerprint(), server.address());
    }

    private Connector connector() {
        return peer -> {
            asked.add("dial");
            return Optional.ofNullable(addresses.get(peer))
                    .map(address -> dialer.dial(peer, address))
                    .orElseThrow(
                            () -> new ExchangeException(ExchangeException.Reason.UNREACHABLE, "no address is known"));
        };
    }

    @AfterEach
    void close() {
        syncer.close();
        dialer.close();
        server.close();
        authors.close();
        readers.close();
    }

    private void publish(String name) {
        Sealer.Content content = () -> new ByteArrayInputStream("x".getBytes());
        authors.publish(
                FileName.published(name),
                new Sealer(author.identity())
                        .seal(content, List.of(reader.identity().publicIdentity()), Instant.now()),
                KEEP_ALL);
    }

    private SyncReport report() throws InterruptedException {
        return Optional.ofNullable(reports.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    private void awaitPhase(PeerState.Phase phase) {
        spinUntil(() -> syncer.state().getFirst().phase() == phase);
    }

    private void spinUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, syncer.state().toString());
            Thread.onSpinWait();
        }
    }

    /** KC-1. */
    @Test
    void aFileIsHereWithinASecondOfItsPublication() throws InterruptedException {
        syncer.follow(Set.of(author.fingerprint()));
        report();
        awaitPhase(PeerState.Phase.WAITING);
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            publish("f" + i);
            assertEquals(1, report().fetched());
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(took.toMillis() < 5000, took + " on a machine that does much else");
        }
        assertEquals(1, asked.size());
        assertEquals(Optional.of(server.address()), syncer.state().getFirst().where());
    }

    /** KC-7: the peer is started anew. */
    @Test
    void aPeerThatIsRestartedIsWaitedAtAgain() throws InterruptedException, IOException {
        syncer.follow(Set.of(author.fingerprint()));
        report();
        awaitPhase(PeerState.Phase.WAITING);
        int port = server.address().getPort();
        server.close();
        awaitPhase(PeerState.Phase.AWAY);
        publish("a");
        serve(port);
        syncer.seen(author.fingerprint());
        assertEquals(1, report().fetched());
    }

    /** KC-12. */
    @Test
    void aLivingConnectionProvesItself() throws InterruptedException {
        syncer.follow(Set.of(author.fingerprint()));
        report();
        awaitPhase(PeerState.Phase.WAITING);
        syncer.seen(author.fingerprint());
        syncer.networkChanged();
        publish("a");
        assertEquals(1, report().fetched());
        assertEquals(1, asked.size());
    }

    @Test
    void theEndComesAtOnceThoughAWaitGoesOn() throws InterruptedException {
        syncer.follow(Set.of(author.fingerprint()));
        report();
        awaitPhase(PeerState.Phase.WAITING);
        assertTimeout(Duration.ofSeconds(1), syncer::close);
        assertTrue(syncer.state().isEmpty());
    }

    /** KC-40: the reader is behind a router, and its peer cannot come and fetch. */
    @Test
    void whatAppearsHereIsAtThePeerWithinASecond() throws InterruptedException {
        authors.follow(reader.fingerprint());
        syncer.follow(Set.of(author.fingerprint()));
        report();
        awaitPhase(PeerState.Phase.WAITING);
        for (String name : List.of("a", "b")) {
            Sealer.Content content = () -> new ByteArrayInputStream(name.getBytes());
            StoredFile mine = readers.publish(
                    FileName.published(name), new Sealer(reader.identity()).sign(content, Instant.now()), KEEP_ALL);
            syncer.ownChanged();
            spinUntil(() -> authors.find(reader.fingerprint(), mine.name())
                    .filter(theirs -> theirs.sum().equals(mine.sum()))
                    .isPresent());
        }
    }
}
