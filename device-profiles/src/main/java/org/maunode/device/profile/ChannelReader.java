package org.maunode.device.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** One entry of a profile's {@code channels}. */
final class ChannelReader {
    static final int MAX_TITLE = 100;
    static final int MAX_PERIOD_SECONDS = 24 * 3600;

    /** Finer steps than a millionth, and coarser ones than a petabyte, are typing errors. */
    private static final Range PRECISION = new Range(new BigDecimal("0.000001"), new BigDecimal("1000000000000000"));

    private static final Range DEAD_BAND = new Range(BigDecimal.ZERO, PRECISION.most());

    private static final SequencedMap<String, DriverKind> DRIVERS = byWord(DriverKind.values(), DriverKind::id);
    private static final SequencedMap<String, Quantity> QUANTITIES = byWord(Quantity.values(), Quantity::term);
    private static final SequencedMap<String, Unit> UNITS = byWord(Unit.values(), Unit::code);

    private final Fields fields;
    private final Problems problems;

    ChannelReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /** The channel, or nothing where its name or any of its settings was reported. */
    Optional<Channel> read(Optional<ChannelName> name) {
        Optional<String> title = fields.text("title", MAX_TITLE);
        Optional<DriverKind> driver = fields.word("driver", DRIVERS);
        Optional<Quantity> quantity =
                fields.word("measures", QUANTITIES).filter(q -> driver.isEmpty() || isMeasured(driver.get(), q));
        Optional<Duration> period = period();
        Optional<Resolution> resolution = quantity.flatMap(this::resolution);
        if (quantity.isEmpty()) {
            numberSettings();
        }
        fields.refuseOthers();
        return name.flatMap(n -> title.flatMap(t -> driver.flatMap(d ->
                quantity.flatMap(q -> period.flatMap(p -> resolution.map(r -> new SensorChannel(n, t, d, q, p, r)))))));
    }

    private boolean isMeasured(DriverKind driver, Quantity quantity) {
        boolean measured = driver.quantities().contains(quantity);
        if (!measured) {
            String terms = String.join(
                    " or ", driver.quantities().stream().map(Quantity::term).toList());
            problems.add(
                    fields.placeOf("measures"),
                    "driver \"" + driver.id() + "\" does not measure " + quantity.term(),
                    "it measures " + terms);
        }
        return measured;
    }

    private Optional<Duration> period() {
        return fields.offers("periodSeconds")
                ? fields.whole("periodSeconds", 1, MAX_PERIOD_SECONDS).map(Duration::ofSeconds)
                : Optional.of(SensorChannel.DEFAULT_PERIOD);
    }

    private Optional<Resolution> resolution(Quantity quantity) {
        return quantity.unit().map(this::numberResolution).orElseGet(() -> switchResolution(quantity));
    }

    private Optional<Resolution> numberResolution(Unit wanted) {
        Optional<Unit> unit = fields.word("unit", UNITS).filter(written -> isRight(written, wanted));
        Optional<BigDecimal> precision = fields.number("precision", PRECISION);
        Optional<BigDecimal> deadBand = fields.number("deadBand", DEAD_BAND);
        return unit.flatMap(u -> precision.flatMap(p -> deadBand.map(b -> new Resolution(p, b))));
    }

    private boolean isRight(Unit written, Unit wanted) {
        if (written != wanted) {
            problems.add(
                    fields.placeOf("unit"),
                    "the unit of what is measured here is not " + inWords(written),
                    "write " + inWords(wanted));
        }
        return written == wanted;
    }

    private Optional<Resolution> switchResolution(Quantity quantity) {
        for (String key : new String[] {"unit", "precision", "deadBand"}) {
            fields.refuse(key, "is for numbers, and " + quantity.term() + " is true or false", "remove it");
        }
        return Optional.of(Resolution.ON_OFF);
    }

    /** What is measured is unknown, but the rest is checked all the same. */
    private void numberSettings() {
        fields.word("unit", UNITS);
        fields.number("precision", PRECISION);
        fields.number("deadBand", DEAD_BAND);
    }

    private static String inWords(Unit unit) {
        return unit.text().isEmpty() ? '"' + unit.code() + '"' : '"' + unit.code() + "\" (" + unit.text() + ")";
    }

    private static <T> SequencedMap<String, T> byWord(T[] all, Function<T, String> word) {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        Arrays.stream(all).forEach(each -> map.put(word.apply(each), each));
        return Collections.unmodifiableSequencedMap(map);
    }
}
