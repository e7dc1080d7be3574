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
 * programs could read differently hides a second request.
 */
enum StrictLength implements ContentLengthStrategy {
    INSTANCE;

    private static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

    @Override
    public long determineLength(HttpMessage message) throws HttpException {
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
