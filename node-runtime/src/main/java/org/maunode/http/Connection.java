package org.maunode.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.maunode.exchange.Caller;
import org.maunode.identity.Fingerprint;

/**
 * One caller's connection, and the deadlines that it must meet.
 *
 * <pre>
 *   accepted ──handshake──► secured ──first request──► busy ◄──► idle ──► closing
 * </pre>
 *
 * No state may last longer than its limit; none is prolonged by bytes that achieve nothing. Guarded by this object's
 * lock, which is never held while calling out.
 */
final class Connection implements Http1StreamListener {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private final ProtocolIOSession session;
    private final Connections all;
    private final Origin origin;
    private final Quota.Place place;
    private final Quota.Place handshake;
    private final Set<ServerExchange> exchanges = new HashSet<>();
    private Caller caller = Caller.NOBODY;
    private boolean multiplexed;
    private boolean secured;
    private boolean served;
    private boolean closing;
    private boolean distrusted;
    private int unanswered;
    private long since;

    Connection(ProtocolIOSession session, Connections all, Origin origin, Quota.Place place, Quota.Place handshake) {
        this.session = session;
        this.all = all;
        this.origin = origin;
        this.place = place;
        this.handshake = handshake;
        this.since = all.now();
    }

    String id() {
        return session.getId();
    }

    /** The handshake is done. */
    void secured(Optional<Fingerprint> peer, Optional<String> claim, String protocol) {
        handshake.close();
        synchronized (this) {
            secured = true;
            multiplexed = protocol.equals(Tls.H2);
            caller = new Caller(peer, from(), claim);
            since = all.now();
        }
    }

    private Optional<InetAddress> from() {
        return session.getRemoteAddress() instanceof InetSocketAddress from
                ? Optional.of(from.getAddress())
                : Optional.empty();
    }

    synchronized Caller caller() {
        return caller;
    }

    private synchronized boolean isMultiplexed() {
        return multiplexed;
    }

    /** Whom this connection's costs are counted for. */
    private Object payer() {
        return caller().fingerprint().<Object>map(f -> f).orElse(origin);
    }

    /** The status that refuses a request by its header alone, or 0. */
    int gate(HttpRequest request, EntityDetails content) {
        if (isDistrusted()) {
            return HttpStatus.SC_BAD_REQUEST;
        }
        if (!all.mayAsk(payer())) {
            return HttpStatus.SC_TOO_MANY_REQUESTS;
        }
        if (!Method.GET.isSame(request.getMethod()) && !Method.HEAD.isSame(request.getMethod())) {
            return HttpStatus.SC_METHOD_NOT_ALLOWED;
        }
        if (content != null && content.getContentLength() != 0) {
            return HttpStatus.SC_BAD_REQUEST;
        }
        return request.getPath().length() > all.limits().sizes().uri() ? HttpStatus.SC_REQUEST_URI_TOO_LONG : 0;
    }

    /** A refusal; whoever sends content that nobody asked for is not read any further. */
    Reply refusal(int status) {
        Reply reply = Reply.of(status);
        return switch (status) {
            case HttpStatus.SC_METHOD_NOT_ALLOWED -> closing(reply.with("Allow", "GET, HEAD"));
            case HttpStatus.SC_BAD_REQUEST -> closing(reply);
            case HttpStatus.SC_TOO_MANY_REQUESTS, HttpStatus.SC_SERVICE_UNAVAILABLE -> reply.with("Retry-After", "1");
            default -> reply;
        };
    }

    private Reply closing(Reply reply) {
        return isMultiplexed() ? reply : reply.with("Connection", "close");
    }

    private synchronized boolean isDistrusted() {
        return distrusted;
    }

    Reply reply(HttpRequest request) {
        return all.responder().reply(request, caller(), payer());
    }

    DiskThreads disk() {
        return all.disk();
    }

    int chunk() {
        return all.limits().sizes().chunk();
    }

    long now() {
        return all.now();
    }

    synchronized void open(ServerExchange exchange) {
        exchanges.add(exchange);
    }

    synchronized void closed(ServerExchange exchange) {
        exchanges.remove(exchange);
    }

    /** A request's header came whole. */
    synchronized void asked(int nowUnanswered) {
        served = true;
        if (unanswered == 0) {
            since = all.now();
        }
        unanswered = nowUnanswered;
    }

    /** An answer left whole. */
    synchronized void answered(int nowUnanswered) {
        unanswered = nowUnanswered;
        since = all.now();
    }

    /** The reader took something. */
    synchronized void progress() {
        if (unanswered > 0) {
            since = all.now();
        }
    }

    @Override
    public void onRequestHead(HttpConnection http, HttpRequest request) {
        int pipelined;
        synchronized (this) {
            pipelined = unanswered + 1;
        }
        asked(pipelined);
        if (pipelined > all.limits().counts().streams()) {
            cut("too many pipelined requests");
        }
    }

    @Override
    public void onResponseHead(HttpConnection http, HttpResponse response) {
        Header last = response.getFirstHeader(HttpHeaders.CONNECTION);
        if (last != null && last.getValue().equalsIgnoreCase("close")) {
            distrust();
        }
    }

    /** Behind the last answer there may be content or another request: nobody can tell, so none is answered. */
    private synchronized void distrust() {
        distrusted = true;
    }

    @Override
    public void onExchangeComplete(HttpConnection http, boolean keptAlive) {
        int left;
        synchronized (this) {
            left = Math.max(0, unanswered - 1);
        }
        answered(left);
    }

    /** Gives up on an answer in the middle: resets the stream, or closes where there is only one. */
    void abort(ResponseChannel responses) {
        if (isMultiplexed()) {
            responses.terminateExchange();
        } else {
            cut("an answer broke");
        }
    }

    /** Ends the connection at once. */
    void cut(String why) {
        distrust();
        LOG.log(Level.FINE, () -> "cut " + session.getRemoteAddress() + ": " + why);
        session.close(CloseMode.IMMEDIATE);
    }

    /** Looks at the deadlines. */
    void sweep(long now) {
        Optional<String> late = late(now);
        if (late.isEmpty()) {
            return;
        }
        if (late.get().equals("idle") && startClosing()) {
            session.enqueue(ShutdownCommand.GRACEFUL, Command.Priority.IMMEDIATE);
        } else {
            cut(late.get());
        }
    }

    private synchronized boolean startClosing() {
        boolean first = !closing;
        closing = true;
        return first;
    }

    private synchronized Optional<String> late(long now) {
        Limits.Waits waits = all.limits().waits();
        long stalled = waits.stalled().toNanos();
        if (!secured) {
            return past(now, waits.handshake(), "TLS handshake");
        }
        if (multiplexed && exchanges.stream().anyMatch(exchange -> exchange.isStalled(now, stalled))) {
            return Optional.of("stalled");
        }
        if (unanswered > 0) {
            return past(now, waits.stalled(), "stalled");
        }
        return served ? past(now, waits.idle(), "idle") : past(now, waits.firstRequest(), "first request");
    }

    private Optional<String> past(long now, Duration limit, String what) {
        return now - since > limit.toNanos() ? Optional.of(what) : Optional.empty();
    }

    /** The session is closed. */
    void gone() {
        handshake.close();
        place.close();
    }
}
