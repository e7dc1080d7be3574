package org.maunode.exchange;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.Retention;
import org.maunode.store.StoredFile;

/**
 * The exchange over an account's directory.
 *
 * <p>The access rule: a signed-only file is public; a sealed one is for its recipients, for the owner of the directory and
 * for the account itself. Recipients are told by the key ids at the front of the file, and a caller's key ids are known if
 * it is a friend; a stranger's only key id is the one inside its fingerprint.
 */
public final class StoreExchange implements Exchange {
    /** Files behind the asked second that one page holds, before the page is filled up to the end of its last second. */
    public static final int PAGE = 100;

    private static final int BATCH = 128;

    private final Account account;
    private final ContentStore store;
    private final Intake intake;

    /** Keeps every version of what its owners leave here. */
    public StoreExchange(Account account, ContentStore store) {
        this(account, store, new Retention.KeepAll());
    }

    /** @param retention which old versions are kept of files that their owners leave here */
    public StoreExchange(Account account, ContentStore store, Retention retention) {
        this.account = Objects.requireNonNull(account);
        this.store = Objects.requireNonNull(store);
        this.intake = new Intake(store, new Opener(account.identity()), retention);
    }

    @Override
    public Answer answer(Request request, Caller caller) {
        return switch (request) {
            case Request.ListFiles list -> list(list, readableBy(caller));
            case Request.GetFile get -> content(store.find(get.owner(), get.name()), caller);
            case Request.GetVersion get -> content(store.findVersion(get.owner(), get.name(), get.version()), caller);
            case Request.AboutPeers _ -> new Answer.Refused(Refusal.NOT_FOUND);
        };
    }

    @Override
    public AutoCloseable onChange(Consumer<Fingerprint> listener) {
        return store.onChange(listener);
    }

    /** Only from the owner itself, and only if it is followed and a friend. What is here already need not come again. */
    @Override
    public Delivery accept(Delivery.Offer offer, Caller caller) {
        Fingerprint owner = offer.owner();
        if (!caller.fingerprint().equals(Optional.of(owner))) {
            return Delivery.Refused.of(caller.fingerprint().isEmpty() ? Refusal.NOT_ALLOWED : Refusal.FORBIDDEN);
        }
        Optional<PublicIdentity> author =
                store.followed().contains(owner) ? account.keyring().find(owner) : Optional.empty();
        return author.map(known -> held(offer).orElseGet(() -> new StoreDelivery(store, intake, offer, known)))
                .orElse(Delivery.Refused.of(Refusal.FORBIDDEN));
    }

    private Optional<Delivery> held(Delivery.Offer offer) {
        return offer.sum()
                .flatMap(sum -> store.findVersion(offer.owner(), offer.name(), sum))
                .map(held ->
                        held.path().getFileName().toString().equals(offer.name().value())
                                ? new Delivery.Taken(false)
                                : Delivery.Refused.of(Refusal.CONFLICT));
    }

    private Answer content(Optional<StoredFile> found, Caller caller) {
        if (found.isEmpty()) {
            return new Answer.Refused(Refusal.NOT_FOUND);
        }
        StoredFile file = found.get();
        return readableBy(caller).test(file) ? new Answer.Content(file) : new Answer.Refused(Refusal.NOT_ALLOWED);
    }

    private Predicate<StoredFile> readableBy(Caller caller) {
        if (caller.fingerprint().isEmpty()) {
            return file -> !file.envelope().sealed();
        }
        Fingerprint who = caller.fingerprint().get();
        if (who.equals(account.fingerprint())) {
            return file -> true;
        }
        Set<Long> known = account.keyring().keyIdsOf(who);
        Set<Long> keys = known.isEmpty() ? Set.of(who.keyId()) : known;
        return file -> file.owner().equals(who) || file.envelope().isReadableBy(keys);
    }

    /**
     * Permission comes before the limit, so that a page is never short without reason. All files of the asked second are on
     * the page, and so are all of its last second: a peer that pages by {@code If-Modified-Since} alone, which counts in
     * seconds, always moves on and misses none.
     */
    private Answer list(Request.ListFiles request, Predicate<StoredFile> readable) {
        Position from = from(request);
        Optional<Instant> asked = request.after().isEmpty() ? request.since() : Optional.empty();
        Extent extent = extent(new Walk(request.owner(), from, readable), from, asked);
        Iterator<StoredFile> page = new Until(new Walk(request.owner(), from, readable), extent.end());
        return new Answer.Listing(page, extent.end(), extent.more());
    }

    private static Position from(Request.ListFiles request) {
        Position since = request.since()
                .map(time -> Position.at(time.truncatedTo(ChronoUnit.SECONDS)))
                .orElse(Position.START);
        return request.after().filter(after -> after.compareTo(since) > 0).orElse(since);
    }

    /** Where a page ends, and whether another file follows. */
    private record Extent(Position end, boolean more) {}

    private static Extent extent(Iterator<StoredFile> files, Position from, Optional<Instant> asked) {
        Optional<Instant> askedSecond = asked.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        int counted = 0;
        Position last = from;
        Instant lastSecond = Instant.MIN;
        while (files.hasNext()) {
            StoredFile file = files.next();
            Instant second = file.modified().truncatedTo(ChronoUnit.SECONDS);
            if (counted >= PAGE && !second.equals(lastSecond)) {
                return new Extent(last, true);
            }
            if (!askedSecond.equals(Optional.of(second))) {
                counted++;
            }
            last = Position.after(file);
            lastSecond = second;
        }
        return new Extent(last, false);
    }

    /** The readable files of a directory in order, fetched from the index a batch at a time. */
    private final class Walk implements Iterator<StoredFile> {
        private final Fingerprint owner;
        private final Predicate<StoredFile> readable;
        private final Deque<StoredFile> batch = new ArrayDeque<>();
        private Position reached;
        private boolean ended;

        Walk(Fingerprint owner, Position from, Predicate<StoredFile> readable) {
            this.owner = owner;
            this.reached = from;
            this.readable = readable;
        }

        @Override
        public boolean hasNext() {
            while (batch.isEmpty() && !ended) {
                fetch();
            }
            return !batch.isEmpty();
        }

        private void fetch() {
            var files = store.list(owner, reached, BATCH);
            ended = files.size() < BATCH;
            if (!files.isEmpty()) {
                reached = Position.after(files.getLast());
            }
            files.stream().filter(readable).forEach(batch::add);
        }

        @Override
        public StoredFile next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return batch.remove();
        }
    }

    /** The files up to {@code last}: one that came after the page was measured waits for the next. */
    private static final class Until implements Iterator<StoredFile> {
        private final Iterator<StoredFile> files;
        private final Position last;
        private Optional<StoredFile> ahead = Optional.empty();

        Until(Iterator<StoredFile> files, Position last) {
            this.files = files;
            this.last = last;
        }

        @Override
        public boolean hasNext() {
            if (ahead.isEmpty() && files.hasNext()) {
                ahead = Optional.of(files.next());
            }
            return ahead.filter(file -> Position.after(file).compareTo(last) <= 0)
                    .isPresent();
        }

        @Override
        public StoredFile next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StoredFile file = ahead.orElseThrow();
            ahead = Optional.empty();
            return file;
        }
    }
}
