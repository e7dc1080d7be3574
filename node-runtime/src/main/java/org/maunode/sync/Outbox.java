package org.maunode.sync;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.maunode.exchange.Waiters.Attention;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/** The account's own files, and who is to be given them: peers that may read them and do not fetch them. Thread-safe. */
public final class Outbox {
    /** The largest file that is left at a peer unasked, in bytes. */
    private static final long MAX_BYTES = 64L << 20;

    private final Account account;
    private final ContentStore store;
    private final Function<Fingerprint, Attention> attention;
    private final long maxBytes;
    private final RefusedFiles refused = new RefusedFiles();

    /**
     * @param attention whether a peer waits for our news here, or did a moment ago and is fetching now, so that it needs no
     *     pushing; must not block
     */
    public Outbox(Account account, ContentStore store, Function<Fingerprint, Attention> attention) {
        this(account, store, attention, MAX_BYTES);
    }

    Outbox(Account account, ContentStore store, Function<Fingerprint, Attention> attention, long maxBytes) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.attention = Objects.requireNonNull(attention);
        this.maxBytes = maxBytes;
    }

    Fingerprint self() {
        return account.fingerprint();
    }

    Attention attention(Fingerprint peer) {
        return attention.apply(peer);
    }

    /** What this peer turned down. */
    RefusedFiles refused() {
        return refused;
    }

    /** Own files in order; opens none of them. */
    List<StoredFile> behind(Position position, int max) {
        return store.list(self(), position, max);
    }

    /** What {@code peer} may read, by the rule by which it would be served (EX-12, EX-13), and is not too large. */
    Predicate<StoredFile> meantFor(Fingerprint peer) {
        Set<Long> known = account.keyring().keyIdsOf(peer);
        Set<Long> keys = known.isEmpty() ? Set.of(peer.keyId()) : known;
        return file -> file.size() <= maxBytes && file.envelope().isReadableBy(keys);
    }
}
