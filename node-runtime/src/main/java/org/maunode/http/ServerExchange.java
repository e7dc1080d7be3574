package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.maunode.exchange.Waiters;

/**
 * One request and its answer. The chunk belongs to one side at a time:
 *
 * <pre>
 *   WAITING ──first produce──► LOADING ──disk: filled──► READY ──I/O: drained──► LOADING ... ──► ENDED
 *                                 └────disk: failed────► FAILED ──I/O──► the stream is cut ────► ENDED
 * </pre>
 *
 * In LOADING the disk thread owns it, in READY the I/O thread; nobody waits for the other.
 */
final class ServerExchange implements AsyncServerExchangeHandler {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private enum State {
        WAITING,
        LOADING,
        READY,
        FAILED,
        ENDED
    }

    private final Connection connection;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile ResponseChannel responses;
    private volatile DataStreamChannel output;
    private volatile boolean more = true;
    private volatile long readySince;
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    private Body body;
    private Optional<Waiters.Waiting> wait = Optional.empty();
    private volatile boolean inLine;
    private boolean released;
    private boolean hurried;

    ServerExchange(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void handleRequest(HttpRequest request, EntityDetails entity, ResponseChannel channel, HttpContext context)
            throws HttpException, IOException {
        responses = channel;
        inLine = connection.isInLine();
        connection.open(this);
        int refused = connection.gate(request, entity);
        if (refused != 0) {
            send(connection.refusal(refused, request), request, context);
        } else if (!connection.disk().answer(() -> answer(request, context))) {
            send(connection.refusal(HttpStatus.SC_SERVICE_UNAVAILABLE, request), request, context);
        }
    }

    /** At once, or when there is news. */
    private void answer(HttpRequest request, HttpContext context) {
        try {
            hold(request, context)
                    .ifPresentOrElse(this::keep, () -> answer(connection.reply(request), request, context));
        } catch (RuntimeException failed) {
            answer(Responder.failed(failed), request, context);
        }
    }

    private Optional<Waiters.Waiting> hold(HttpRequest request, HttpContext context) {
        return inLine ? Optional.empty() : connection.hold(request, reply -> answer(reply, request, context));
    }

    private void keep(Waiters.Waiting waiting) {
        if (isReleased(waiting)) {
            waiting.close();
        } else if (isHurried()) {
            waiting.hurry();
        }
    }

    private synchronized boolean isReleased(Waiters.Waiting waiting) {
        wait = Optional.of(waiting);
        return released;
    }

    private synchronized boolean isHurried() {
        return hurried;
    }

    /** Another request stands behind this one: if it waits for news, it must not any longer. */
    void hurry() {
        hurriedWait().ifPresent(Waiters.Waiting::hurry);
    }

    private synchronized Optional<Waiters.Waiting> hurriedWait() {
        hurried = true;
        return wait;
    }

    private void answer(Reply reply, HttpRequest request, HttpContext context) {
        try {
            send(reply, request, context);
        } catch (HttpException | IOException | RuntimeException gone) {
            LOG.log(Level.FINE, "nobody waits for this answer any more", gone);
            end();
        }
    }

    private void send(Reply reply, HttpRequest request, HttpContext context) throws HttpException, IOException {
        HttpResponse response = new BasicHttpResponse(reply.status());
        reply.headers().forEach(response::addHeader);
        response.addHeader("X-Content-Type-Options", "nosniff");
        length(reply).ifPresent(length -> response.addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length)));
        EntityDetails details = reply.body()
                .map(b -> new BasicEntityDetails(b.length(), ContentType.create(b.type())))
                .orElse(null);
        if (reply.body().isPresent() && !adopt(reply.body().get())) {
            return;
        }
        responses.sendResponse(response, details, context);
        if (reply.body().isEmpty() || Method.HEAD.isSame(request.getMethod())) {
            end();
        }
    }

    private static OptionalLong length(Reply reply) {
        long known = reply.body().map(Body::length).orElse(0L);
        return known < 0 || reply.status() == HttpStatus.SC_NOT_MODIFIED
                ? OptionalLong.empty()
                : OptionalLong.of(known);
    }

    private synchronized boolean adopt(Body answer) {
        if (released) {
            answer.close();
            return false;
        }
        body = answer;
        return true;
    }

    @Override
    public int available() {
        State now = state.get();
        return now == State.READY || now == State.FAILED ? 1 : 0;
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        output = channel;
        switch (state.get()) {
            case WAITING -> {
                chunk = ByteBuffer.allocate(chunkSize());
                load();
            }
            case READY -> write(channel);
            case FAILED -> cut();
            case LOADING, ENDED -> {
                // Nothing to give.
            }
        }
    }

    private int chunkSize() {
        long length = body.length();
        return (int) (length < 0 ? connection.chunk() : Math.min(length, connection.chunk()));
    }

    private void load() {
        state.set(State.LOADING);
        if (!connection.disk().read(this::fill)) {
            state.set(State.FAILED);
        }
    }

    private void fill() {
        try {
            chunk.clear();
            more = body.fill(chunk);
            chunk.flip();
            readySince = connection.now();
            state.compareAndSet(State.LOADING, State.READY);
        } catch (IOException | RuntimeException broken) {
            if (state.compareAndSet(State.LOADING, State.FAILED)) {
                LOG.log(Level.WARNING, "reading an answer failed: {0}", broken.toString());
            }
        }
        wakeOutput();
    }

    private void wakeOutput() {
        try {
            output.requestOutput();
        } catch (CancelledKeyException closed) {
            end();
        }
    }

    private void write(DataStreamChannel channel) throws IOException {
        while (chunk.hasRemaining()) {
            if (channel.write(chunk) == 0) {
                return;
            }
        }
        connection.progress();
        if (more) {
            load();
        } else {
            channel.endStream();
            end();
        }
    }

    private void cut() {
        end();
        connection.abort(responses);
    }

    /** Since when the reader has not taken what is ready for it, if it has not, in the connection's nanoseconds. */
    boolean isStalled(long now, long limit) {
        return state.get() == State.READY && now - readySince > limit;
    }

    private void end() {
        state.set(State.ENDED);
        close().ifPresent(Waiters.Waiting::close);
        connection.closed(this);
    }

    private synchronized Optional<Waiters.Waiting> close() {
        released = true;
        if (body != null) {
            body.close();
        }
        return wait;
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) {
        // No request of a peer has content; what comes all the same gets no more room than it had at first.
    }

    @Override
    public void consume(ByteBuffer content) {
        content.position(content.limit());
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        // The answer does not depend on it.
    }

    @Override
    public void failed(Exception cause) {
        LOG.log(Level.FINE, "an exchange broke", cause);
        end();
    }

    @Override
    public void releaseResources() {
        end();
    }
}
