package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Unit;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.DocumentException.Reason;

/** A document to {@link Readings}, part by part. */
final class ReadingsReader {
    /** Characters of a channel's title and of a unit. */
    static final int MAX_TITLE = 200;

    static final int MAX_UNIT = 40;

    private static final String OBSERVATION = "Observation";
    private static final String ELEMENTS = "dataFeedElement";
    private static final Pattern CHANNEL =
            Pattern.compile("/p2p/([0-9a-f]{40})/" + Pattern.quote(NodeId.DOCUMENT) + "\\.pgp#(.*)");

    /** A reading of a batch, which may leave its quality to the batch. */
    private record Element(Instant at, Optional<Sample> sample, Optional<Quality> quality, long sequence) {
        Entry entry(Quality usual) {
            return new Entry(at, sample, quality.orElse(usual), sequence);
        }
    }

    private final List<Element> elements = new ArrayList<>();

    private ReadingsReader() {}

    static Readings latest(byte[] utf8) {
        Part document = Part.document(StrictJson.parse(utf8));
        document.requireContext();
        List<String> types = document.types();
        if (!types.contains(Term.READING.key()) && !types.contains(Term.STATE.key())) {
            throw document.malformed("@type", "is neither " + Term.READING.key() + " nor " + Term.STATE.key());
        }
        Element reading = element(document);
        boolean fault = reading.quality().filter(Quality.FAULT::equals).isPresent();
        Optional<Sample> sample = fault ? Optional.empty() : reading.sample();
        return readings(
                document,
                unit(document),
                List.of(new Entry(reading.at(), sample, reading.quality().orElse(Quality.OK), reading.sequence())));
    }

    static Readings batch(byte[] utf8) {
        return new ReadingsReader().read(utf8);
    }

    private Readings read(byte[] utf8) {
        Part document = Part.document(StrictJson.parse(utf8, Readings.MAX_BATCH, Set.of(ELEMENTS), this::take));
        document.requireContext();
        if (!document.types().contains(Term.BATCH.key())) {
            throw document.malformed("@type", "lacks " + Term.BATCH.key());
        }
        if (!document.required(ELEMENTS).isArray()) {
            throw document.malformed(ELEMENTS, "is not a list");
        }
        Quality usual = quality(document).orElse(Quality.OK);
        return readings(
                document,
                unit(document.requiredPart("variableMeasured")),
                elements.stream().map(element -> element.entry(usual)).toList());
    }

    private void take(JsonValue value) {
        String place = ELEMENTS + "[" + elements.size() + "]";
        if (elements.size() == Batch.MAX_ENTRIES) {
            throw new DocumentException(Reason.OVER_LIMIT, place, "is more than a batch holds");
        }
        if (!value.isObject()) {
            throw new DocumentException(Reason.MALFORMED, place, "is not an object");
        }
        Part part = new Part(value.asObject(), place);
        if (part.member("unitCode").isPresent()) {
            throw part.malformed("unitCode", "belongs to the batch");
        }
        elements.add(element(part));
    }

    private static Element element(Part part) {
        if (!part.types().contains(OBSERVATION)) {
            throw part.malformed("@type", "lacks " + OBSERVATION);
        }
        return new Element(
                part.requiredTime("observationDate"),
                part.member("value").map(value -> sample(part, value)),
                quality(part),
                part.requiredWhole(Term.SEQUENCE.key()));
    }

    private static Sample sample(Part part, JsonValue value) {
        if (value.isBoolean()) {
            return new Sample.Switch(value.asBoolean());
        }
        if (!value.isNumber()) {
            throw part.malformed("value", "is neither a number nor true or false");
        }
        return new Sample.Amount(new BigDecimal(value.toString()));
    }

    private static Optional<Quality> quality(Part part) {
        return part.text(Term.QUALITY.key()).map(word -> Quality.of(word)
                .orElseThrow(() -> part.malformed(Term.QUALITY.key(), "is not ok, stale, fault or simulated")));
    }

    private static String unit(Part part) {
        Optional<String> text = part.line("unitText", MAX_UNIT);
        return text.or(() -> part.line("unitCode", MAX_UNIT).filter(code -> !code.equals(Unit.ONE.code())))
                .orElse("");
    }

    private static Readings readings(Part document, String unit, List<Entry> entries) {
        Part channel = document.requiredPart(Term.CHANNEL.key());
        Matcher address = CHANNEL.matcher(channel.requiredText("@id"));
        if (!address.matches() || !ChannelName.isWellFormed(address.group(2))) {
            throw channel.malformed("@id", "is not /p2p/FINGERPRINT/node.json.pgp#CHANNEL");
        }
        ChannelName name = new ChannelName(address.group(2));
        String title = document.line("name", MAX_TITLE).orElse(name.value());
        return new Readings(address.group(1), name, title, unit, entries);
    }
}
