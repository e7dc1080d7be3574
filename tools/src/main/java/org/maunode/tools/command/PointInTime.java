package org.maunode.tools.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;

/** A time as people type it: a date or a time of their zone, a time with its zone, or how long ago. */
final class PointInTime {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhdw])");

    private PointInTime() {}

    static Instant parse(String text, Shell shell) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            return shell.clock().instant().minus(span(Long.parseLong(ago.group(1)), ago.group(2)));
        }
        List<Function<String, Instant>> forms = List.of(
                form -> OffsetDateTime.parse(form).toInstant(),
                form -> LocalDateTime.parse(form.replace(' ', 'T'))
                        .atZone(shell.zone())
                        .toInstant(),
                form -> LocalDate.parse(form).atStartOfDay(shell.zone()).toInstant());
        for (var form : forms) {
            try {
                return form.apply(text);
            } catch (DateTimeException another) {
                continue;
            }
        }
        throw new ToolException(
                ExitCode.USAGE, "\"" + text + "\" is no time", "write 2026-11-23, 2026-11-23T08:15:00Z, 3h or 2d");
    }

    private static Duration span(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }
}
