package org.maunode.tools.radio;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.line.Callee;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.tools.account.Session;

/**
 * Does something over a connection, and goes on over another when it breaks: at once if anything was gained, else after twice
 * as long each time. Confined to one thread.
 */
public final class Persistence {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 5;

    private final Session session;
    private final Radio radio;
    private final Goal goal;
    private final Callee callee;
    private final Duration patience;
    private final int retries;
    private final LongSupplier gained;
    private int connections;
    private int fruitless;

    /** What is done over one connection; may begin anew over the next. */
    @FunctionalInterface
    public interface Work<T> {
        T over(RemotePeer remote, Nearby node) throws IOException, InterruptedException;
    }

    /**
     * @param patience for one connection
     * @param retries how often in a row to try again in vain
     * @param gained grows whenever a try was not in vain
     */
    public Persistence(
            Session session,
            Radio radio,
            Goal goal,
            Callee callee,
            Duration patience,
            int retries,
            LongSupplier gained) {
        this.session = Objects.requireNonNull(session);
        this.radio = Objects.requireNonNull(radio);
        this.goal = Objects.requireNonNull(goal);
        this.callee = Objects.requireNonNull(callee);
        this.patience = Objects.requireNonNull(patience);
        this.retries = retries;
        this.gained = Objects.requireNonNull(gained);
    }

    /** How often the link was cut and made again. */
    public int cuts() {
        return Math.max(0, connections - 1);
    }

    /**
     * Does {@code work}, over as many connections as it takes.
     *
     * @throws ExchangeException if another connection would not help, or there were too many in vain
     * @throws GattException likewise
     * @throws InterruptedException if the command was asked to end
     */
    public <T> T run(Work<T> work) throws IOException, InterruptedException {
        while (true) {
            long before = gained.getAsLong();
            try {
                return once(work);
            } catch (ExchangeException | GattException failed) {
                if (!mayPass(failed) || !waited(failed, gained.getAsLong() > before)) {
                    throw failed;
                }
            }
        }
    }

    private <T> T once(Work<T> work) throws IOException, InterruptedException {
        try (Nearby node = radio.approach(goal, callee, patience)) {
            return over(node, work);
        } catch (ExchangeException | GattException | IOException failed) {
            requireWanted();
            throw failed;
        }
    }

    private <T> T over(Nearby node, Work<T> work) throws IOException, InterruptedException {
        try (RemotePeer remote = node.prove()) {
            connections++;
            return work.over(remote, node);
        } catch (ExchangeException failed) {
            throw node.explained(failed);
        }
    }

    private void requireWanted() throws InterruptedException {
        if (radio.isBrokenOff()) {
            throw new InterruptedException();
        }
    }

    /** A node that was there a moment ago is looked for again; one that never was is not. */
    private boolean mayPass(RuntimeException failure) {
        return switch (failure) {
            case ExchangeException exchange -> exchange.reason().isTransitory();
            case GattException gatt ->
                switch (gatt.reason()) {
                    case NOT_CONNECTED -> true;
                    case NOT_FOUND, TIMED_OUT, NO_ADAPTER -> connections > 0;
                    case NOT_ALLOWED, NOT_A_NODE, INTERRUPTED -> false;
                };
            default -> false;
        };
    }

    /** {@code false} if it was tried often enough. */
    private boolean waited(RuntimeException failure, boolean fruitful) throws InterruptedException {
        fruitless = fruitful ? 0 : fruitless + 1;
        if (fruitless > retries) {
            return false;
        }
        Duration wait =
                fruitless == 0 ? Duration.ZERO : FIRST_WAIT.multipliedBy(1L << Math.min(fruitless - 1, MAX_DOUBLINGS));
        session.output()
                .say(failure.getMessage() + "; trying again" + (wait.isZero() ? "" : " in " + wait.toSeconds() + " s"));
        if (!wait.isZero() && session.shell().stop().pause(wait)) {
            throw new InterruptedException();
        }
        return true;
    }
}
