package org.maunode.tools;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.device.driver.DriverException.Reason;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Reading;

/** A node that publishes documents about two sensors, as a person who types commands would share them. */
final class Measuring {
    /** Long enough ago for any clock. */
    static final Instant HOUR = Instant.parse("2020-03-01T08:00:00Z");

    private final Cli node;
    private final String[] audience;

    /** @param audience options of {@code share} */
    Measuring(Cli node, String... audience) {
        this.node = node;
        this.audience = audience;
    }

    static SensorChannel channel(String name) {
        return Profiles.ready("door").sensors().stream()
                .filter(channel -> channel.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private NodeId id() {
        String fingerprint = node.fingerprint().toString();
        return new NodeId("/p2p/" + fingerprint, fingerprint, "Greenhouse node");
    }

    /** A reading at so many seconds behind the hour, whose number is that many. */
    static Entry celsius(long second, String number) {
        return new Entry(
                HOUR.plusSeconds(second), Optional.of(new Sample.Amount(new BigDecimal(number))), Quality.OK, second);
    }

    static Entry turned(long second, boolean on) {
        return new Entry(HOUR.plusSeconds(second), Optional.of(new Sample.Switch(on)), Quality.OK, second);
    }

    static Entry fault(long second) {
        return new Entry(HOUR.plusSeconds(second), Optional.empty(), Quality.FAULT, second);
    }

    static Entry stale(long second, String number) {
        return new Entry(
                HOUR.plusSeconds(second),
                Optional.of(new Sample.Amount(new BigDecimal(number))),
                Quality.STALE,
                second);
    }

    Measuring batch(String channel, Instant hour, Entry... entries) {
        Batch batch = new Batch(id(), channel(channel), hour, List.of(entries));
        return share(NodeId.batchOf(channel(channel).name(), hour), batch.toJson());
    }

    /** Publishes the latest reading; what was there becomes a version. */
    Measuring latest(String channel, Entry entry) {
        Observed observed =
                new Observed.Measured(channel(channel), entry.sample().orElseThrow(), entry.at(), entry.quality());
        return latest(observed, entry.sequence());
    }

    Measuring lost(String channel, Entry last, long sequence) {
        Observed.Measured measured =
                new Observed.Measured(channel(channel), last.sample().orElseThrow(), last.at(), last.quality());
        return latest(new Observed.Lost(measured, Reason.VANISHED, last.at()), sequence);
    }

    private Measuring latest(Observed observed, long sequence) {
        String json = new Reading(id(), observed, "a test", sequence).toJson();
        return share(NodeId.documentOf(observed.channel().name()), json);
    }

    Measuring share(String name, String document) {
        node.file(name, document);
        List<String> words = new ArrayList<>(List.of("share", name));
        words.addAll(List.of(audience));
        node.mau(words.toArray(String[]::new)).ok();
        return this;
    }
}
