package org.maunode.device.profile;

/**
 * One thing that is wrong with a profile.
 *
 * @param source the file or ready profile that it stands in; an included one has a name of its own
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units
 * @param message what is wrong
 * @param suggestion what to do about it
 */
public record Problem(String source, int line, int column, String message, String suggestion) {
    /** {@code 3:14: unknown key "titel"; did you mean "title"?} */
    @Override
    public String toString() {
        return "%d:%d: %s; %s".formatted(line, column, message, suggestion);
    }
}
