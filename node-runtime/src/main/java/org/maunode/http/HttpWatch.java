package org.maunode.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.Page;

/** A page that the peer holds back. Holds no thread. */
final class HttpWatch implements RemotePeer.Watch {
    private final ClientCall call;
    private final Reading reading;
    private final Runnable end;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Reads the page, when its header is there. */
    @FunctionalInterface
    interface Reading {
        Page page() throws IOException;
    }

    private HttpWatch(ClientCall call, Reading reading, Runnable end) {
        this.call = call;
        this.reading = reading;
        this.end = end;
    }

    /** @param end run once, when nobody waits any more */
    static HttpWatch of(ClientCall call, Alarms alarms, Duration patience, Reading reading, Runnable end) {
        Runnable alarm = alarms.later(
                () -> call.fail(new ExchangeException(Reason.TIMED_OUT, "no answer in " + patience.toSeconds() + " s")),
                patience);
        call.answered().whenComplete((_, _) -> alarm.run());
        return new HttpWatch(call, reading, end);
    }

    @Override
    public CompletableFuture<?> answered() {
        return call.answered();
    }

    @Override
    public boolean waited() {
        return Preferences.applied(call.head()).isPresent();
    }

    @Override
    public Page page() {
        try {
            return reading.page();
        } catch (IOException unexpected) {
            throw Failures.of(unexpected);
        }
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            end.run();
        }
    }
}
