package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncServerExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.maunode.exchange.Delivery;
import org.maunode.exchange.Refusal;

/**
 * One file that is being left here. Bytes go from the I/O thread through {@link Inlet} to one disk thread at a time:
 *
 * <pre>
 *   header ──gate──► ASKING ──disk: accepted──► TAKING ──disk: all written──► VERIFYING ──disk: verdict──► ENDED
 *              │        └──────disk: refused────────┴── late, broken, disk fails ──────────────────────────► ENDED
 *              └──refused─────────────────────────────────────────────────────────────────────────────────► ENDED
 * </pre>
 *
 * Whoever is refused is not read any further.
 */
final class PushExchange implements AsyncServerExchangeHandler {
    private static final Logger LOG = Logger.getLogger("org.maunode.http");

    private final Connection connection;
    private final Inlet inlet;
    private volatile ResponseChannel responses;
    private volatile HttpContext context;
    private volatile Optional<ShortAnswer> answer = Optional.empty();
    private Optional<Quota.Place> place = Optional.empty();
    private Optional<Delivery.Open> delivery = Optional.empty();
    private volatile boolean answered;
    private boolean working;
    private boolean ended;

    PushExchange(Connection connection) {
        this.connection = connection;
        Limits limits = connection.limits();
        this.inlet = new Inlet(limits.pushes().step(), limits.sizes().window(), connection::now);
    }

    @Override
    public void handleRequest(HttpRequest request, EntityDetails entity, ResponseChannel channel, HttpContext state)
            throws HttpException, IOException {
        responses = channel;
        context = state;
        connection.open(this);
        switch (connection.gatePush(request, entity)) {
            case PushHeader.Refused(int status) -> answer(status, "");
            case PushHeader.Sound sound -> enter(sound);
        }
    }

    private void enter(PushHeader.Sound sound) {
        Object payer = connection.payer();
        Delivery.Offer offer = sound.offer();
        Optional<Quota.Place> free = connection.pushes().place(payer, offer.size());
        keep(free);
        if (free.isPresent() && !connection.pushes().mayLeave(payer, offer.size())) {
            answer(HttpStatus.SC_TOO_MANY_REQUESTS, "");
            return;
        }
        inlet.expect(offer.size());
        connection.expect(offer.size());
        if (free.isEmpty() || !work(() -> accept(sound))) {
            answer(HttpStatus.SC_SERVICE_UNAVAILABLE, "");
        }
    }

    private synchronized void keep(Optional<Quota.Place> taken) {
        place = taken;
    }

    /** Runs {@code step} on a disk thread, no two at once; and closes behind it, if all ended meanwhile. */
    private boolean work(Runnable step) {
        return begins()
                && connection.disk().read(() -> {
                    try {
                        step.run();
                    } catch (RuntimeException failed) {
                        fail(failed);
                    } finally {
                        workEnds();
                    }
                });
    }

    private synchronized boolean begins() {
        boolean idle = !working && !ended;
        working |= idle;
        return idle;
    }

    private void workEnds() {
        synchronized (this) {
            working = false;
        }
        if (isEnded()) {
            discard();
        } else {
            goOn();
        }
    }

    /** What is to be done next on a disk thread, if there is anything. */
    private void goOn() {
        if (isAccepted() && inlet.hasBytes()) {
            work(this::write);
        } else if (isAccepted() && inlet.isWhole()) {
            verifySoon();
        }
    }

    private synchronized boolean isAccepted() {
        return delivery.isPresent();
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private void accept(PushHeader.Sound sound) {
        switch (connection.pushes().accept(sound.offer(), connection.caller())) {
            case Delivery.Open open -> begin(open, sound.expectsContinue());
            case Delivery.Taken held -> {
                connection.pushes().refund(connection.payer(), sound.offer().size());
                tell(held, sound);
            }
            case Delivery.Refused refused -> answer(refused);
        }
    }

    /** At once if the rest can be stopped; else behind it. */
    private void tell(Delivery.Taken held, PushHeader.Sound sound) {
        if (connection.isMultiplexed() || sound.expectsContinue()) {
            answer(held);
        } else {
            begin(HereAlready.INSTANCE, false);
        }
    }

    private void begin(Delivery.Open open, boolean expectsContinue) {
        synchronized (this) {
            delivery = Optional.of(open);
        }
        connection.pushes().opened(this);
        if (expectsContinue) {
            sendContinue();
        }
    }

    private void sendContinue() {
        try {
            responses.sendInformation(new BasicHttpResponse(HttpStatus.SC_CONTINUE), context);
        } catch (HttpException | IOException gone) {
            broken(gone);
        }
    }

    private void write() {
        Delivery.Open open = opened().orElseThrow();
        for (Optional<ByteBuffer> next = inlet.take(); next.isPresent() && !isEnded(); next = inlet.take()) {
            int size = next.get().remaining();
            long before = connection.now();
            open.write(next.get());
            inlet.written(size, connection.now() - before);
        }
    }

    private synchronized Optional<Delivery.Open> opened() {
        return delivery;
    }

    private void verifySoon() {
        if (begins()) {
            connection.pushes().finish(this::verify);
        }
    }

    private void verify() {
        try {
            if (!isEnded()) {
                answer(opened().orElseThrow().finish());
            }
        } catch (RuntimeException failed) {
            fail(failed);
        } finally {
            workEnds();
        }
    }

    private void fail(RuntimeException failed) {
        LOG.log(Level.WARNING, "a file could not be taken in: {0}", failed.toString());
        answer(Delivery.Refused.of(failed));
    }

    private void answer(Delivery.Verdict verdict) {
        switch (verdict) {
            case Delivery.Taken taken -> answer(taken.created() ? HttpStatus.SC_CREATED : HttpStatus.SC_NO_CONTENT, "");
            case Delivery.Refused(Refusal refusal, String reason) -> answer(refusal.status(), reason);
        }
    }

    /** Once; what was taken is closed by whoever works on it. */
    private void answer(int status, String reason) {
        if (!ends()) {
            return;
        }
        try {
            answer = Optional.of(ShortAnswer.of(connection.verdict(status, inlet.isWhole()), reason));
            answer.get().send(responses, context);
            answered = true;
        } catch (HttpException | IOException | RuntimeException gone) {
            LOG.log(Level.FINE, "nobody waits for this answer any more", gone);
        }
        connection.closed(this);
        if (!inlet.isWhole()) {
            inlet.refuse();
        }
        discardSoon();
    }

    private synchronized boolean ends() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    public int available() {
        return answer.map(ShortAnswer::available).orElse(0);
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (answer.isPresent()) {
            answer.get().produce(channel);
        }
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) {
        inlet.creditTo(bytes -> grant(capacity, bytes));
    }

    private void grant(CapacityChannel capacity, int bytes) {
        try {
            capacity.update(bytes);
        } catch (IOException gone) {
            broken(gone);
        }
    }

    @Override
    public void consume(ByteBuffer content) throws IOException {
        if (isEnded()) {
            content.position(content.limit());
            stopSender();
        } else if (inlet.put(content)) {
            goOn();
        } else {
            connection.cut("sends more than it announced, or was let");
        }
    }

    /** In HTTP/2 a sender that has its answer, and not before, can be told to stop (RFC 9113, 8.1); in HTTP/1.1 its connection ends soon. */
    private void stopSender() throws IOException {
        if (answered && connection.isMultiplexed()) {
            throw new H2StreamResetException(H2Error.NO_ERROR, "the answer does not need the rest");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        if (inlet.end()) {
            goOn();
        } else if (!isEnded()) {
            connection.abort(responses);
        }
    }

    /** Whether the owner has not sent its next bytes in time. */
    boolean isStalled(long now, long limit) {
        return !isEnded() && inlet.isStalled(now, limit);
    }

    private void broken(Exception cause) {
        LOG.log(Level.FINE, "a file that was being left here broke off", cause);
        if (ends()) {
            connection.closed(this);
            discardSoon();
        }
    }

    @Override
    public void failed(Exception cause) {
        broken(cause);
    }

    @Override
    public void releaseResources() {
        if (ends()) {
            connection.closed(this);
            discardSoon();
        }
    }

    /** By whoever works on it, else on a disk thread; where there are none any more, {@link Pushes#close} sees to it. */
    private void discardSoon() {
        if (isIdle()) {
            connection.disk().read(this::discard);
        }
    }

    private synchronized boolean isIdle() {
        return !working && (delivery.isPresent() || place.isPresent());
    }

    /** Leaves nothing behind. Nothing if it is done. */
    void discard() {
        List<AutoCloseable> all = release();
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception failed) {
                LOG.log(Level.WARNING, "not all of a broken file is gone: {0}", failed.toString());
            }
        }
        connection.pushes().ended(this);
    }

    private synchronized List<AutoCloseable> release() {
        Deque<AutoCloseable> all = new ArrayDeque<>();
        delivery.ifPresent(all::add);
        place.ifPresent(all::add);
        delivery = Optional.empty();
        place = Optional.empty();
        return List.copyOf(all);
    }
}
