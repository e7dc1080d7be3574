package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.WriterConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;

/**
 * An hour of one channel's readings as a document: a {@code DataFeed} of schema.org that is also a {@code mau:Batch}. What is
 * the same for all of them is said once: the channel, the property, the unit, and the quality that most have.
 *
 * @param hour when it begins, on the full hour of UTC
 * @param entries 1 to {@link #MAX_ENTRIES}, their sequence rising
 * @param published readings that were published in the hour; where they are more than the entries, these are evenly spread
 */
public record Batch(NodeId node, SensorChannel channel, Instant hour, List<Entry> entries, long published) {
    /** Twice one a second for an hour: a clock may be set back. */
    public static final int MAX_ENTRIES = 7200;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * One reading.
     *
     * @param at when it was measured; of a fault, when the sensor began to fail
     * @param sample empty where there was none to measure
     * @param sequence the number that the reading had, or would have had, as a {@link Reading}; from 1
     */
    public record Entry(Instant at, Optional<Sample> sample, Quality quality, long sequence) {
        public Entry {
            Objects.requireNonNull(at);
            Objects.requireNonNull(sample);
            Objects.requireNonNull(quality);
            if (sequence < 1 || sequence > LinkedData.MAX_EXACT) {
                throw new IllegalArgumentException("sequence " + sequence);
            }
        }

        /** What was observed, without the last good value of a sensor that fails: that has an entry of its own. */
        public static Entry of(Observed observed, long sequence) {
            return switch (observed) {
                case Observed.Measured(var _, var sample, var at, var quality) ->
                    new Entry(at, Optional.of(sample), quality, sequence);
                case Observed.Lost(var _, var _, var since) ->
                    new Entry(since, Optional.empty(), Quality.FAULT, sequence);
                case Observed.Missing(var _, var _, var at) -> new Entry(at, Optional.empty(), Quality.FAULT, sequence);
            };
        }

        /** As few bytes as a reader of JSON-LD still understands. */
        private String toJson(Quality usual) {
            JsonObject json = LinkedData.typed("Observation").add("observationDate", LinkedData.time(at));
            sample.ifPresent(value -> LinkedData.addSample(json, value));
            json.add(Term.SEQUENCE.key(), sequence);
            if (quality != usual) {
                json.add(Term.QUALITY.key(), quality.word());
            }
            return json.toString(WriterConfig.MINIMAL);
        }
    }

    /** An hour that lacks no reading. */
    public Batch(NodeId node, SensorChannel channel, Instant hour, List<Entry> entries) {
        this(node, channel, hour, entries, entries.size());
    }

    public Batch {
        Objects.requireNonNull(node);
        Objects.requireNonNull(channel);
        entries = List.copyOf(entries);
        if (!hour.equals(hour.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("not a full hour: " + hour);
        }
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(entries.size() + " entries");
        }
        if (published < entries.size()) {
            throw new IllegalArgumentException(entries.size() + " of " + published + " readings");
        }
        requireRising(entries);
    }

    private static void requireRising(List<Entry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).sequence() <= entries.get(i - 1).sequence()) {
                throw new IllegalArgumentException("sequence " + entries.get(i).sequence() + " behind "
                        + entries.get(i - 1).sequence());
            }
        }
    }

    /** JSON-LD, with its keys in a fixed order and each reading on a line of its own: equal batches give equal text. */
    public String toJson() {
        Quality usual = usual();
        String head = head(usual).toString(WriterConfig.MINIMAL);
        StringBuilder text = new StringBuilder(head).deleteCharAt(head.length() - 1);
        String before = ",\"dataFeedElement\":[\n";
        for (Entry entry : entries) {
            text.append(before).append(entry.toJson(usual));
            before = ",\n";
        }
        return text.append("]}\n").toString();
    }

    private JsonObject head(Quality usual) {
        JsonObject head = LinkedData.document(node.addressOf(channel.name(), hour))
                .add("@type", LinkedData.types("DataFeed", Term.BATCH))
                .add("name", channel.title())
                .add("description", BatchSentence.of(this))
                .add("about", LinkedData.typed("Product").add("name", node.name()))
                .add("temporalCoverage", hour + "/" + hour.plus(HOUR))
                .add("variableMeasured", variable())
                .add(Term.CHANNEL.key(), LinkedData.reference(node.partOf(channel.name())))
                .add(Term.QUALITY.key(), usual.word());
        if (published > entries.size()) {
            head.add("measurementTechnique", BatchSentence.thinned(this));
        }
        return head;
    }

    private JsonObject variable() {
        Quantity quantity = channel.quantity();
        JsonObject variable =
                LinkedData.typed("PropertyValue").add("name", channel.title()).add("propertyID", Term.of(quantity));
        quantity.unit().ifPresent(unit -> LinkedData.addUnit(variable, unit));
        return variable;
    }

    /** What a reading is that says nothing of its quality. */
    private Quality usual() {
        return entries.stream().anyMatch(entry -> entry.quality() == Quality.SIMULATED)
                ? Quality.SIMULATED
                : Quality.OK;
    }
}
