package org.maunode.runtime;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.maunode.clock.NodeClock;
import org.maunode.exchange.RemotePeer;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Opener;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.StoredFile;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncProgress;
import org.maunode.sync.SyncReport;

/**
 * A node's day in a minute, for whoever watches the process: it starts, publishes public and sealed readings, serves a
 * friend and a stranger, is followed, and stops; then two meet in every way there is. Run as a program of its own; its argument is an empty directory.
 */
public final class DayInAMinute {
    private static final int LISTS_AT_MOST = 100;
    private static final char[] PASSPHRASE = "a day in a minute".toCharArray();
    private final Path place;

    private DayInAMinute(Path place) {
        this.place = place;
    }

    public static void main(String[] arguments) throws Exception {
        NodeLog.start(NodeLog.Verbosity.WARN, System.err, false);
        new DayInAMinute(Path.of(arguments[0])).live();
        System.out.println("the day is over");
    }

    private void live() throws Exception {
        Account node = Account.create(place.resolve("node"), "node", "", PASSPHRASE);
        Account friend = Account.create(place.resolve("friend"), "friend", "f@example.org", PASSPHRASE);
        friend.keyring().add(node.identity().publicIdentity());
        node.keyring().add(friend.identity().publicIdentity());
        node.keyring().addToGroup(friend.fingerprint(), "family");
        for (String readers : List.of("", "family")) {
            serveOnce(node, friend, readers);
        }
        new Meeting(place).happen();
    }

    private void serveOnce(Account nodeAccount, Account friend, String readers) throws Exception {
        NodeOptions options = NodeOptions.parse(
                readers.isEmpty()
                        ? List.of("--port=0", "--bind=127.0.0.1")
                        : List.of("--port=0", "--bind=127.0.0.1", "--for=" + readers));
        Account account = Account.open(nodeAccount.root(), PASSPHRASE);
        try (ContentStore watched = ContentStore.open(account)) {
            CountDownLatch published = new CountDownLatch(1);
            try (AutoCloseable _ = watched.onChange(_ -> published.countDown());
                    NodeClock clock = NodeClock.start(account.privateDirectory().resolve("clock"));
                    Node node = Node.start(account, options, clock)) {
                if (!published.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing was published");
                }
                follow(friend, node.address());
                read(friend, account);
            }
        }
    }

    private void follow(Account friend, InetSocketAddress address) {
        try (ContentStore store = ContentStore.open(friend);
                PeerDialer dialer = new PeerDialer(friend.identity(), DialerOptions.DEFAULT);
                RemotePeer remote = dialer.dial(other(friend), address)) {
            store.follow(other(friend));
            Checkpoints checkpoints = new Checkpoints(friend.privateDirectory().resolve("sync"));
            Follower follower =
                    new Follower(friend, store, checkpoints, Follower.Options.DEFAULT, InstantSource.system());
            SyncReport report = follower.sync(remote, SyncProgress.SILENT);
            if (report.fetched() == 0) {
                throw new AssertionError(report.summary() + " " + report.notes());
            }
            // A node that starts for a group takes its open hours away: a list made before that names one more file.
            for (int again = 0; !report.isComplete(); again++) {
                if (again == LISTS_AT_MOST) {
                    throw new AssertionError(report.summary() + " " + report.notes());
                }
                report = follower.sync(remote, SyncProgress.SILENT);
            }
        }
    }

    private static Fingerprint other(Account friend) {
        return friend.keyring().friends().getFirst().key().fingerprint();
    }

    private void read(Account friend, Account author) throws Exception {
        try (ContentStore store = ContentStore.open(friend)) {
            Optional<StoredFile> node = store.find(author.fingerprint(), new FileName("node.json.pgp"));
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            new Opener(friend.identity())
                    .open(node.orElseThrow().path(), author.identity().publicIdentity(), content);
            if (!content.toString().contains("mau:Node")) {
                throw new AssertionError(content.toString());
            }
        }
    }
}
