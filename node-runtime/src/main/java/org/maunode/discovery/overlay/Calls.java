package org.maunode.discovery.overlay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.discovery.kademlia.Failure;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Contact;

/**
 * Makes the engine's calls. Threads: up to {@value #THREADS}, named {@code mau-kad-N}, started when there is something to do
 * and ended when there was nothing for a while. Thread-safe.
 */
final class Calls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("org.maunode.discovery.overlay");
    /** As many as the calls that one lookup has out when it meets silence. */
    static final int THREADS = 8;
    /** Calls that wait for a thread; more come to nothing at once. */
    static final int MAX_WAITING = 256;

    /** Addresses of one name that are tried. */
    static final int MAX_ADDRESSES = 4;

    private static final long IDLE_SECONDS = 5;
    private static final long PATIENCE_SECONDS = 1;

    private final Lines lines;
    private final Names names;
    private final Outcomes outcomes;
    private final LongSupplier clock;
    private final Liars liars = new Liars();
    private final ThreadPoolExecutor threads;

    /** Hears of each call once, on the call's thread. */
    interface Outcomes {
        /** Whether what a name leads to may be called. */
        boolean permits(long call, InetAddress resolved);

        void answered(long call, InetAddress from, List<Contact> contacts);

        void failed(long call, Failure why);
    }

    /** What a peer said, and where. */
    private record Heard(InetAddress from, List<Contact> contacts) {}

    /** Where names lead. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    Calls(Dialer dialer, Outcomes outcomes, LongSupplier clock) {
        this(dialer, InetAddress::getAllByName, outcomes, clock);
    }

    Calls(Dialer dialer, Names names, Outcomes outcomes, LongSupplier clock) {
        this.names = names;
        this.lines = new Lines(dialer);
        this.outcomes = outcomes;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("mau-kad-" + number.incrementAndGet())
                        .unstarted(task));
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Calls {@code to}, and asks it {@code question}; does not wait.
     *
     * @return {@code false} if there is no room for another call; its outcome is not told then
     */
    boolean make(long call, Contact to, Function<RemotePeer, List<Contact>> question) {
        return run(() -> call(call, to, question));
    }

    /** Does {@code work} on one of the threads; {@code false} if there is no room for it. */
    boolean run(Runnable work) {
        try {
            threads.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private void call(long call, Contact to, Function<RemotePeer, List<Contact>> question) {
        try {
            outcome(call, to, question).run();
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "the outcome of a call to " + to + " met a defect", defect);
        }
    }

    private Runnable outcome(long call, Contact to, Function<RemotePeer, List<Contact>> question) {
        try {
            Heard heard = askSomewhere(call, to, question);
            return () -> outcomes.answered(call, heard.from(), heard.contacts());
        } catch (ExchangeException failed) {
            LOG.log(Level.FINE, "{0}: {1}", new Object[] {to, failed.getMessage()});
            Failure why = why(to, failed);
            return () -> outcomes.failed(call, why);
        } catch (RuntimeException defect) {
            LOG.log(Level.WARNING, "a call to " + to + " met a defect", defect);
            return () -> outcomes.failed(call, Failure.UNREACHABLE);
        }
    }

    /** At the addresses of a name in turn, as far as they may be called, until one answers. */
    private Heard askSomewhere(long call, Contact to, Function<RemotePeer, List<Contact>> question) {
        ExchangeException last = new ExchangeException(Reason.UNREACHABLE, "no address of it may be called");
        for (InetAddress at : resolved(to.address().getHostString())) {
            try {
                if (outcomes.permits(call, at)) {
                    InetSocketAddress address =
                            new InetSocketAddress(at, to.address().getPort());
                    return new Heard(at, ask(new Lines.Door(to.fingerprint(), address), question));
                }
            } catch (ExchangeException failed) {
                last = last.reason() == Reason.WRONG_IDENTITY ? last : failed;
            }
        }
        throw last;
    }

    private List<InetAddress> resolved(String host) {
        try {
            List<InetAddress> all = List.of(names.of(host));
            return all.subList(0, Math.min(MAX_ADDRESSES, all.size()));
        } catch (UnknownHostException unknown) {
            throw new ExchangeException(Reason.UNREACHABLE, "unknown host " + host, unknown);
        }
    }

    /** A line that was cut at the other end since its last question is no failure of the peer: it is called again. */
    private List<Contact> ask(Lines.Door door, Function<RemotePeer, List<Contact>> question) {
        Lines.Line line = lines.take(door);
        if (!lines.isWorn(line)) {
            return ask(line, question);
        }
        try {
            return ask(line, question);
        } catch (ExchangeException cut) {
            if (cut.reason() != Reason.UNREACHABLE) {
                throw cut;
            }
            return ask(lines.take(door), question);
        }
    }

    private List<Contact> ask(Lines.Line line, Function<RemotePeer, List<Contact>> question) {
        boolean works = false;
        try {
            List<Contact> answer = question.apply(line.peer());
            works = true;
            return answer;
        } finally {
            if (works) {
                lines.release(line, clock.getAsLong());
            } else {
                lines.drop(line);
            }
        }
    }

    private Failure why(Contact to, ExchangeException failed) {
        return switch (failed.reason()) {
            case UNREACHABLE, TIMED_OUT, BUSY -> Failure.UNREACHABLE;
            case WRONG_IDENTITY -> {
                liars.met(to, failed.getMessage(), clock.getAsLong());
                yield Failure.WRONG_IDENTITY;
            }
            case NOT_SUPPORTED, NOT_FOUND, NOT_ALLOWED -> Failure.NOT_SUPPORTED;
            case RANGE, REFUSED, PROTOCOL, OVER_LIMIT -> Failure.MISBEHAVED;
        };
    }

    Lines lines() {
        return lines;
    }

    /** Threads that are alive, for tests. */
    int threads() {
        return threads.getPoolSize();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        threads.shutdownNow();
        await(threads);
        lines.close();
    }

    static void await(ExecutorService ended) {
        try {
            if (!ended.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.FINE, "a thread of the overlay does not end yet");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
