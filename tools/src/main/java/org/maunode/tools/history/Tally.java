package org.maunode.tools.history;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.maunode.device.driver.Sample;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.tools.output.Quantities;

/** What readings come to, counted while they pass: how many, the least, the most, the mean, and what is wrong with them. */
public final class Tally {
    private static final int MAX_DECIMALS = 12;

    private long readings;
    private long amounts;
    private long switches;
    private long on;
    private long faults;
    private long stale;
    private long simulated;
    private long missing;
    private long thinned;
    private long lastSequence;
    private double sum;
    private int decimals;
    private Optional<Instant> first = Optional.empty();
    private Instant last = Instant.EPOCH;
    private Optional<BigDecimal> least = Optional.empty();
    private Optional<BigDecimal> most = Optional.empty();

    /**
     * Takes a reading; answers how many lie between it and the one before that are not here, though they should be.
     *
     * @param step of so many readings its batch keeps one; 1 for all
     */
    long add(Entry entry, long step) {
        long between = readings == 0 ? 0 : Math.max(0, entry.sequence() - lastSequence - 1);
        long gap = Math.max(0, between - (step - 1));
        thinned += between - gap;
        readings++;
        missing += gap;
        lastSequence = entry.sequence();
        first = first.or(() -> Optional.of(entry.at()));
        last = entry.at();
        switch (entry.quality()) {
            case OK -> {}
            case STALE -> stale++;
            case FAULT -> faults++;
            case SIMULATED -> simulated++;
        }
        entry.sample().ifPresent(this::add);
        return gap;
    }

    private void add(Sample sample) {
        switch (sample) {
            case Sample.Switch(boolean isOn) -> {
                switches++;
                on += isOn ? 1 : 0;
            }
            case Sample.Amount(BigDecimal number) -> {
                amounts++;
                sum += number.doubleValue();
                decimals = Math.max(decimals, Math.min(number.scale(), MAX_DECIMALS));
                least = Optional.of(least.map(number::min).orElse(number));
                most = Optional.of(most.map(number::max).orElse(number));
            }
        }
    }

    public boolean isEmpty() {
        return readings == 0;
    }

    /** As many decimals as the readings had. */
    private Optional<BigDecimal> mean() {
        double mean = sum / amounts;
        return amounts == 0 || !Double.isFinite(mean)
                ? Optional.empty()
                : Optional.of(new BigDecimal(mean).setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN));
    }

    /** {@code 60 readings: least 20.1 °C, most 22.3 °C, mean 21.4 °C; 2 faults, 12 missing}. */
    public String words(String unit) {
        StringBuilder words = new StringBuilder(Quantities.count(readings, "reading"));
        if (amounts > 0) {
            words.append(": least ").append(said(least, unit));
            words.append(", most ").append(said(most, unit));
            mean().ifPresent(mean -> words.append(", mean ").append(said(Optional.of(mean), unit)));
        }
        if (switches > 0) {
            words.append(": on in ").append(on).append(", off in ").append(switches - on);
        }
        return words.append(flaws()).toString();
    }

    private static String said(Optional<BigDecimal> number, String unit) {
        return Wording.amount(number.orElseThrow(), unit);
    }

    private String flaws() {
        StringBuilder flaws = new StringBuilder();
        append(flaws, faults, Quantities.count(faults, "fault"));
        append(flaws, stale, stale + " stale");
        append(flaws, simulated, simulated == readings ? "simulated" : simulated + " simulated");
        append(flaws, missing, missing + " missing");
        append(flaws, thinned, thinned + " thinned out");
        return flaws.toString();
    }

    private static void append(StringBuilder flaws, long count, String words) {
        if (count > 0) {
            flaws.append(flaws.isEmpty() ? "; " : ", ").append(words);
        }
    }

    JsonObject json() {
        return new JsonObject()
                .add("readings", readings)
                .add("first", first.orElseThrow().toString())
                .add("last", last.toString())
                .add("least", number(least))
                .add("most", number(most))
                .add("mean", number(mean()))
                .add("on", switches == 0 ? Json.NULL : Json.value(on))
                .add("faults", faults)
                .add("stale", stale)
                .add("simulated", simulated)
                .add("missing", missing)
                .add("thinned", thinned);
    }

    private static JsonValue number(Optional<BigDecimal> number) {
        return number.map(Wording::json).orElse(Json.NULL);
    }
}
