package org.maunode.device.vocabulary;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;

/** Hours of readings to write documents about. */
final class Hours {
    static final Instant HOUR = Instant.parse("2026-11-23T08:00:00Z");

    private static final String PROFILE =
            """
            {"name": "tests", "version": 1, "title": "Tests", "channels": {
              "door": {"title": "Door", "driver": "contact", "wiring": {"pin": 17}, "measures": "contact"}
            }}
            """;
    private static final List<SensorChannel> SWITCHES = Profiles.parse(
                    "tests.json", PROFILE.getBytes(StandardCharsets.UTF_8))
            .sensors();

    private Hours() {}

    static SensorChannel channel(String name) {
        return Stream.concat(SWITCHES.stream(), Scene.SENSORS.stream())
                .filter(each -> each.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Batch batch(String channel, Entry... entries) {
        return new Batch(Scene.NODE, channel(channel), HOUR, List.of(entries));
    }

    /** A second for each number of the sequence. */
    static Entry value(int sequence, String number) {
        return entry(sequence, Optional.of(new Sample.Amount(new BigDecimal(number))), Quality.OK);
    }

    static Entry turned(int sequence, boolean on) {
        return entry(sequence, Optional.of(new Sample.Switch(on)), Quality.OK);
    }

    static Entry fault(int sequence) {
        return entry(sequence, Optional.empty(), Quality.FAULT);
    }

    static Entry numbered(long sequence) {
        return new Entry(HOUR, Optional.empty(), Quality.FAULT, sequence);
    }

    static Entry[] every(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> value(i, "21." + i % 10))
                .toArray(Entry[]::new);
    }

    static List<String> documents() {
        return Stream.of(
                        batch("cpu-temperature", every(60)),
                        batch("load", fault(1)),
                        batch("door", turned(1, true), fault(2), turned(3, false)))
                .map(Batch::toJson)
                .toList();
    }

    private static Entry entry(int sequence, Optional<Sample> sample, Quality quality) {
        return new Entry(HOUR.plusSeconds(sequence), sample, quality, sequence);
    }
}
