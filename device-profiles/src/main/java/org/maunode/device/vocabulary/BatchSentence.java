package org.maunode.device.vocabulary;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;

/** What an hour of readings says in words: how many, the least, the most, the mean. */
final class BatchSentence {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BatchSentence() {}

    static String of(Batch batch) {
        List<Entry> entries = batch.entries();
        return "%s in the hour from %s UTC%s%s%s"
                .formatted(
                        readings(batch),
                        hour(batch.hour()),
                        values(batch.channel(), samples(entries)),
                        faults(entries),
                        remark(entries));
    }

    private static String readings(Batch batch) {
        int entries = batch.entries().size();
        return batch.published() == entries
                ? count(entries, "reading")
                : entries + " of " + batch.published() + " readings";
    }

    /** What was left out, for those who count. */
    static String thinned(Batch batch) {
        return readings(batch) + " that were published, evenly spread";
    }

    private static String hour(Instant hour) {
        return DAY_AND_TIME.format(hour);
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<Sample> samples(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.sample().stream()).toList();
    }

    private static String values(SensorChannel channel, List<Sample> samples) {
        return channel.quantity().unit().isPresent() ? amounts(channel, samples) : switches(samples);
    }

    private static String switches(List<Sample> samples) {
        long on = samples.stream().filter(new Sample.Switch(true)::equals).count();
        return samples.isEmpty() ? "" : ": on in " + on + ", off in " + (samples.size() - on);
    }

    private static String amounts(SensorChannel channel, List<Sample> samples) {
        List<BigDecimal> numbers = samples.stream()
                .filter(Sample.Amount.class::isInstance)
                .map(sample -> ((Sample.Amount) sample).value())
                .toList();
        if (numbers.isEmpty()) {
            return "";
        }
        BigDecimal least = numbers.stream().min(BigDecimal::compareTo).orElseThrow();
        BigDecimal most = numbers.stream().max(BigDecimal::compareTo).orElseThrow();
        return ": least %s, most %s, mean %s"
                .formatted(said(channel, least), said(channel, most), said(channel, mean(channel, numbers)));
    }

    private static BigDecimal mean(SensorChannel channel, List<BigDecimal> numbers) {
        BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return channel.resolution().round(sum.divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL64));
    }

    private static String said(SensorChannel channel, BigDecimal number) {
        return channel.quantity().unit().orElseThrow().spell(number);
    }

    private static String faults(List<Entry> entries) {
        long faults = entries.stream()
                .filter(entry -> entry.quality() == Quality.FAULT)
                .count();
        return faults == 0 ? "" : "; " + count(faults, "fault");
    }

    private static String remark(List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.quality() == Quality.SIMULATED) ? " (simulated)" : "";
    }
}
