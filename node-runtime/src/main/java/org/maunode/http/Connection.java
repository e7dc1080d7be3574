package org.maunode.http;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.maunode.exchange.Caller;
import org.maunode.exchange.Waiters;
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

    /** From a refusal in HTTP/1.1 to the end of the connection whose content is not read. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final ProtocolIOSession session;
    private final Connections all;
    private final Arrival arrival;
    private final Gate.Pass pass;
    private final Set<ServerExchange> exchanges = new HashSet<>();
    private final Set<PushExchange> pushes = new HashSet<>();
    private Caller caller = Caller.NOBODY;
    private boolean multiplexed;
    private boolean secured;
    private boolean served;
    private boolean closing;
    private boolean distrusted;
    private boolean closed;
    private int unanswered;
    private int waits;
    private int exempt;
    private int crumbs;
    private long since;

    Connection(ProtocolIOSession session, Connections all, Arrival arrival, Gate.Pass pass) {
        this.session = session;
        this.all = all;
        this.arrival = arrival;
        this.pass = pass;
        this.since = all.now();
    }

    String id() {
        return session.getId();
    }

    /** Whether it begins with TLS. */
    boolean isEncrypted() {
        return arrival.encrypted();
    }

    /** What this one may cost. */
    Limits limits() {
        return pass.limits();
    }

    /** The handshake is done. */
    void secured(Optional<Fingerprint> peer, Optional<String> claim, String protocol) {
        ready(new Caller(peer, arrival.address(), claim), protocol.equals(Tls.H2));
        peer.ifPresent(arrival.proved());
    }

    /** There is no handshake: whoever it is, it is nobody. */
    void plain() {
        ready(Caller.NOBODY, false);
    }

    private void ready(Caller who, boolean inStreams) {
        pass.shown();
        synchronized (this) {
            secured = true;
            multiplexed = inStreams;
            caller = who;
            since = all.now();
        }
    }

    synchronized Caller caller() {
        return caller;
    }

    synchronized boolean isMultiplexed() {
        return multiplexed;
    }

    /** Whom this connection's costs are counted for. */
    Object payer() {
        return caller().fingerprint().<Object>map(f -> f).orElse(arrival.origin());
    }

    /** What answers a request: nearly all only ask. */
    AsyncServerExchangeHandler handler(HttpRequest request) {
        return PushHeader.is(request) ? new PushExchange(this) : new ServerExchange(this);
    }

    /** The status that refuses a request by its header alone, or 0. */
    int gate(HttpRequest request, EntityDetails content) {
        int refused = gate();
        if (refused != 0) {
            return refused;
        }
        if (!Method.GET.isSame(request.getMethod()) && !Method.HEAD.isSame(request.getMethod())) {
            return HttpStatus.SC_METHOD_NOT_ALLOWED;
        }
        if (content != null && content.getContentLength() != 0) {
            return HttpStatus.SC_BAD_REQUEST;
        }
        return request.getPath().length() > limits().sizes().uri() ? HttpStatus.SC_REQUEST_URI_TOO_LONG : 0;
    }

    private int gate() {
        if (isDistrusted()) {
            return HttpStatus.SC_BAD_REQUEST;
        }
        return all.mayAsk(payer()) ? 0 : HttpStatus.SC_TOO_MANY_REQUESTS;
    }

    /** What the header of a request says that wants to leave a file here. */
    PushHeader gatePush(HttpRequest request, EntityDetails content) {
        int refused = gate();
        if (refused != 0) {
            return new PushHeader.Refused(refused);
        }
        PushHeader header = PushHeader.read(request, caller(), pushes().limits().bytes());
        return content == null && header instanceof PushHeader.Sound
                ? new PushHeader.Refused(HttpStatus.SC_LENGTH_REQUIRED)
                : header;
    }

    /** How a request to leave a file is answered: behind content that was not read nobody asks for anything more. */
    Reply verdict(int status, boolean allRead) {
        boolean later = status == HttpStatus.SC_TOO_MANY_REQUESTS || status == HttpStatus.SC_SERVICE_UNAVAILABLE;
        Reply reply = later ? Reply.of(status).with("Retry-After", "60") : Reply.of(status);
        return allRead ? reply : lingering(reply);
    }

    /** Who still sends is not read, and so is not seen to leave either; it has a moment to see the answer. */
    private Reply lingering(Reply reply) {
        if (!isMultiplexed()) {
            all.later(() -> cut("refused what it sends"), LINGER);
        }
        return closing(reply);
    }

    Pushes pushes() {
        return all.pushes();
    }

    /** A refusal; whoever sends content that nobody asked for is not read any further. */
    Reply refusal(int status, HttpRequest request) {
        Reply reply = Reply.of(status);
        return switch (status) {
            case HttpStatus.SC_METHOD_NOT_ALLOWED -> closing(reply.with("Allow", allowed(request)));
            case HttpStatus.SC_BAD_REQUEST -> closing(reply);
            case HttpStatus.SC_TOO_MANY_REQUESTS, HttpStatus.SC_SERVICE_UNAVAILABLE -> reply.with("Retry-After", "1");
            default -> reply;
        };
    }

    private static String allowed(HttpRequest request) {
        return PushHeader.address(request.getPath()).isPresent() ? "GET, HEAD, PUT" : "GET, HEAD";
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

    /** Lets a request wait for news, if it wants to and may; empty if it is to be answered as any other. */
    Optional<Waiters.Waiting> hold(HttpRequest request, Consumer<Reply> answer) {
        return all.held().hold(request, this, answer);
    }

    /** Whether the request that came last stands in line behind others; asked where requests come in. */
    synchronized boolean isInLine() {
        return !multiplexed && unanswered > 1;
    }

    /** Counts one more wait; {@code false} if there are too many, or others stand in line behind it. */
    synchronized boolean waitBegins(int most) {
        if (closed || waits >= most || !multiplexed && unanswered > 1) {
            return false;
        }
        waits++;
        exempt++;
        return true;
    }

    /** The caller has closed its side. What is under way is still sent; but nobody waits for news. */
    void left() {
        if (isWaitingInVain()) {
            cut("left while it waited");
        }
    }

    private synchronized boolean isWaitingInVain() {
        closed = true;
        return waits > 0;
    }

    synchronized void waitEnds() {
        waits--;
        exempt--;
        since = all.now();
    }

    DiskThreads disk() {
        return all.disk();
    }

    int chunk() {
        return limits().sizes().chunk();
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

    /** A file is being left here, as far as its header says. */
    synchronized void open(PushExchange push) {
        pushes.add(push);
        exempt++;
    }

    synchronized void closed(PushExchange push) {
        pushes.remove(push);
        crumbs = pushes.isEmpty() ? 0 : crumbs;
        exempt--;
        since = all.now();
    }

    /** So many bytes will come. The last of them, and where a window ends, come in crumbs from the best. */
    synchronized void expect(long bytes) {
        crumbs += (int)
                Math.min(Integer.MAX_VALUE / 2, 2 + 2 * bytes / limits().sizes().window());
    }

    synchronized boolean takesCrumb() {
        boolean free = crumbs > 0;
        crumbs -= free ? 1 : 0;
        return free;
    }

    /** Whether content is expected. */
    synchronized boolean isTaking() {
        return !pushes.isEmpty();
    }

    /** A request's header came whole. */
    synchronized void asked(int nowUnanswered) {
        served = true;
        if (unanswered <= exempt) {
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
        if (pipelined > 1) {
            all().forEach(ServerExchange::hurry);
        }
        if (pipelined > limits().counts().streams()) {
            cut("too many pipelined requests");
        }
    }

    private synchronized List<ServerExchange> all() {
        return List.copyOf(exchanges);
    }

    private synchronized List<PushExchange> allPushes() {
        return List.copyOf(pushes);
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
        LOG.log(Level.FINE, () -> "cut " + arrival.name() + ": " + why);
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

    /** What waits for news, or is left here, is no deadline missed: it has one of its own. */
    private synchronized Optional<String> late(long now) {
        Limits.Waits longest = limits().waits();
        long stalled = longest.stalled().toNanos();
        if (!secured) {
            return past(now, longest.handshake(), "TLS handshake");
        }
        if (multiplexed && exchanges.stream().anyMatch(exchange -> exchange.isStalled(now, stalled))) {
            return Optional.of("stalled");
        }
        if (pushes.stream().anyMatch(push -> push.isStalled(now, stalled))) {
            return Optional.of("stalled");
        }
        if (unanswered > exempt) {
            return past(now, longest.stalled(), "stalled");
        }
        if (exempt > 0) {
            return Optional.empty();
        }
        return served ? past(now, longest.idle(), "idle") : past(now, longest.firstRequest(), "first request");
    }

    private Optional<String> past(long now, Duration limit, String what) {
        return now - since > limit.toNanos() ? Optional.of(what) : Optional.empty();
    }

    /** The session is closed. */
    void gone() {
        all().forEach(ServerExchange::releaseResources);
        allPushes().forEach(PushExchange::releaseResources);
        pass.close();
    }
}
