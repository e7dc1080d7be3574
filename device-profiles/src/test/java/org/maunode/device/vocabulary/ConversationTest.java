package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.eclipsesource.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Drivers;
import org.maunode.device.driver.Opened;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.ChannelSampler;
import org.maunode.device.sampling.Observed;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/**
 * A sensor's life as a publisher sees it, from the kernel's file to the document:
 *
 * <pre>
 *   kernel        25.2   25.9   28.0   gone   gone   gone   28.0
 *   published     25.2    -     28.0   fault   -      -     28.0
 *   read again in  10 s   10 s   10 s   10 s   20 s   40 s   10 s
 * </pre>
 */
final class ConversationTest {
    private static final String ZONE = "/sys/class/thermal/thermal_zone0";

    private final FakeKernelFiles kernel =
            FakeKernelFiles.recorded("raspberry-pi-3").remove("/sys/class/hwmon");
    private final SensorChannel channel = Scene.channel("cpu-temperature");
    private final ChannelSampler sampler = new ChannelSampler(channel);
    private final List<String> published = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T08:15:00Z");

    private final Driver driver =
            switch (Drivers.open(channel, new Wires(kernel, () -> 0))) {
                case Opened.Ready(Driver open) -> open;
                case Opened.Absent(String why) -> throw new AssertionError(why);
            };

    private Optional<Observed> observe() {
        sampler.asked(now);
        try {
            return sampler.sampled(driver.read(), now);
        } catch (DriverException e) {
            return sampler.failed(e.reason(), now);
        }
    }

    /** One turn of the publisher's loop. */
    private void turn() {
        sampler.asked(now);
        observe().ifPresent(observed -> {
            String text = new Reading(Scene.NODE, observed, driver.technique(), published.size() + 1).toJson();
            published.add(Json.parse(text).asObject().getString("description", ""));
            sampler.published(observed);
        });
        Duration wait = sampler.untilDue(now);
        waits.add(wait.toSeconds());
        now = now.plus(wait);
    }

    private void show(String milliDegrees) {
        kernel.write(ZONE + "/type", "cpu-thermal\n").write(ZONE + "/temp", milliDegrees + "\n");
        turn();
    }

    private void vanish() {
        kernel.remove(ZONE);
        turn();
    }

    @Test
    void isPublishedWhereItMovedFailedOrReturned() {
        turn();
        show("25900");
        show("28000");
        vanish();
        vanish();
        vanish();
        show("28000");
        assertEquals(
                List.of(
                        "25.2 °C at 2026-11-23T08:15:00Z",
                        "28.0 °C at 2026-11-23T08:15:20Z",
                        "the sensor is not there since 2026-11-23T08:15:30Z; last 28.0 °C at 2026-11-23T08:15:20Z",
                        "28.0 °C at 2026-11-23T08:16:40Z"),
                published);
        assertEquals(List.of(10L, 10L, 10L, 10L, 20L, 40L, 10L), waits);
    }
}
