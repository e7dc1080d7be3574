package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import java.util.Objects;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;

/**
 * The latest reading of a channel as a document: an {@code Observation} of schema.org that is also a
 * {@code mau:Reading}.
 *
 * @param technique how the value comes about, as the driver says it; the driver's name where none is open
 * @param sequence counts the channel's published readings, from 1; it never goes back, not over a restart either
 */
public record Reading(NodeId node, Observed observed, String technique, long sequence) {
    public Reading {
        Objects.requireNonNull(node);
        Objects.requireNonNull(observed);
        Objects.requireNonNull(technique);
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
    }

    /** JSON-LD, with its keys in a fixed order: equal readings give equal text. */
    public String toJson() {
        SensorChannel channel = observed.channel();
        JsonObject document = LinkedData.document(node.addressOf(channel.name()))
                .add("@type", LinkedData.types("Observation", Term.READING))
                .add("name", channel.title())
                .add("description", Sentence.of(observed))
                .add("observationAbout", LinkedData.typed("Product").add("name", node.name()))
                .add("observationDate", LinkedData.time(observed.at()))
                .add(
                        "measuredProperty",
                        LinkedData.reference(Term.of(channel.quantity())).add("@type", "Property"));
        addValue(document);
        document.add("measurementTechnique", technique);
        addMargin(document);
        document.add(Term.CHANNEL.key(), LinkedData.reference(node.partOf(channel.name())))
                .add(Term.SEQUENCE.key(), sequence)
                .add(Term.QUALITY.key(), observed.quality().word());
        return LinkedData.text(document);
    }

    private void addValue(JsonObject document) {
        switch (observed) {
            case Observed.Measured measured -> addSample(document, measured.sample());
            case Observed.Lost lost -> addSample(document, lost.last().sample());
            case Observed.Missing missing -> {}
        }
    }

    private void addSample(JsonObject document, Sample sample) {
        LinkedData.addSample(document, sample);
        observed.channel().quantity().unit().ifPresent(unit -> LinkedData.addUnit(document, unit));
    }

    private void addMargin(JsonObject document) {
        SensorChannel channel = observed.channel();
        channel.quantity()
                .unit()
                .ifPresent(unit -> document.add(
                        "marginOfError",
                        LinkedData.typed("QuantitativeValue")
                                .add("value", LinkedData.number(channel.marginOfError()))
                                .add("unitCode", unit.code())));
    }
}
