package org.maunode.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStreamResetException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;

/** One request of ours: sent and received on the I/O thread, waited for by its caller. */
final class ClientCall implements AsyncClientExchangeHandler {
    private final HttpRequest request;
    private final Runnable cut;
    private final Optional<Upload> upload;
    private final Duration patience;
    private final BytePipe body;
    private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
    private final Stop stop = new Stop();
    private volatile boolean complete;
    private volatile boolean abandoned;

    /**
     * @param patience how long {@link #head} waits
     * @param cut ends the whole connection: a stream that is reset does not stop a peer that minds no window
     */
    ClientCall(HttpRequest request, Optional<Upload> upload, DialerOptions options, Duration patience, Runnable cut) {
        this.request = request;
        this.upload = upload;
        this.cut = cut;
        this.patience = patience;
        this.body = new BytePipe(options.window(), options.idle());
    }

    /** Waits for the answer's header. */
    HttpResponse head() {
        try {
            return head.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            throw new ExchangeException(Reason.TIMED_OUT, "no answer in " + patience.toSeconds() + " s", silent);
        } catch (ExecutionException failed) {
            throw Failures.of(failed.getCause());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        }
    }

    /** Completes with the answer's header, on the I/O thread, or with the {@link ExchangeException} that came instead. */
    CompletableFuture<?> answered() {
        CompletableFuture<HttpResponse> answered = new CompletableFuture<>();
        head.whenComplete((response, failed) -> {
            if (failed == null) {
                answered.complete(response);
            } else {
                answered.completeExceptionally(failed);
            }
        });
        return answered;
    }

    InputStream body() {
        return body;
    }

    /** Whether all was sent and the whole answer came, so that the connection can carry another. */
    boolean isComplete() {
        return complete && upload.map(Upload::isSent).orElse(true);
    }

    /** Nobody waits for the rest. */
    void abandon() {
        abandoned = true;
        fail(new ExchangeException(Reason.UNREACHABLE, "given up"));
        if (!isComplete()) {
            stop.cancel();
        }
    }

    /** Resets the stream of this call, now or as soon as it has one. */
    CancellableDependency stop() {
        return stop;
    }

    private static final class Stop implements CancellableDependency {
        private static final Cancellable NOTHING = () -> false;

        private Cancellable running = NOTHING;
        private boolean cancelled;

        @Override
        public void setDependency(Cancellable stream) {
            if (!setRunning(stream)) {
                stream.cancel();
            }
        }

        private synchronized boolean setRunning(Cancellable stream) {
            running = stream;
            return !cancelled;
        }

        @Override
        public synchronized boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean cancel() {
            return setCancelled().cancel();
        }

        private synchronized Cancellable setCancelled() {
            cancelled = true;
            return running;
        }
    }

    void fail(ExchangeException why) {
        upload.ifPresent(Upload::stop);
        head.completeExceptionally(why);
        body.fail(why);
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        EntityDetails details = upload.map(ClientCall::details).orElse(null);
        channel.sendRequest(request, details, context);
    }

    private static EntityDetails details(Upload content) {
        return new BasicEntityDetails(content.length(), ContentType.APPLICATION_OCTET_STREAM);
    }

    @Override
    public int available() {
        return upload.map(Upload::available).orElse(0);
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (upload.isPresent()) {
            upload.get().produce(channel);
        }
    }

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {
        // 1xx say nothing that we wait for.
    }

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails content, HttpContext context) {
        if (content == null) {
            end();
        }
        upload.ifPresent(Upload::stop);
        head.complete(response);
    }

    private void end() {
        complete = true;
        body.end();
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) {
        body.credit(bytes -> grant(capacity, bytes));
    }

    private void grant(CapacityChannel capacity, int bytes) {
        try {
            capacity.update(bytes);
        } catch (IOException broken) {
            fail(Failures.of(broken));
        }
    }

    @Override
    public void consume(ByteBuffer content) throws IOException {
        if (abandoned) {
            throw new HttpStreamResetException("nobody reads this answer");
        }
        if (!body.put(content)) {
            cut.run();
            throw new HttpStreamResetException("the peer minds no window");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        end();
    }

    @Override
    public void failed(Exception cause) {
        fail(Failures.of(cause));
    }

    @Override
    public void cancel() {
        fail(new ExchangeException(Reason.UNREACHABLE, "the connection is closed"));
    }

    @Override
    public void releaseResources() {
        if (!complete) {
            fail(new ExchangeException(Reason.UNREACHABLE, "the connection broke"));
        }
    }
}
