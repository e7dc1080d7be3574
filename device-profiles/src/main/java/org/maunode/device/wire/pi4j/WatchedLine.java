package org.maunode.device.wire.pi4j;

import java.time.Duration;
import java.util.Optional;
import org.maunode.device.wire.GpioLines.Input;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.WireException.Reason;

/**
 * An input whose edges are waited for.
 *
 * <pre>
 *   wait for an edge ──► take it ──► still for as long as the debounce says? ── no ──► take the next one
 *          ▲                                        │ yes                                     │
 *          └───── tell, if the level is another ◄───┴──────────────◄──────────────────────────┘
 * </pre>
 *
 * <p>Threads: one, {@code mau-gpio-<offset>}, which waits in the kernel and looks twice a second whether it should end.
 */
final class WatchedLine implements Input {
    /** How long a native call may last, which nothing can interrupt. */
    static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final EventLine line;
    private final Duration debounce;
    private final Runnable edge;
    private final Thread watcher;
    private volatile boolean isEnding;
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private boolean wasHigh;

    private WatchedLine(int offset, EventLine line, Duration debounce, Runnable edge) {
        this.line = line;
        this.debounce = debounce;
        this.edge = edge;
        this.wasHigh = line.isHigh();
        this.watcher = Thread.ofPlatform().name("mau-gpio-" + offset).daemon().unstarted(this::watch);
    }

    static WatchedLine start(int offset, EventLine line, Duration debounce, Runnable edge) {
        WatchedLine watched = new WatchedLine(offset, line, debounce, edge);
        watched.watcher.start();
        return watched;
    }

    @Override
    public boolean isHigh() {
        if (failure.isPresent() || isEnding) {
            throw new WireException(
                    Reason.VANISHED,
                    watcher.getName() + " answers no more: "
                            + failure.map(Throwable::getMessage).orElse("it was closed"));
        }
        return line.isHigh();
    }

    /** Asks the watcher to end, and does not wait for it. */
    void end() {
        isEnding = true;
    }

    /** Waits until the line is given back, half a second at most; a listener that closes does not wait for itself. */
    @Override
    public void close() {
        end();
        if (Thread.currentThread() == watcher) {
            return;
        }
        try {
            watcher.join(LONGEST_WAIT.multipliedBy(4));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!isEnding) {
                if (line.await(LONGEST_WAIT)) {
                    settle();
                    tell();
                }
            }
        } catch (RuntimeException gone) {
            failure = Optional.of(gone);
            edge.run();
        } finally {
            line.release();
        }
    }

    private void settle() {
        do {
            line.take();
        } while (!isEnding && !isStill());
    }

    private boolean isStill() {
        Duration left = debounce;
        while (left.compareTo(LONGEST_WAIT) > 0 && !isEnding) {
            if (line.await(LONGEST_WAIT)) {
                return false;
            }
            left = left.minus(LONGEST_WAIT);
        }
        return isEnding || !line.await(left);
    }

    private void tell() {
        boolean isHigh = line.isHigh();
        if (isHigh != wasHigh && !isEnding) {
            wasHigh = isHigh;
            edge.run();
        }
    }
}
