package org.maunode.http;

import java.util.regex.Pattern;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;

/**
 * How long a request's content is in HTTP/1.1, if it says so in exactly one way and in digits (RFC 9112, 6.3): whatever two
 * programs could read differently hides a second request. A connection that tries is cut, for the library (5.4.4) would
 * go on to read what stands behind.
 */
record StrictLength(Connection connection) implements ContentLengthStrategy {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    @Override
    public long determineLength(HttpMessage message) throws HttpException {
        try {
            return length(message);
        } catch (HttpException ambiguous) {
            connection.cut("a request of ambiguous length");
            throw ambiguous;
        }
    }

    private static long length(HttpMessage message) throws HttpException {
        Header length = message.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && message.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            throw new ProtocolException("two lengths");
        }
        if (length != null && !DIGITS.matcher(length.getValue()).matches()) {
            throw new ProtocolException("a length that is no number");
        }
        return DefaultContentLengthStrategy.INSTANCE.determineLength(message);
    }
}
