package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.maunode.clock.NodeClock;
import org.maunode.discovery.StaticAddresses;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Keyring.Friend;
import org.maunode.store.Retention;
import org.maunode.sync.Follower;

/** An account on the disk, and its life on loopback. */
final class Home implements AutoCloseable {
    final Account account;
    final ContentStore store;
    final NodeClock clock;

    Home(Path place, String name) {
        account = Account.create(place.resolve(name), name, "", name.toCharArray());
        store = ContentStore.open(account);
        clock = NodeClock.start(account.privateDirectory().resolve("clock"));
    }

    Fingerprint fingerprint() {
        return account.fingerprint();
    }

    /** Both know and follow each other. */
    Home befriends(Home other) {
        account.keyring().add(other.account.identity().publicIdentity());
        other.account.keyring().add(account.identity().publicIdentity());
        store.follow(other.fingerprint());
        other.store.follow(fingerprint());
        return this;
    }

    /** Writes down where somebody is. */
    void isTold(Fingerprint peer, InetSocketAddress address) {
        new StaticAddresses(account.privateDirectory().resolve("addresses.json")).remember(peer, address);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static NetworkOptions onLoopback(Way... ways) {
        Set<Way> all = EnumSet.noneOf(Way.class);
        all.addAll(List.of(ways));
        return new NetworkOptions(loopback(0), Optional.empty(), all, List.of(), Map.of());
    }

    LivePeer live(Way... ways) throws IOException {
        return live(onLoopback(ways));
    }

    LivePeer live(NetworkOptions options) throws IOException {
        LivePeer.Following following = new LivePeer.Following(Follower.Options.DEFAULT, _ -> {});
        return LivePeer.start(account, store, options, following, clock);
    }

    /** For all friends. */
    void publish(String name, String text) {
        Sealer.Content content = () -> new ByteArrayInputStream(text.getBytes());
        List<PublicIdentity> readers =
                account.keyring().friends().stream().map(Friend::key).toList();
        store.publish(
                FileName.published(name),
                new Sealer(account.identity()).seal(content, readers, clock.instant()),
                new Retention.KeepAll());
    }

    boolean holds(Home author, String name) {
        return store.find(author.fingerprint(), FileName.published(name)).isPresent();
    }

    /** Waits until it holds a file. */
    void awaits(Home author, String name) throws Exception {
        CountDownLatch here = new CountDownLatch(1);
        try (AutoCloseable _ = store.onChange(_ -> count(here, author, name))) {
            count(here, author, name);
            assertTrue(here.await(20, TimeUnit.SECONDS), name + " does not come");
        }
    }

    private void count(CountDownLatch here, Home author, String name) {
        if (holds(author, name)) {
            here.countDown();
        }
    }

    @Override
    public void close() {
        clock.close();
        store.close();
    }
}
