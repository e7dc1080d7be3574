package org.maunode.http;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.ContactsJson;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.Request;
import org.maunode.store.StoredFile;

/** Turns a request's header into what the exchange is asked, and the exchange's answer into a reply. May block. */
final class Responder {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");
    static final String PREFIX = "/p2p/";
    private static final String PEERS = "/kad/";
    /** A file that is replaced while it is opened is looked up again; one that changes faster than that is busy. */
    private static final int ATTEMPTS = 2;

    private final Exchange exchange;
    private final Quota bodies;
    private final Listings listings;

    Responder(Exchange exchange, Quota bodies) {
        this.exchange = exchange;
        this.bodies = bodies;
        this.listings = new Listings(exchange, bodies);
    }

    Listings listings() {
        return listings;
    }

    /** Never throws: what goes wrong here is a 500, and a line in the log. */
    Reply reply(HttpRequest request, Caller caller, Object holder) {
        try {
            return answer(request, caller, holder);
        } catch (RuntimeException | IOException failed) {
            return failed(failed);
        }
    }

    static Reply failed(Exception failed) {
        LOG.log(Level.WARNING, "a request failed: {0}", failed.toString());
        LOG.log(Level.FINE, "where it failed", failed);
        return refuse(Refusal.FAILED);
    }

    private Reply answer(HttpRequest http, Caller caller, Object holder) throws IOException {
        String target = http.getPath();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Optional<String> query = mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1));
        if (!path.startsWith(PREFIX) && !path.startsWith(PEERS)) {
            return refuse(Refusal.NOT_FOUND);
        }
        Optional<Request> request = Request.parse(path, query, Optional.empty());
        if (request.isEmpty()) {
            return refuse(Refusal.BAD_REQUEST);
        }
        return switch (request.get()) {
            case Request.ListFiles list -> listings.reply(list, http, caller, holder);
            case Request.AboutFiles get -> file(get, http, caller, holder);
            case Request.AboutPeers about -> peers(about, caller, holder);
        };
    }

    private Reply peers(Request.AboutPeers about, Caller caller, Object holder) {
        return switch (exchange.answer(about, caller)) {
            case Answer.Pong() -> Reply.of(HttpStatus.SC_OK);
            case Answer.Contacts contacts -> contacts(contacts, holder);
            case Answer.Refused refused -> refuse(refused.refusal());
            case Answer wrong -> throw new IllegalStateException(wrong + " answers " + about);
        };
    }

    private Reply contacts(Answer.Contacts contacts, Object holder) {
        Body body = ReadyBody.json(ContactsJson.write(contacts.nearest()));
        return bodies.take(holder)
                .map(place -> new Reply(HttpStatus.SC_OK, Map.of(), Optional.of(new HeldBody(body, place))))
                .orElse(refuse(Refusal.BUSY));
    }

    static Reply refuse(Refusal refusal) {
        return Reply.of(refusal.status());
    }

    private Reply file(Request request, HttpRequest http, Caller caller, Object holder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            switch (exchange.answer(request, caller)) {
                case Answer.Refused refused -> {
                    return refuse(refused.refusal());
                }
                case Answer.Content content -> {
                    Optional<Reply> reply = content(content.file(), http, holder);
                    if (reply.isPresent() || attempt == ATTEMPTS) {
                        return reply.orElse(refuse(Refusal.BUSY));
                    }
                }
                case Answer wrong -> throw new IllegalStateException(wrong + " answers " + request);
            }
        }
    }

    /** Empty if the file was replaced since the exchange looked. */
    private Optional<Reply> content(StoredFile file, HttpRequest http, Object holder) throws IOException {
        String tag = '"' + file.sum().toString() + '"';
        if (header(http, HttpHeaders.IF_NONE_MATCH)
                .filter(tags -> matches(tags, tag))
                .isPresent()) {
            return Optional.of(Reply.of(HttpStatus.SC_NOT_MODIFIED).with(HttpHeaders.ETAG, tag));
        }
        Map<String, String> headers = Map.of(HttpHeaders.ETAG, tag, HttpHeaders.ACCEPT_RANGES, "bytes");
        return switch (asked(file, tag, http)) {
            case ByteRange.Asked.Outside() ->
                Optional.of(new Reply(HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE, headers, Optional.empty())
                        .with(HttpHeaders.CONTENT_RANGE, "bytes */" + file.size()));
            case ByteRange.Asked.Whole() ->
                body(
                        file,
                        new ByteRange(0, file.size() - 1),
                        new Reply(HttpStatus.SC_OK, headers, Optional.empty()),
                        holder);
            case ByteRange.Asked.Part(ByteRange range) ->
                body(
                        file,
                        range,
                        new Reply(HttpStatus.SC_PARTIAL_CONTENT, headers, Optional.empty())
                                .with(HttpHeaders.CONTENT_RANGE, range.of(file.size())),
                        holder);
        };
    }

    /** A range counts for GET only, and if {@code If-Range} names just these bytes (RFC 9110, 13.1.5 and 14.2). */
    private static ByteRange.Asked asked(StoredFile file, String tag, HttpRequest http) {
        boolean counts = Method.GET.isSame(http.getMethod())
                && header(http, HttpHeaders.IF_RANGE).map(tag::equals).orElse(true);
        return header(http, HttpHeaders.RANGE)
                .filter(range -> counts)
                .map(range -> ByteRange.parse(range, file.size()))
                .orElse(new ByteRange.Asked.Whole());
    }

    private static boolean matches(String tags, String tag) {
        return Arrays.stream(tags.split(","))
                .map(String::strip)
                .anyMatch(t -> t.equals("*") || t.equals(tag) || t.equals("W/" + tag));
    }

    private Optional<Reply> body(StoredFile file, ByteRange range, Reply head, Object holder) throws IOException {
        Optional<Quota.Place> place = bodies.take(holder);
        if (place.isEmpty()) {
            return Optional.of(refuse(Refusal.BUSY));
        }
        Optional<? extends Body> body = file.unwritten().isPresent()
                ? Optional.of(ReadyBody.part(file.unwritten().get().bytes(), range))
                : open(file, range, place.get());
        return body.map(open -> new Reply(head.status(), head.headers(), Optional.of(new HeldBody(open, place.get()))));
    }

    private static Optional<FileBody> open(StoredFile file, ByteRange range, Quota.Place place) throws IOException {
        Optional<FileBody> body = Optional.empty();
        try {
            body = FileBody.open(file, range);
        } catch (NoSuchFileException gone) {
            LOG.log(Level.FINE, "gone since it was looked up: {0}", gone.getMessage());
        } finally {
            if (body.isEmpty()) {
                place.close();
            }
        }
        return body;
    }

    static Optional<String> header(HttpRequest request, String name) {
        Header header = request.getFirstHeader(name);
        return Optional.ofNullable(header).map(Header::getValue).map(String::strip);
    }
}
