package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.Optional;

/** What a channel's values mean: its quantity, and for numbers their unit, steps, limits and accuracy. */
final class ScaleReader {
    /** Finer steps than a millionth, and coarser ones than a petabyte, are typing errors. */
    private static final Range PRECISION = new Range(new BigDecimal("0.000001"), new BigDecimal("1000000000000000"));

    private static final Range DEAD_BAND = new Range(BigDecimal.ZERO, PRECISION.most());
    private static final Range ANY = new Range(PRECISION.most().negate(), PRECISION.most());

    private final Fields fields;
    private final Problems problems;
    private final Optional<DriverKind> driver;

    ScaleReader(Fields fields, Problems problems, Optional<DriverKind> driver) {
        this.fields = fields;
        this.problems = problems;
        this.driver = driver;
    }

    /** Of a channel that measures. */
    Optional<Scale> measured() {
        return read("measures", "measure", () -> fields.number("deadBand", DEAD_BAND));
    }

    /** Of a channel that is set: it publishes every change. */
    Optional<Scale> set() {
        return read("sets", "set", () -> {
            fields.refuse("deadBand", "is for what is measured", "remove it");
            return Optional.of(BigDecimal.ZERO);
        });
    }

    /** The key of how far a value must move to be published, which only sensors have. */
    private interface DeadBand {
        Optional<BigDecimal> read();
    }

    private Optional<Scale> read(String key, String verb, DeadBand deadBand) {
        Optional<Quantity> quantity = fields.word(key, Words.QUANTITIES)
                .filter(q -> driver.isEmpty() || isOffered(driver.get(), q, key, verb));
        return quantity.isEmpty()
                ? numberSettings(deadBand)
                : quantity.get()
                        .unit()
                        .map(unit -> number(quantity.get(), unit, deadBand))
                        .orElseGet(() -> onOff(quantity.get()));
    }

    private boolean isOffered(DriverKind kind, Quantity quantity, String key, String verb) {
        boolean offered = kind.offers(quantity);
        if (!offered) {
            String terms = String.join(
                    " or ", kind.quantities().stream().map(Quantity::term).toList());
            problems.add(
                    fields.placeOf(key),
                    "driver \"" + kind.id() + "\" does not " + verb + " " + quantity.term(),
                    "it " + verb + "s " + terms);
        }
        return offered;
    }

    private Optional<Scale> number(Quantity quantity, Unit wanted, DeadBand deadBand) {
        Optional<Unit> unit = fields.word("unit", Words.UNITS).filter(written -> isRight(written, wanted));
        Optional<BigDecimal> precision = fields.number("precision", PRECISION);
        Optional<Resolution> resolution = precision.flatMap(p -> deadBand.read().map(band -> new Resolution(p, band)));
        if (precision.isEmpty()) {
            deadBand.read();
        }
        Optional<Range> range = range(quantity);
        Optional<BigDecimal> accuracy = accuracy(quantity);
        return unit.flatMap(_ ->
                resolution.flatMap(r -> range.flatMap(limits -> accuracy.map(a -> new Scale(quantity, r, limits, a)))));
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

    /** The driver's own limits, or narrower ones; where the driver has none, the profile must say them. */
    private Optional<Range> range(Quantity quantity) {
        Range widest = driver.map(kind -> kind.range(quantity)).orElse(ANY);
        boolean required = driver.map(DriverKind::isOpenEnded).orElse(false);
        Optional<BigDecimal> least = limit("least", widest, widest.least(), required);
        Optional<BigDecimal> most = limit("most", widest, widest.most(), required);
        return least.flatMap(l -> most.filter(m -> isAbove(l, m)).map(m -> new Range(l, m)));
    }

    private Optional<BigDecimal> limit(String key, Range widest, BigDecimal otherwise, boolean required) {
        return fields.offers(key) || required ? fields.number(key, widest) : Optional.of(otherwise);
    }

    private boolean isAbove(BigDecimal least, BigDecimal most) {
        boolean above = least.compareTo(most) < 0;
        if (!above) {
            problems.add(
                    fields.placeOf("most"),
                    "\"most\" is not above \"least\", which is " + least.toPlainString(),
                    "exchange or correct them");
        }
        return above;
    }

    private Optional<BigDecimal> accuracy(Quantity quantity) {
        return fields.offers("accuracy")
                ? fields.number("accuracy", DEAD_BAND)
                : Optional.of(driver.map(kind -> kind.accuracy(quantity)).orElse(BigDecimal.ZERO));
    }

    private Optional<Scale> onOff(Quantity quantity) {
        for (String key : new String[] {"unit", "precision", "deadBand", "least", "most", "accuracy"}) {
            fields.refuse(key, "is for numbers, and " + quantity.term() + " is true or false", "remove it");
        }
        return Optional.of(Scale.onOff(quantity));
    }

    /** What is measured is unknown, but the rest is checked all the same. */
    private Optional<Scale> numberSettings(DeadBand deadBand) {
        fields.word("unit", Words.UNITS);
        fields.number("precision", PRECISION);
        deadBand.read();
        limit("least", ANY, ANY.least(), false);
        limit("most", ANY, ANY.most(), false);
        limit("accuracy", DEAD_BAND, BigDecimal.ZERO, false);
        return Optional.empty();
    }

    private static String inWords(Unit unit) {
        return unit.text().isEmpty() ? '"' + unit.code() + '"' : '"' + unit.code() + "\" (" + unit.text() + ")";
    }
}
