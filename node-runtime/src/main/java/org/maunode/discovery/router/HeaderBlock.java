package org.maunode.discovery.router;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.maunode.discovery.router.RouterException.Reason;

/**
 * A first line and headers, as HTTP and SSDP have them, up to the empty line. Lines may end in LF alone, as those of some
 * routers do; folded lines and control characters are refused.
 *
 * @param start the first line
 */
record HeaderBlock(String start, List<Header> headers) {
    static final int MAX_LINE = 1024;
    static final int MAX_HEADERS = 64;

    private static final int DELETE = 0x7F;

    /** @param name in lower case */
    record Header(String name, String value) {}

    /** @throws RouterException with {@code MALFORMED} or {@code OVER_LIMIT} */
    static HeaderBlock read(InputStream in) throws IOException {
        String start = line(in);
        List<Header> headers = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (headers.size() == MAX_HEADERS) {
                throw new RouterException(Reason.OVER_LIMIT, "over " + MAX_HEADERS + " headers");
            }
            headers.add(header(line));
        }
        return new HeaderBlock(start, List.copyOf(headers));
    }

    private static Header header(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || line.charAt(0) <= ' ') {
            throw new RouterException(Reason.MALFORMED, "a line that is no header");
        }
        String name = line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
        return new Header(name, line.substring(colon + 1).trim());
    }

    /** One line without its end. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new RouterException(Reason.MALFORMED, "the answer ends early");
            }
            if (line.length() == MAX_LINE) {
                throw new RouterException(Reason.OVER_LIMIT, "a line over " + MAX_LINE + " bytes");
            }
            line.append((char) next);
        }
        return text(line);
    }

    private static String text(StringBuilder line) {
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == DELETE)) {
            throw new RouterException(Reason.MALFORMED, "a control character in a header");
        }
        return line.toString();
    }

    /**
     * The value of {@code name}, given in lower case.
     *
     * @throws RouterException with {@code MALFORMED} if there are two
     */
    Optional<String> value(String name) {
        List<Header> all =
                headers.stream().filter(header -> header.name.equals(name)).toList();
        if (all.size() > 1) {
            throw new RouterException(Reason.MALFORMED, "two headers " + name);
        }
        return all.stream().map(Header::value).findFirst();
    }
}
