package org.maunode.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.maunode.device.driver.Driver;
import org.maunode.device.profile.ChannelName;

/**
 * A thread of its own for sensors that take their time: one is read after the other, and nobody else waits.
 *
 * <p>Threads: one, {@code mau-sensor-<channel>}, a daemon that ends when it has had nothing to do for a second.
 */
final class Lane implements AutoCloseable {
    /** What a thread may be late beside its sensors, on a board that does other things too. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Map<ChannelName, Duration> patience = new HashMap<>();
    private final ThreadPoolExecutor thread;

    /** @param first channel that is read here */
    Lane(ChannelName first) {
        thread = new ThreadPoolExecutor(
                1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> Thread.ofPlatform()
                        .name("mau-sensor-" + first)
                        .daemon()
                        .unstarted(task));
        thread.allowCoreThreadTimeOut(true);
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Notes who is read here. Called by the publisher alone, like {@link #allowed}. */
    Lane joined(ChannelName channel, Duration itsPatience) {
        patience.put(channel, itsPatience);
        return this;
    }

    /** How long an answer may take before it is overdue: what all who are read here may take together, and a bit. */
    Duration allowed() {
        return patience.values().stream().reduce(GRACE, Duration::plus);
    }

    /** Reads a sensor soon, and passes its answer on, on the lane's thread. */
    void read(Driver driver, Consumer<Answer> answered) {
        thread.execute(() -> answered.accept(Answer.of(driver)));
    }

    /** Interrupts the read that is under way; one that cannot be interrupted is left to itself. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Waits until it has ended, or for so long. */
    void await(Duration time) throws InterruptedException {
        thread.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
