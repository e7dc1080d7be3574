package org.maunode.tools.radio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.maunode.ble.line.Line;
import org.maunode.cable.BleAddress;
import org.maunode.cable.Entrance;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.ExchangeException.Reason;
import org.maunode.http.Exits;

/**
 * The way from a dialer to the line that was made last.
 *
 * <p>Threads: one each time, {@code mau-ble-door}, until somebody came in; thread-safe.
 */
final class Door implements Exits, AutoCloseable {
    private final AtomicReference<Optional<Line>> line = new AtomicReference<>(Optional.empty());
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("mau-ble-door").factory());

    /** Calls go over this line from now on. */
    void leadTo(Line next) {
        line.set(Optional.of(next));
    }

    @Override
    public Optional<InetSocketAddress> leadingTo(InetSocketAddress address) {
        return line.get()
                .filter(open -> BleAddress.of(open.peer()).equals(address))
                .map(this::entrance);
    }

    private InetSocketAddress entrance(Line line) {
        try {
            return Entrance.to(line, threads);
        } catch (IOException refused) {
            throw new ExchangeException(Reason.UNREACHABLE, "no way to the line: " + refused.getMessage(), refused);
        }
    }

    /** Nobody is waited for any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
