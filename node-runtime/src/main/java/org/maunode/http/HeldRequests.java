package org.maunode.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.maunode.exchange.Exchange;
import org.maunode.exchange.Request;
import org.maunode.exchange.Waiters;
import org.maunode.exchange.Waiters.Waiter;
import org.maunode.identity.Fingerprint;

/** The requests that wait for news (EX-60): which are let wait, and how they are answered. Thread-safe. */
final class HeldRequests implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private final Waiters waiters;
    private final Listings listings;
    private final Limits.Waiters limits;
    private final Quota places;

    HeldRequests(Exchange exchange, Listings listings, Limits.Waiters limits, Waiters.Crew crew) {
        this.waiters = new Waiters(exchange, crew);
        this.listings = listings;
        this.limits = limits;
        this.places = new Quota(limits.inAll(), limits.perPeer());
    }

    /**
     * Lets a request wait, if it wants to and there is a place. Looks at the disk.
     *
     * @param answer gets the answer once, now or on another thread that may wait for the disk; never if the wait is closed
     *     before
     * @return empty if the request is to be answered as any other
     */
    Optional<Waiters.Waiting> hold(HttpRequest request, Connection connection, Consumer<Reply> answer) {
        Optional<Duration> wait = Preferences.wait(request).filter(Duration::isPositive);
        if (wait.isEmpty() || !Method.GET.isSame(request.getMethod())) {
            return Optional.empty();
        }
        Duration longest = wait.get().compareTo(limits.longest()) > 0 ? limits.longest() : wait.get();
        return Listings.asked(request).flatMap(list -> place(connection)
                .flatMap(place -> add(new Held(list, connection, longest, place, answer))));
    }

    /** Where changes cannot be told, nobody is let wait. */
    private Optional<Waiters.Waiting> add(Held held) {
        try {
            return Optional.of(waiters.add(held.connection.caller(), held.list.owner(), held.longest, held));
        } catch (RuntimeException unwatched) {
            LOG.log(Level.WARNING, "nobody can wait for news: {0}", unwatched.toString());
            held.ended();
            return Optional.empty();
        }
    }

    /** A place among all, and one on the connection; both or none. */
    private Optional<Quota.Place> place(Connection connection) {
        Optional<Quota.Place> place = places.take(connection.payer());
        if (place.isPresent()
                && !connection.waitBegins(connection.limits().waiters().perConnection())) {
            place.get().close();
            return Optional.empty();
        }
        return place;
    }

    Waiters.Attention attention(Fingerprint caller, Fingerprint owner) {
        return waiters.attention(caller, owner);
    }

    /** How many wait. */
    int count() {
        return waiters.count();
    }

    int placesTaken() {
        return places.taken();
    }

    /** Ends every wait; nobody is answered. */
    @Override
    public void close() {
        waiters.close();
    }

    /** One request that waits. */
    private final class Held implements Waiter {
        private final Request.ListFiles list;
        private final Connection connection;
        private final Duration longest;
        private final Quota.Place place;
        private final Consumer<Reply> answer;

        Held(
                Request.ListFiles list,
                Connection connection,
                Duration longest,
                Quota.Place place,
                Consumer<Reply> answer) {
            this.list = list;
            this.connection = connection;
            this.longest = longest;
            this.place = place;
            this.answer = answer;
        }

        /** An answer that finds no place among the bodies under way comes a little later: many are told at once. */
        @Override
        public Look look() {
            Optional<Reply> news = listings.news(list, connection.caller(), connection.payer());
            if (news.isEmpty()) {
                return Look.NOTHING;
            }
            if (news.get().status() == HttpStatus.SC_SERVICE_UNAVAILABLE) {
                return Look.LATER;
            }
            tell(news.get());
            return Look.TOLD;
        }

        @Override
        public void timeOver() {
            tell(listings.page(list, connection.caller(), connection.payer()));
        }

        private void tell(Reply reply) {
            answer.accept(
                    reply.status() == HttpStatus.SC_OK
                            ? reply.with(Preferences.APPLIED, Preferences.wait(longest))
                            : reply);
        }

        @Override
        public void ended() {
            place.close();
            connection.waitEnds();
        }
    }
}
