package org.maunode.device;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.maunode.device.profile.SensorChannel;

/** Which sensors share a thread. Confined to the publisher's thread, but for {@link #close}. */
final class Lanes implements AutoCloseable {
    private static final Duration LAST_READS = Duration.ofMillis(500);

    private final Map<Object, Lane> lanes = new HashMap<>();

    /** The one on which this channel is read. */
    Lane of(SensorChannel channel, Duration patience) {
        return lanes.computeIfAbsent(key(channel), _ -> new Lane(channel.name()))
                .joined(channel.name(), patience);
    }

    /**
     * Values of one chip are read one after the other, and so are the thermometers of the 1-Wire bus: the kernel holds a lock
     * for as long as it talks to either. Each program has a thread of its own.
     */
    private static Object key(SensorChannel channel) {
        return switch (channel.driver()) {
            case DS18B20 -> channel.driver();
            case SCRIPT -> channel.name();
            default -> channel.device();
        };
    }

    /** Ends all of them, within half a second, after the publisher's thread. */
    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        long end = System.nanoTime() + LAST_READS.toNanos();
        try {
            for (Lane lane : lanes.values()) {
                lane.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
