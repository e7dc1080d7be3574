package org.maunode.store;

import java.time.Instant;

/**
 * A place in a directory's order: by time, and by name among files of one time.
 *
 * @param name the last name passed at that time; empty before all of them
 */
public record Position(Instant modified, String name) implements Comparable<Position> {
    /** Before every file. */
    public static final Position START = new Position(Instant.MIN, "");

    /** Just before the first file modified at or after {@code time}. */
    public static Position at(Instant time) {
        return new Position(time, "");
    }

    /** Just behind {@code file}. */
    public static Position after(StoredFile file) {
        return new Position(file.modified(), file.name().value());
    }

    @Override
    public int compareTo(Position other) {
        int byTime = modified.compareTo(other.modified);
        return byTime != 0 ? byTime : name.compareTo(other.name);
    }
}
