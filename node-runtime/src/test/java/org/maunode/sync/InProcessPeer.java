package org.maunode.sync;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Cursor;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.Request;
import org.maunode.exchange.SilentPeer;
import org.maunode.exchange.StoreExchange;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.StoredFile;

/**
 * A peer in this process: a real exchange over a real directory, with a wire that can be made to lie and to break. What
 * was asked is kept for assertions.
 */
final class InProcessPeer extends SilentPeer {
    private final Account account;
    private final Exchange exchange;
    private final Caller caller;
    final List<String> asked = new ArrayList<>();

    /** Changes what is listed. */
    UnaryOperator<ListedFile> lie = UnaryOperator.identity();

    /** Changes the bytes of each file that is sent. */
    UnaryOperator<byte[]> altered = UnaryOperator.identity();

    /** Bytes after which the connection breaks, once. */
    Optional<Integer> breaksAfter = Optional.empty();

    /** Pages without a file that come before the first real one, each with a next. */
    int emptyPages;

    /** Whether it answers as the Go peer: no times, no word of what is behind a page. */
    boolean knowsNoPaging;

    /** Whether it answers at once though it was asked to wait. */
    boolean knowsNoWaiting;

    /** Whether it answers a request that should wait with an empty page at once. */
    boolean isHasty;

    /** What happens to a file that is left here. */
    Consumer<StoredFile> leftHere = _ -> {
        throw new ExchangeException(Reason.NOT_SUPPORTED, "405");
    };

    /** Whether it answers nothing any more, as a board without power. */
    boolean isSilent;

    /** Whether any other way to it would be better. */
    boolean isLastResort;

    /** What happens while a file is sent. */
    Optional<Runnable> chunked = Optional.empty();

    /** How long a wait lasts, by whose time. */
    Optional<ManualScheduler> time = Optional.empty();

    private final List<Waiting> waiting = new ArrayList<>();
    private boolean closed;

    InProcessPeer(Account account, ContentStore store, Fingerprint caller) {
        this.account = account;
        this.exchange = new StoreExchange(account, store);
        this.caller = Caller.of(caller);
    }

    @Override
    public Fingerprint fingerprint() {
        return account.fingerprint();
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.of(InetSocketAddress.createUnresolved("peer.invalid", 6275));
    }

    @Override
    public boolean isSlow() {
        return isLastResort;
    }

    boolean isOpen() {
        return !closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new ExchangeException(Reason.UNREACHABLE, "the connection broke");
        }
        if (isSilent) {
            throw new ExchangeException(Reason.TIMED_OUT, "no answer");
        }
    }

    @Override
    public Page list(Fingerprint owner, From from) {
        requireOpen();
        asked.add("list " + from);
        return page(owner, from);
    }

    private Page page(Fingerprint owner, From from) {
        if (emptyPages > 0) {
            emptyPages--;
            return new Page(List.of(), List.of(), new Behind.More(Cursor.format(Position.START)));
        }
        Request.ListFiles request =
                switch (from) {
                    case From.Since(Instant time) -> new Request.ListFiles(owner, Optional.of(time), Optional.empty());
                    case From.Next(String cursor) ->
                        new Request.ListFiles(owner, Optional.empty(), Optional.of(Cursor.parse(cursor)));
                };
        Answer.Listing listing = (Answer.Listing) exchange.answer(request, caller);
        List<ListedFile> files = new ArrayList<>();
        listing.files()
                .forEachRemaining(file -> files.add(lie.apply(new ListedFile(
                        file.name(),
                        file.size(),
                        file.sum(),
                        knowsNoPaging ? Optional.empty() : Optional.of(file.modified())))));
        return new Page(files, List.of(), behind(listing));
    }

    private Behind behind(Answer.Listing listing) {
        if (knowsNoPaging) {
            return new Behind.Untold();
        }
        return listing.next()
                .<Behind>map(next -> new Behind.More(Cursor.format(next)))
                .orElseGet(() -> new Behind.Nothing(Optional.of(Cursor.format(listing.end()))));
    }

    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException {
        requireOpen();
        asked.add("fetch " + name + " from " + offset);
        switch (exchange.answer(new Request.GetFile(owner, name), caller)) {
            case Answer.Content(var file) -> {
                byte[] bytes = altered.apply(Files.readAllBytes(file.path()));
                int begin = file.sum().equals(expected) ? Math.toIntExact(offset) : 0;
                try (OutputStream out = receiver.begin(begin, bytes.length)) {
                    send(bytes, begin, out);
                }
            }
            case Answer.Refused(var refusal) ->
                throw new ExchangeException(
                        refusal.status() == 401 ? Reason.NOT_ALLOWED : Reason.NOT_FOUND, refusal.name());
            case Answer wrong -> throw new AssertionError(wrong + " answers a file");
        }
    }

    private void send(byte[] bytes, int begin, OutputStream out) throws IOException {
        int end = breaksAfter.map(n -> Math.min(bytes.length, begin + n)).orElse(bytes.length);
        int quarter = (end - begin) / 4;
        out.write(bytes, begin, quarter);
        chunked.ifPresent(Runnable::run);
        out.write(bytes, begin + quarter, quarter);
        out.write(bytes, begin + 2 * quarter, end - begin - 2 * quarter);
        if (end < bytes.length) {
            breaksAfter = Optional.empty();
            throw new ExchangeException(Reason.UNREACHABLE, "the connection broke");
        }
    }

    @Override
    public void fetchVersion(Fingerprint owner, FileName name, VersionHash version, Receiver receiver) {
        throw new ExchangeException(Reason.NOT_FOUND, "not asked for here");
    }

    @Override
    public Watch watch(Fingerprint owner, From from, Duration wait) {
        asked.add("wait " + wait.toSeconds());
        Waiting begun = new Waiting(owner, from);
        waiting.add(begun);
        begun.look();
        if (closed) {
            begun.fail("the connection broke");
        } else if (isHasty || wait.isZero()) {
            begun.end();
        } else {
            begun.over = time.map(clock -> clock.after(wait, begun::end));
        }
        return begun;
    }

    /** Answers those who wait for what is there now. */
    void look() {
        List.copyOf(waiting).forEach(Waiting::look);
    }

    /** Whether anybody waits here. */
    boolean isWaitedAt() {
        return !waiting.isEmpty();
    }

    /** The connection breaks; both sides know. */
    void cut() {
        closed = true;
        List.copyOf(waiting).forEach(one -> one.fail("the connection broke"));
    }

    private final class Waiting implements Watch {
        private final Fingerprint owner;
        private final From from;
        private final CompletableFuture<Page> answer = new CompletableFuture<>();
        private Optional<Scheduler.Alarm> over = Optional.empty();

        Waiting(Fingerprint owner, From from) {
            this.owner = owner;
            this.from = from;
        }

        void look() {
            Page page = isSilent
                    ? new Page(List.of(), List.of(), new Behind.Nothing())
                    : InProcessPeer.this.page(owner, from);
            if (!page.files().isEmpty() || knowsNoWaiting) {
                complete(page);
            }
        }

        void end() {
            if (!isSilent) {
                complete(new Page(List.of(), List.of(), new Behind.Nothing()));
            }
        }

        private void complete(Page page) {
            leave();
            answer.complete(page);
        }

        private void leave() {
            waiting.remove(this);
            over.ifPresent(Scheduler.Alarm::cancel);
        }

        void fail(String why) {
            leave();
            answer.completeExceptionally(new ExchangeException(Reason.UNREACHABLE, why));
        }

        @Override
        public CompletableFuture<?> answered() {
            return answer;
        }

        @Override
        public boolean waited() {
            return !knowsNoWaiting;
        }

        @Override
        public Page page() {
            try {
                return answer.join();
            } catch (CompletionException failed) {
                throw (ExchangeException) failed.getCause();
            }
        }

        @Override
        public void close() {
            fail("given up");
        }
    }

    @Override
    public void push(StoredFile file) {
        requireOpen();
        asked.add("push " + file.name());
        leftHere.accept(file);
    }

    @Override
    public void close() {
        cut();
    }
}
