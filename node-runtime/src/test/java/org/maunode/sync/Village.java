package org.maunode.sync;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/**
 * Nodes in one process with real directories, the wires between them, and one time for all that stands still unless it is
 * told to pass. The clock on the wall goes with it, and may be set.
 */
final class Village implements AutoCloseable {
    private static final char[] PASSPHRASE = "village".toCharArray();
    static final Retention ALL = new Retention.KeepAll();

    final ManualScheduler time = new ManualScheduler();
    final List<SyncReport> reports = new ArrayList<>();
    private final Path place;
    private final Instant began = Instant.now();
    private final Map<Fingerprint, Node> nodes = new LinkedHashMap<>();
    private final List<Syncer> syncers = new ArrayList<>();
    private Duration set = Duration.ZERO;

    Village(Path place) {
        this.place = place;
        time.around(() -> nodes.values().forEach(Node::look));
    }

    /** The clock on every wall: ahead of the times of the files that are made meanwhile. */
    Instant now() {
        return began.plus(Duration.ofMinutes(5)).plusNanos(time.nanos()).plus(set);
    }

    /** Sets the clock. */
    void jump(Duration by) {
        set = set.plus(by);
    }

    /** So many who are all friends. */
    List<Node> people(int count) {
        List<Node> people =
                IntStream.range(0, count).mapToObj(i -> new Node("n" + i)).toList();
        for (Node one : people) {
            people.stream().filter(other -> other != one).forEach(other -> one.account
                    .keyring()
                    .add(other.account.identity().publicIdentity()));
        }
        return people;
    }

    /** Somebody, with what is open there. */
    final class Node {
        final Account account;
        final ContentStore store;
        final Checkpoints checkpoints;

        /** Connections that lead here. */
        final List<InProcessPeer> lines = new ArrayList<>();

        /** What is done to each new connection that leads here. */
        Consumer<InProcessPeer> manner = _ -> {};

        boolean isReachable = true;
        int dialled;

        private Node(String name) {
            account = Account.create(place.resolve(name), name, "", PASSPHRASE);
            store = ContentStore.open(account);
            checkpoints = new Checkpoints(account.privateDirectory().resolve("sync"));
            nodes.put(account.fingerprint(), this);
        }

        Fingerprint fingerprint() {
            return account.fingerprint();
        }

        StoredFile publish(String name, String text) {
            return publish(name, text, now());
        }

        StoredFile publish(String name, String text, Instant signedAt) {
            Sealer.Content bytes = () -> new ByteArrayInputStream(text.getBytes());
            List<PublicIdentity> readers = account.keyring().friends().stream()
                    .map(friend -> friend.key())
                    .toList();
            return store.publish(
                    FileName.published(name), new Sealer(account.identity()).seal(bytes, readers, signedAt), ALL);
        }

        /** Publishes something that seems to have come into the directory at {@code time}. */
        void publishAt(String name, Instant time) throws IOException {
            Path file = publish(name, name).path();
            Path elsewhere = account.root().resolve("moving");
            Files.copy(file, elsewhere);
            Files.setLastModifiedTime(elsewhere, FileTime.from(time));
            Files.move(elsewhere, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }

        Optional<String> reads(Node author, String name) {
            return store.find(author.fingerprint(), FileName.published(name)).map(file -> open(file, author));
        }

        private String open(StoredFile file, Node author) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                new Opener(account.identity())
                        .open(file.path(), author.account.identity().publicIdentity(), out);
                return out.toString();
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }

        /** What was asked here so far, over all connections. */
        List<String> asked() {
            return lines.stream().flatMap(line -> line.asked.stream()).toList();
        }

        void forgetAsked() {
            lines.forEach(line -> line.asked.clear());
        }

        InProcessPeer line() {
            return lines.getLast();
        }

        private void look() {
            lines.forEach(InProcessPeer::look);
        }

        /** Nobody reaches it any more, and what was open breaks. */
        void goAway() {
            isReachable = false;
            lines.forEach(InProcessPeer::cut);
        }

        private RemotePeer accept(Node caller) {
            dialled++;
            if (!isReachable) {
                throw new ExchangeException(ExchangeException.Reason.UNREACHABLE, "nobody answers");
            }
            InProcessPeer line = new InProcessPeer(account, store, caller.fingerprint());
            line.time = Optional.of(time);
            manner.accept(line);
            lines.add(line);
            return line;
        }

        /** Keeps in sync with {@code others}; does not push. */
        Syncer follows(Node... others) {
            return follows(_ -> Attention.NOW, others);
        }

        Syncer follows(Function<Fingerprint, Attention> attention, Node... others) {
            Syncer syncer = begins(attention, others);
            time.settle();
            return syncer;
        }

        /** The same, but nothing happens yet. */
        Syncer begins(Node... others) {
            return begins(_ -> Attention.NOW, others);
        }

        private Syncer begins(Function<Fingerprint, Attention> attention, Node... others) {
            Set<Fingerprint> peers = Stream.of(others).map(Node::fingerprint).collect(Collectors.toSet());
            peers.forEach(store::follow);
            Syncer syncer = new Syncer(
                    follower(),
                    peer -> nodes.get(peer).accept(this),
                    new Outbox(account, store, attention),
                    Syncer.Options.DEFAULT,
                    reports::add,
                    new Random(5),
                    time);
            syncers.add(syncer);
            syncer.follow(peers);
            return syncer;
        }

        /** What a syncer of this node would share, without one. */
        Shared shared() {
            return new Shared(
                    follower(),
                    _ -> {
                        throw new AssertionError("nobody is dialled");
                    },
                    new Outbox(account, store, _ -> Attention.NOW),
                    Syncer.Options.DEFAULT,
                    reports::add,
                    new Random(6),
                    time,
                    new Links(_ -> {}));
        }

        private Follower follower() {
            InstantSource clock = Village.this::now;
            return new Follower(account, store, checkpoints, Follower.Options.DEFAULT, clock);
        }
    }

    @Override
    public void close() {
        syncers.forEach(Syncer::close);
        nodes.values().forEach(node -> node.store.close());
    }
}
