package org.maunode.cable;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Callee;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.line.Line;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.identity.Fingerprint;

/**
 * Makes lines to nodes: one at a time to each, whoever waits for it; one that nobody waits for any more is finished all
 * the same, for whoever wanted it will ask again. A node that is not who its advertisement said costs one attempt.
 * Thread-safe.
 */
final class Reaching implements AutoCloseable {
    /** For looking, connecting and reading who it is; discovery alone took up to 31 s where it was measured. */
    static final Duration PATIENCE = Duration.ofSeconds(40);

    /** How long a node is left alone whose advertisement was not true. */
    static final Duration SHUNNED = Duration.ofMinutes(10);

    /** Addresses of which something is remembered; the oldest is forgotten. */
    static final int MOST = 64;

    private static final Logger LOG = Logger.getLogger("org.maunode.cable");

    private final Carrier carrier;
    private final Radio radio;
    private final Callee callee;
    private final Function<BluetoothAddress, Optional<Held>> kept;
    private final BiFunction<Line, Optional<NodeInfo>, Held> keeper;
    private final Executor threads;
    private final Map<BluetoothAddress, CompletableFuture<Held>> making = new HashMap<>();
    private final Map<BluetoothAddress, Fingerprint> wanted = bounded();
    private final Map<BluetoothAddress, Long> shunned = bounded();

    /**
     * @param kept the line to there that there is already
     * @param keeper takes each line that was made, and who its node says that it is
     */
    Reaching(
            Carrier carrier,
            Radio radio,
            Callee callee,
            Function<BluetoothAddress, Optional<Held>> kept,
            BiFunction<Line, Optional<NodeInfo>, Held> keeper,
            Executor threads) {
        this.carrier = carrier;
        this.radio = radio;
        this.callee = callee;
        this.kept = kept;
        this.keeper = keeper;
        this.threads = threads;
    }

    private static <T> Map<BluetoothAddress, T> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<BluetoothAddress, T> eldest) {
                return size() > MOST;
            }
        };
    }

    /** Notes that {@code who} is expected at {@code address}; {@code false} if that was no good the last time. */
    synchronized boolean isWorthwhile(BluetoothAddress address, Fingerprint who) {
        Long since = shunned.get(address);
        if (since != null && System.nanoTime() - since < SHUNNED.toNanos()) {
            return false;
        }
        wanted.put(address, who);
        return true;
    }

    /**
     * Makes a line, unless there is one. Blocks.
     *
     * @throws ExchangeException with {@code UNREACHABLE}, {@code TIMED_OUT}, or {@code WRONG_IDENTITY} if it says itself that it
     *     is another
     */
    Held reach(BluetoothAddress to) {
        try {
            return begun(to).get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new ExchangeException(Reason.UNREACHABLE, "interrupted", stop);
        } catch (ExecutionException failed) {
            throw told(to, failed.getCause());
        }
    }

    private static ExchangeException told(BluetoothAddress to, Throwable why) {
        return switch (why) {
            case ExchangeException said -> new ExchangeException(said.reason(), said.getMessage(), said);
            case GattException slow
            when slow.reason() == GattException.Reason.TIMED_OUT ->
                new ExchangeException(Reason.TIMED_OUT, slow.getMessage(), slow);
            case GattException other -> new ExchangeException(Reason.UNREACHABLE, other.getMessage(), other);
            default -> new ExchangeException(Reason.UNREACHABLE, "no line to " + to + ": " + why, why);
        };
    }

    private synchronized CompletableFuture<Held> begun(BluetoothAddress to) {
        CompletableFuture<Held> made = making.get(to);
        return made == null ? begin(to) : made;
    }

    private CompletableFuture<Held> begin(BluetoothAddress to) {
        CompletableFuture<Held> made = new CompletableFuture<>();
        try {
            threads.execute(() -> make(to, made));
            making.put(to, made);
        } catch (RejectedExecutionException closed) {
            made.completeExceptionally(new ExchangeException(Reason.UNREACHABLE, "this node stops", closed));
        }
        return made;
    }

    /** Kept before it is told, so that whoever asks next finds it; also who asked when it was just being made. */
    private void make(BluetoothAddress to, CompletableFuture<Held> made) {
        try {
            Held line = kept.apply(to).orElseGet(() -> made(to));
            forget(to);
            made.complete(line);
        } catch (RuntimeException | Error failed) {
            forget(to);
            made.completeExceptionally(failed);
        }
    }

    private Held made(BluetoothAddress to) {
        return checked(to, carrier.reach(radio.central(), to, PATIENCE, callee));
    }

    private synchronized void forget(BluetoothAddress to) {
        making.remove(to);
    }

    private Held checked(BluetoothAddress to, Carrier.Reached reached) {
        Fingerprint says = Fingerprint.of(reached.info().identity());
        Optional<Fingerprint> expected = expected(to);
        if (expected.filter(who -> !who.equals(says)).isPresent()) {
            reached.line().close();
            shun(to);
            String lie = to + " advertises as " + expected.get() + " and says it is " + says;
            LOG.log(Level.INFO, "{0}: left alone for {1} min", new Object[] {lie, SHUNNED.toMinutes()});
            throw new ExchangeException(Reason.WRONG_IDENTITY, lie);
        }
        return keeper.apply(reached.line(), Optional.of(reached.info()));
    }

    private synchronized Optional<Fingerprint> expected(BluetoothAddress to) {
        return Optional.ofNullable(wanted.get(to));
    }

    private synchronized void shun(BluetoothAddress address) {
        shunned.put(address, System.nanoTime());
        wanted.remove(address);
    }

    @Override
    public void close() {
        radio.close();
    }
}
