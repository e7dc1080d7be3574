package org.maunode.sync;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Cursor;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.Request;
import org.maunode.exchange.StoreExchange;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;

/**
 * A peer in this process: a real exchange over a real directory, with a wire that can be made to lie and to break. What
 * was asked is kept for assertions.
 */
final class InProcessPeer implements RemotePeer {
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
    public Page list(Fingerprint owner, From from) {
        if (emptyPages > 0) {
            emptyPages--;
            asked.add("list " + from);
            return new Page(List.of(), List.of(), new Behind.More(Cursor.format(Position.START)));
        }
        Request.ListFiles request =
                switch (from) {
                    case From.Since(Instant time) -> new Request.ListFiles(owner, Optional.of(time), Optional.empty());
                    case From.Next(String cursor) ->
                        new Request.ListFiles(owner, Optional.empty(), Optional.of(Cursor.parse(cursor)));
                };
        asked.add("list " + from);
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
                .orElseGet(Behind.Nothing::new);
    }

    @Override
    public void fetch(Fingerprint owner, FileName name, long offset, VersionHash expected, Receiver receiver)
            throws IOException {
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
        out.write(bytes, begin, end - begin);
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
    public void close() {}
}
