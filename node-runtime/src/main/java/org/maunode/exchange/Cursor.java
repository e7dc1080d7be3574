package org.maunode.exchange;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.Instant;
import org.maunode.store.Position;

/** A {@link Position} as it travels in the {@code after} parameter: {@code <seconds>.<nanoseconds>.<name>}. */
public final class Cursor {
    private Cursor() {}

    public static String format(Position position) {
        Instant time = position.modified();
        return time.getEpochSecond() + "." + time.getNano() + "." + position.name();
    }

    /**
     * Reads what {@link #format} wrote.
     *
     * @throws IllegalArgumentException if it is anything else
     * @throws java.time.DateTimeException if no clock has such a time
     */
    public static Position parse(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException("not a cursor");
        }
        long seconds = Long.parseLong(text.substring(0, first));
        long nanos = NANO_OF_SECOND.checkValidValue(Long.parseLong(text.substring(first + 1, second)));
        return new Position(Instant.ofEpochSecond(seconds, nanos), text.substring(second + 1));
    }
}
