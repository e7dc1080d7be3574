package org.maunode.tools.radio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.line.Carrier;
import org.maunode.ble.line.Line;
import org.maunode.cable.BleAddress;
import org.maunode.exchange.Dialer;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;

/** A node that answered, and the line to it; what it says of itself proves nothing yet. Confined to one thread. */
public final class Nearby implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    /** A call fails a moment before its line has told why. */
    private static final Duration REASON = Duration.ofMillis(500);

    private final NodeInfo info;
    private final Line line;
    private final Goal goal;
    private final Dialer dialer;
    private final CompletableFuture<String> ended;

    Nearby(Carrier.Reached reached, Goal goal, Dialer dialer) {
        this.info = reached.info();
        this.line = reached.line();
        this.goal = goal;
        this.dialer = dialer;
        this.ended = line.ended().toCompletableFuture();
    }

    public BluetoothAddress address() {
        return line.peer();
    }

    public NodeInfo info() {
        return info;
    }

    /** Who it says that it is. */
    public Fingerprint claimed() {
        return Fingerprint.of(info.identity());
    }

    /** The ATT MTU of the link, in bytes. */
    public int mtu() {
        return line.mtu();
    }

    /**
     * Has it prove by TLS that it is who it says, and who was meant.
     *
     * @throws ExchangeException if it is not, or the line breaks
     */
    public RemotePeer prove() {
        if (goal instanceof Goal.Peer meant && !meant.fingerprint().equals(claimed())) {
            throw new ExchangeException(
                    Reason.WRONG_IDENTITY,
                    claimed() + " answers at " + address() + ", not " + meant.name() + " (" + meant.fingerprint()
                            + ")");
        }
        return dialer.dial(claimed(), BleAddress.of(address()));
    }

    /** {@code failure}, told by its cause if that is the line's end. */
    public ExchangeException explained(ExchangeException failure) {
        return failure.reason() == Reason.UNREACHABLE
                ? why(REASON)
                        .map(why -> new ExchangeException(Reason.UNREACHABLE, address() + ": " + why, failure))
                        .orElse(failure)
                : failure;
    }

    private Optional<String> why(Duration patience) {
        try {
            return Optional.of(ended.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException open) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Ends the line, and waits until it is over, so that the node can be connected to again. */
    @Override
    public void close() {
        line.close();
        why(FAREWELL);
    }
}
