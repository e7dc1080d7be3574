package org.maunode.http;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/** What a caller would like, and what it got (RFC 7240): of all preferences, {@code wait}. */
final class Preferences {
    static final String ASKED = "Prefer";
    static final String APPLIED = "Preference-Applied";

    /** {@code wait=10}, {@code wait = "10"; any=parameter}; a number too long to be one is not read. */
    private static final Pattern WAIT =
            Pattern.compile("\\s*wait\\s*=\\s*(\"?)(\\d{1,9})\\1\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private Preferences() {}

    /** How long the caller is ready to wait; the first one counts (section 2). Empty if it is not. */
    static Optional<Duration> wait(HttpMessage request) {
        return wait(request, ASKED);
    }

    /** How long the peer says that it waited at most; empty if it knows no waiting. */
    static Optional<Duration> applied(HttpMessage answer) {
        return wait(answer, APPLIED);
    }

    private static Optional<Duration> wait(HttpMessage message, String name) {
        for (Header header : message.getHeaders(name)) {
            for (String preference : header.getValue().split(",")) {
                Matcher matcher = WAIT.matcher(preference);
                if (matcher.matches()) {
                    return Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(2))));
                }
            }
        }
        return Optional.empty();
    }

    /** How it is written in either header. */
    static String wait(Duration wait) {
        return "wait=" + wait.toSeconds();
    }
}
