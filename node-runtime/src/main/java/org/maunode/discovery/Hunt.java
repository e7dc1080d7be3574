package org.maunode.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/**
 * Carries out one {@link Search}: its thread decides and waits, those of the pool ask and dial, and tell it what came of
 * it. What still goes on when it is closed is interrupted, and a connection that comes too late is closed.
 */
final class Hunt implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery");

    /** What the searching thread is told. */
    private sealed interface Event {
        record Found(int source, InetSocketAddress address) implements Event {}

        record Ended(int source) implements Event {}

        record Failed(Candidate candidate, ExchangeException why) implements Event {}

        record Connected(Candidate candidate, RemotePeer remote, Duration took) implements Event {}

        record Stopped() implements Event {}
    }

    private final Fingerprint peer;
    private final List<Source> sources;
    private final Dialer dialer;
    private final ExecutorService threads;
    private final Trail trail;
    private final long begun = System.nanoTime();
    private final Search search;
    private final Mailbox<Event> mailbox = new Mailbox<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final Failed failed;

    Hunt(Fingerprint peer, List<Source> sources, Dialer dialer, ExecutorService threads, Trail trail) {
        this.peer = peer;
        this.sources = sources;
        this.dialer = dialer;
        this.threads = threads;
        this.trail = trail;
        this.search = new Search(sources);
        this.failed = new Failed(peer);
    }

    /** Searches until the peer has proved itself. */
    RemotePeer run() {
        try {
            while (!search.isOver(now())) {
                search.due(now()).forEach(this::begin);
                Optional<RemotePeer> proved = mailbox.take(search.rest(now())).flatMap(this::heard);
                if (proved.isPresent()) {
                    return proved.get();
                }
            }
            throw failed.summary(sources, search.dialling());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        } catch (RejectedExecutionException closed) {
            throw stopped();
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void begin(Search.Step step) {
        running.add(
                switch (step) {
                    case Search.Step.Ask(int source) -> threads.submit(() -> ask(source));
                    case Search.Step.Dial(Candidate candidate) -> threads.submit(() -> dial(candidate));
                });
    }

    private void ask(int source) {
        Resolver resolver = sources.get(source).resolver();
        try {
            resolver.resolve(peer, address -> mailbox.post(new Event.Found(source, address)));
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "looking for {0} by {1} failed: {2}", new Object[] {peer, resolver.name(), broken});
        }
        mailbox.post(new Event.Ended(source));
    }

    private void dial(Candidate candidate) {
        long start = System.nanoTime();
        try {
            RemotePeer remote = dialer.dial(peer, candidate.address());
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (!mailbox.post(new Event.Connected(candidate, remote, took))) {
                remote.close();
            }
        } catch (ExchangeException refused) {
            mailbox.post(new Event.Failed(candidate, refused));
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "dialling {0} failed: {1}", new Object[] {candidate, defect});
            mailbox.post(new Event.Failed(
                    candidate, new ExchangeException(Reason.UNREACHABLE, "a defect: " + defect, defect)));
        }
    }

    private Optional<RemotePeer> heard(Event event) {
        return switch (event) {
            case Event.Found(int source, InetSocketAddress address) -> found(source, address);
            case Event.Ended(int source) -> ended(source);
            case Event.Failed(Candidate candidate, ExchangeException why) -> failed(candidate, why);
            case Event.Connected connected -> Optional.of(won(connected));
            case Event.Stopped _ -> throw stopped();
        };
    }

    private Optional<RemotePeer> found(int source, InetSocketAddress address) {
        search.found(source, address).ifPresent(candidate -> trail.found(peer, candidate));
        return Optional.empty();
    }

    private Optional<RemotePeer> ended(int source) {
        search.ended(source);
        return Optional.empty();
    }

    private Optional<RemotePeer> failed(Candidate candidate, ExchangeException why) {
        search.failed(candidate, now());
        failed.add(candidate, why);
        Level level = why.reason() == Reason.WRONG_IDENTITY ? Level.INFO : Level.FINE;
        LOG.log(level, "looked for {0} at {1}: {2}", new Object[] {peer, candidate, why.getMessage()});
        trail.failed(peer, candidate, why);
        return Optional.empty();
    }

    private RemotePeer won(Event.Connected connected) {
        boolean told = false;
        try {
            trail.proved(peer, connected.candidate(), connected.took());
            told = true;
            return connected.remote();
        } finally {
            if (!told) {
                connected.remote().close();
            }
        }
    }

    /** Ends the search from another thread. */
    void stop() {
        mailbox.post(new Event.Stopped());
    }

    private static ExchangeException stopped() {
        return new ExchangeException(Reason.UNREACHABLE, "the search was stopped");
    }

    @Override
    public void close() {
        running.forEach(task -> task.cancel(true));
        for (Event late : mailbox.close()) {
            if (late instanceof Event.Connected connected) {
                connected.remote().close();
            }
        }
    }
}
