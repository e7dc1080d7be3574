package org.maunode.device.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
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
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.FakeKernelFiles;
import org.maunode.device.wire.Wires;

/** A chip that vanishes and comes back, from its files to what is published; its neighbour notices nothing. */
final class HotPlugTest {
    private static final Instant START = Instant.parse("2026-11-23T08:15:00Z");
    private static final String PROFILE =
            """
            {"name": "p", "version": 1, "title": "P", "channels": {
              "lm75": {"title": "T", "driver": "lm75", "wiring": {"bus": 0, "address": "0x48"},
                "measures": "airTemperature", "unit": "CEL", "precision": 0.1, "deadBand": 0, "periodSeconds": 1},
              "bmp280": {"title": "T", "driver": "bmp280", "measures": "airTemperature", "unit": "CEL",
                "precision": 0.1, "deadBand": 0, "periodSeconds": 1}}}
            """;

    private final FakeKernelFiles kernel = FakeKernelFiles.recorded("lab-sensors");
    private Instant now = START;

    /** One channel as a node runs it. */
    private final class Feed {
        private final Driver driver;
        private final ChannelSampler sampler;
        private final List<String> published = new ArrayList<>();
        private int reads;

        Feed(SensorChannel channel) {
            Opened opened = Drivers.open(channel, new Wires(kernel, () -> 0));
            driver = assertInstanceOf(Opened.Ready.class, opened).driver();
            sampler = new ChannelSampler(channel);
        }

        void turn() {
            if (sampler.untilDue(now).isZero()) {
                reads++;
                sampler.asked(now);
                observe().ifPresent(this::publish);
            }
        }

        private Optional<Observed> observe() {
            try {
                return sampler.sampled(driver.read(), now);
            } catch (DriverException fault) {
                return sampler.failed(fault.reason(), now);
            }
        }

        private void publish(Observed observed) {
            sampler.published(observed);
            published.add(observed.quality().word() + " " + value(observed));
        }

        private static String value(Observed observed) {
            return switch (observed) {
                case Observed.Measured measured -> text(measured.sample());
                case Observed.Lost lost ->
                    text(lost.last().sample()) + " of " + lost.at().toString().substring(11, 19);
                case Observed.Missing missing -> "nothing";
            };
        }

        private static String text(Sample sample) {
            return assertInstanceOf(Sample.Amount.class, sample).value().toPlainString();
        }
    }

    private final List<Feed> feeds = Profiles.parse("p", PROFILE.getBytes(StandardCharsets.UTF_8)).sensors().stream()
            .map(Feed::new)
            .toList();

    private void pass(Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plusSeconds(1)) {
            feeds.forEach(Feed::turn);
        }
    }

    @Test
    void givesFaultWithTheLastGoodValueAndItsTimeAndThenOkUnderAnotherNumber() {
        pass(Duration.ofSeconds(10));
        kernel.remove("/sys/bus/i2c/devices/0-0048").remove("/sys/class/hwmon/hwmon0");
        pass(Duration.ofSeconds(100));
        kernel.write("/sys/bus/i2c/devices/0-0048/hwmon/hwmon5/name", "lm75\n")
                .write("/sys/bus/i2c/devices/0-0048/hwmon/hwmon5/temp1_input", "31000\n");
        pass(Backoff.LONGEST);
        assertEquals(List.of("ok 30.5", "fault 30.5 of 08:15:09", "ok 31.0"), feeds.getFirst().published);
    }

    @Test
    void isLookedForLessAndLessOftenWhileItsNeighbourKeepsItsPeriod() {
        pass(Duration.ofSeconds(10));
        kernel.remove("/sys/bus/i2c/devices/0-0048").remove("/sys/class/hwmon/hwmon0");
        pass(Duration.ofMinutes(10));
        assertEquals(610, feeds.getLast().reads);
        assertEquals(10 + 6 + 9, feeds.getFirst().reads, "1, 2, 4, 8, 16, 32 s, and then once a minute");
        assertEquals(List.of("ok 25.1"), feeds.getLast().published);
    }

    @Test
    void whatWasNeverThereIsAFaultWithoutAValueUntilItIsPluggedIn() {
        kernel.remove("/sys/bus/i2c/devices/0-0048");
        pass(Duration.ofSeconds(3));
        kernel.takeOver(FakeKernelFiles.recorded("lab-sensors"));
        pass(Duration.ofSeconds(10));
        assertEquals(List.of("fault nothing", "ok 30.5"), feeds.getFirst().published);
    }
}
