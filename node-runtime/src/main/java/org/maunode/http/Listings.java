package org.maunode.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.maunode.exchange.Answer;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Cursor;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Refusal;
import org.maunode.exchange.Request;

/** Turns what is asked of a directory into a page of its listing. May block. */
final class Listings {
    private final Exchange exchange;
    private final Quota bodies;

    Listings(Exchange exchange, Quota bodies) {
        this.exchange = exchange;
        this.bodies = bodies;
    }

    Reply reply(Request.ListFiles list, HttpRequest http, Caller caller, Object holder) {
        return dated(list, http)
                .map(dated -> reply(dated, exchange.answer(dated, caller), holder))
                .orElse(Responder.refuse(Refusal.BAD_REQUEST));
    }

    /** What a request for a listing asks; empty if it asks for anything else, or not well. */
    static Optional<Request.ListFiles> asked(HttpRequest http) {
        String[] target = http.getPath().split("\\?", 2);
        Optional<String> query = target.length == 1 ? Optional.empty() : Optional.of(target[1]);
        return Request.parse(target[0], query, Optional.empty())
                .filter(Request.ListFiles.class::isInstance)
                .flatMap(list -> dated((Request.ListFiles) list, http));
    }

    /** Empty if the date cannot be read. */
    private static Optional<Request.ListFiles> dated(Request.ListFiles list, HttpRequest http) {
        Optional<String> date = Responder.header(http, HttpHeaders.IF_MODIFIED_SINCE);
        Optional<Instant> since = date.flatMap(HttpDates::parse);
        return date.isPresent() && since.isEmpty()
                ? Optional.empty()
                : Optional.of(new Request.ListFiles(list.owner(), since, list.after()));
    }

    /** The page as it is now, empty or not. Never throws. */
    Reply page(Request.ListFiles list, Caller caller, Object holder) {
        try {
            return reply(list, exchange.answer(list, caller), holder);
        } catch (RuntimeException failed) {
            return Responder.failed(failed);
        }
    }

    /** The page, if there is a file on it, or why there is none; empty as long as there is nothing. Never throws. */
    Optional<Reply> news(Request.ListFiles list, Caller caller, Object holder) {
        try {
            Answer answer = exchange.answer(list, caller);
            boolean nothing =
                    answer instanceof Answer.Listing page && !page.files().hasNext();
            return nothing ? Optional.empty() : Optional.of(reply(list, answer, holder));
        } catch (RuntimeException failed) {
            return Optional.of(Responder.failed(failed));
        }
    }

    private Reply reply(Request.ListFiles list, Answer answer, Object holder) {
        return switch (answer) {
            case Answer.Listing listing -> reply(list, listing, holder);
            case Answer.Refused refused -> Responder.refuse(refused.refusal());
            case Answer wrong -> throw new IllegalStateException(wrong + " answers a listing");
        };
    }

    private Reply reply(Request.ListFiles list, Answer.Listing listing, Object holder) {
        Map<String, String> link = Map.of("Link", link(list, listing));
        return bodies.take(holder)
                .map(place -> new Reply(
                        HttpStatus.SC_OK, link, Optional.of(new HeldBody(new ListingBody(listing.files()), place))))
                .orElse(Responder.refuse(Refusal.BUSY));
    }

    /** Also at the end: a follower then knows that this peer pages, and from where to wait for more (EX-24). */
    private static String link(Request.ListFiles list, Answer.Listing listing) {
        String cursor = encoded(Cursor.format(listing.end()));
        String relation = listing.more() ? "next" : "last";
        return "<" + Responder.PREFIX + list.owner() + "?after=" + cursor + ">; rel=\"" + relation + "\"";
    }

    private static String encoded(String cursor) {
        return URLEncoder.encode(cursor, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
