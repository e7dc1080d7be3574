package org.maunode.http;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three forms of a date in HTTP (RFC 9110, 5.6.7). The name of the day is read and not believed: Go does not check
 * it either. Names of months are spelt out here, so that no locale data is loaded.
 */
final class HttpDates {
    /** What "never" looks like in {@code If-Modified-Since}; the Go peer's zero time. */
    static final String YEAR_ONE = "Mon, 01 Jan 0001 00:00:00 GMT";

    /** Two-digit years are 1970 to 2069. */
    private static final int FIRST_SHORT_YEAR = 1970;

    /** The last second that the form has room for. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static final Pattern RFC_1123 =
            Pattern.compile("[A-Z][a-z]{2}, (\\d{2} [A-Z][a-z]{2} \\d{4} [\\d:]{8}) GMT");
    private static final Pattern RFC_850 =
            Pattern.compile("[A-Z][a-z]{5,8}, (\\d{2}-[A-Z][a-z]{2}-\\d{2} [\\d:]{8}) GMT");
    private static final Pattern ASCTIME = Pattern.compile("[A-Z][a-z]{2} ([A-Z][a-z]{2} [ \\d]\\d [\\d:]{8} \\d{4})");

    private static final Map<Pattern, DateTimeFormatter> FORMS = forms();

    private HttpDates() {}

    private static Map<Pattern, DateTimeFormatter> forms() {
        Map<Pattern, DateTimeFormatter> forms = new LinkedHashMap<>();
        forms.put(
                RFC_1123,
                time(date(' ').appendValue(YEAR, 4).appendLiteral(' ')).toFormatter(Locale.ROOT));
        forms.put(
                RFC_850,
                time(date('-').appendValueReduced(YEAR, 2, 2, FIRST_SHORT_YEAR).appendLiteral(' '))
                        .toFormatter(Locale.ROOT));
        forms.put(
                ASCTIME,
                time(month(new DateTimeFormatterBuilder())
                                .appendLiteral(' ')
                                .padNext(2)
                                .appendValue(DAY_OF_MONTH)
                                .appendLiteral(' '))
                        .appendLiteral(' ')
                        .appendValue(YEAR, 4)
                        .toFormatter(Locale.ROOT));
        forms.replaceAll((pattern, form) -> form.withResolverStyle(ResolverStyle.STRICT));
        return forms;
    }

    private static DateTimeFormatterBuilder date(char separator) {
        return month(new DateTimeFormatterBuilder().appendValue(DAY_OF_MONTH, 2).appendLiteral(separator))
                .appendLiteral(separator);
    }

    private static DateTimeFormatterBuilder month(DateTimeFormatterBuilder before) {
        Map<Long, String> names = new LinkedHashMap<>();
        MONTHS.forEach(name -> names.put(names.size() + 1L, name));
        return before.appendText(MONTH_OF_YEAR, names);
    }

    private static DateTimeFormatterBuilder time(DateTimeFormatterBuilder before) {
        return before.appendValue(HOUR_OF_DAY, 2)
                .appendLiteral(':')
                .appendValue(MINUTE_OF_HOUR, 2)
                .appendLiteral(':')
                .appendValue(SECOND_OF_MINUTE, 2);
    }

    /** Reads any of the forms; empty for everything else, {@code +0000} included. */
    static Optional<Instant> parse(String text) {
        for (Map.Entry<Pattern, DateTimeFormatter> form : FORMS.entrySet()) {
            Matcher matcher = form.getKey().matcher(text);
            if (matcher.matches()) {
                return instant(matcher.group(1), form.getValue());
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> instant(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** The second that {@code time} lies in; any time before 1970 is {@link #YEAR_ONE}, which asks for everything. */
    static String format(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return YEAR_ONE;
        }
        LocalDateTime t = LocalDateTime.ofInstant(time.isAfter(LAST) ? LAST : time, ZoneOffset.UTC);
        String day = DAYS.get(t.getDayOfWeek().ordinal());
        String month = MONTHS.get(t.getMonth().ordinal());
        return day + ", " + two(t.getDayOfMonth()) + " " + month + " " + t.getYear() + " " + two(t.getHour()) + ":"
                + two(t.getMinute()) + ":" + two(t.getSecond()) + " GMT";
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
