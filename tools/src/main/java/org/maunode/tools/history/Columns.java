package org.maunode.tools.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.maunode.device.driver.Sample;
import org.maunode.device.sampling.Quality;
import org.maunode.device.vocabulary.Batch.Entry;

/** Readings put together into a given number of equal stretches of time: memory is as wide as the picture. */
final class Columns {
    /** What one stretch of time came to; marks rise with what is worse. */
    static final class Column {
        static final char NONE = ' ';
        static final char MISSING = '~';
        static final char STALE = '?';
        static final char FAULT = '!';

        private long count;
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private char mark = NONE;

        private void add(double value) {
            count++;
            sum += value;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }

        private void mark(char worse) {
            mark = " ~?!".indexOf(worse) > " ~?!".indexOf(mark) ? worse : mark;
        }

        boolean isEmpty() {
            return count == 0;
        }

        double least() {
            return least;
        }

        double most() {
            return most;
        }

        double mean() {
            return sum / count;
        }

        char mark() {
            return mark;
        }
    }

    private final Instant since;
    private final double nanosEach;
    private final Column[] columns;
    private boolean switches = true;

    Columns(Span span, int width) {
        this.since = span.since();
        this.nanosEach = Math.max(1, seconds(span.since(), span.until())) * 1e9 / width;
        this.columns = Stream.generate(Column::new).limit(width).toArray(Column[]::new);
    }

    private static double seconds(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        return time.getSeconds() + time.getNano() / 1e9;
    }

    void add(Entry entry, long missing) {
        Column column = columns[place(entry.at())];
        entry.sample().ifPresent(sample -> {
            switch (sample) {
                case Sample.Switch(boolean on) -> column.add(on ? 1 : 0);
                case Sample.Amount(BigDecimal number) -> {
                    switches = false;
                    column.add(number.doubleValue());
                }
            }
        });
        if (missing > 0) {
            column.mark(Column.MISSING);
        }
        if (entry.quality() == Quality.FAULT || entry.quality() == Quality.STALE) {
            column.mark(entry.quality() == Quality.FAULT ? Column.FAULT : Column.STALE);
        }
    }

    private int place(Instant at) {
        double place = seconds(since, at) * 1e9 / nanosEach;
        return (int) Math.clamp(place, 0, columns.length - 1);
    }

    Stream<Column> all() {
        return Arrays.stream(columns);
    }

    /** Whether everything was on or off. */
    boolean isSwitch() {
        return switches;
    }

    OptionalDouble least() {
        return full().mapToDouble(Column::least).min();
    }

    OptionalDouble most() {
        return full().mapToDouble(Column::most).max();
    }

    private Stream<Column> full() {
        return all().filter(column -> !column.isEmpty());
    }
}
