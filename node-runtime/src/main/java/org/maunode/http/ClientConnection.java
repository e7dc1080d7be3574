package org.maunode.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Fingerprint;

/**
 * One open connection to a peer whose identity was proved. HTTP/2 carries several calls at once; in HTTP/1.1 they queue.
 * Thread-safe.
 */
final class ClientConnection implements AutoCloseable {
    /** Calls that wait for news beside the others. */
    static final int WAITS = 12;

    private final IOSession session;
    private final Fingerprint peer;
    private final Route route;
    private final boolean multiplexed;
    private final DialerOptions options;
    private final Semaphore turns;
    private final Semaphore waits;
    private final Set<ClientCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile Runnable atClose = () -> {};

    ClientConnection(IOSession session, Fingerprint peer, Route route, String protocol, DialerOptions options) {
        this.session = session;
        this.peer = peer;
        this.route = route;
        this.multiplexed = protocol.equals(Tls.H2);
        this.options = options;
        this.turns = new Semaphore(multiplexed ? options.calls() : 1, true);
        this.waits = new Semaphore(multiplexed ? WAITS : 1);
    }

    /** Runs {@code action} when this side closes the connection. */
    ClientConnection onClose(Runnable action) {
        atClose = action;
        return this;
    }

    Fingerprint peer() {
        return peer;
    }

    Route route() {
        return route;
    }

    /** Whether an answer can be given up without giving up the connection. */
    boolean isMultiplexed() {
        return multiplexed;
    }

    /** What is done with an answer. */
    @FunctionalInterface
    interface Use<T> {
        T of(ClientCall call) throws IOException;
    }

    /** Sends {@code request}, waits for its turn and its answer, and leaves the connection fit for the next one. */
    <T> T call(HttpRequest request, Use<T> use) throws IOException {
        return call(request, Optional.empty(), use);
    }

    /** The same with content, which {@code use} sees to. */
    <T> T call(HttpRequest request, Optional<Upload> content, Use<T> use) throws IOException {
        ClientCall call = new ClientCall(request, content, options, options.idle(), this::close);
        takeTurn();
        try {
            start(call);
            return use.of(call);
        } finally {
            finish(call);
            turns.release();
        }
    }

    /**
     * Sends a request whose answer may be long in coming. The call ends with {@link #endWait}.
     *
     * @throws ExchangeException with {@code OVER_LIMIT} if too many wait already; with {@code BUSY} in HTTP/1.1 if the line is
     *     in use
     */
    ClientCall beginWait(HttpRequest request, Duration patience) {
        if (!waits.tryAcquire()) {
            throw new ExchangeException(Reason.OVER_LIMIT, "too many calls wait on one connection");
        }
        if (!multiplexed && !turns.tryAcquire()) {
            waits.release();
            throw new ExchangeException(Reason.BUSY, "HTTP/1.1 carries one call at a time");
        }
        ClientCall call = new ClientCall(request, Optional.empty(), options, patience, this::close);
        start(call);
        return call;
    }

    /** Gives the call up if it is not complete. To be called once. */
    void endWait(ClientCall call) {
        finish(call);
        if (!multiplexed) {
            turns.release();
        }
        waits.release();
    }

    /** In HTTP/1.1 nothing can stand behind a call that waits. */
    private boolean isLineHeld() {
        return !multiplexed && waits.availablePermits() == 0;
    }

    private void takeTurn() {
        if (isLineHeld()) {
            throw new ExchangeException(Reason.BUSY, "HTTP/1.1 carries one call at a time, and one waits for news");
        }
        try {
            turns.acquire();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        }
    }

    private void start(ClientCall call) {
        running.add(call);
        if (closed || !session.isOpen()) {
            call.fail(new ExchangeException(Reason.UNREACHABLE, "the connection is closed"));
            return;
        }
        session.enqueue(
                new RequestExecutionCommand(call, null, call.stop(), HttpCoreContext.create()),
                Command.Priority.NORMAL);
    }

    /** An answer that is not read to its end blocks the line in HTTP/1.1, so that the line is given up. */
    private void finish(ClientCall call) {
        running.remove(call);
        if (!call.isComplete()) {
            call.abandon();
            if (!multiplexed) {
                close();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        atClose.run();
        session.close(CloseMode.IMMEDIATE);
        running.forEach(call -> call.fail(new ExchangeException(Reason.UNREACHABLE, "the connection is closed")));
    }
}
