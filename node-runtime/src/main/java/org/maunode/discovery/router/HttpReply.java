package org.maunode.discovery.router;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.discovery.router.RouterException.Reason;

/** The answer to one request on a connection of its own (RFC 9112): counted, chunked, or until the router hangs up. */
record HttpReply(int status, byte[] body) {
    static final int OK = 200;
    static final int SERVER_ERROR = 500;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([2-5][0-9]{2})( .*)?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,7})[ \\t]*(?:;.*)?");
    private static final int HEX = 16;

    /** @throws RouterException with {@code MALFORMED}, or {@code OVER_LIMIT} if the body is longer than {@code maxBody} */
    static HttpReply read(InputStream in, int maxBody) throws IOException {
        HeaderBlock head = HeaderBlock.read(in);
        Matcher status = STATUS.matcher(head.start());
        if (!status.matches()) {
            throw malformed("not an answer of HTTP/1");
        }
        return new HttpReply(Integer.parseInt(status.group(1)), body(head, in, maxBody));
    }

    private static byte[] body(HeaderBlock head, InputStream in, int maxBody) throws IOException {
        Optional<String> coding = head.value("transfer-encoding");
        Optional<String> length = head.value("content-length");
        if (coding.isPresent()) {
            if (!coding.get().toLowerCase(Locale.ROOT).equals("chunked")) {
                throw malformed("an unknown transfer coding");
            }
            return chunks(in, maxBody);
        }
        return length.isPresent() ? counted(in, length(length.get()), maxBody) : untilEnd(in, maxBody);
    }

    private static int length(String text) {
        if (!LENGTH.matcher(text).matches()) {
            throw malformed("a length that is no number");
        }
        return Integer.parseInt(text);
    }

    private static byte[] counted(InputStream in, int length, int maxBody) throws IOException {
        requireRoom(length, maxBody);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw malformed("the answer ends early");
        }
        return body;
    }

    private static byte[] untilEnd(InputStream in, int maxBody) throws IOException {
        byte[] body = in.readNBytes(maxBody + 1);
        requireRoom(body.length, maxBody);
        return body;
    }

    /** Trailers are not read: the connection ends with this answer. */
    private static byte[] chunks(InputStream in, int maxBody) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            requireRoom(body.size() + size, maxBody);
            body.writeBytes(counted(in, size, maxBody));
            if (!HeaderBlock.line(in).isEmpty()) {
                throw malformed("a chunk longer than it says");
            }
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        Matcher size = CHUNK.matcher(HeaderBlock.line(in));
        if (!size.matches()) {
            throw malformed("a chunk without its size");
        }
        return Integer.parseInt(size.group(1), HEX);
    }

    private static void requireRoom(int length, int maxBody) {
        if (length > maxBody) {
            throw new RouterException(Reason.OVER_LIMIT, "an answer over " + maxBody + " bytes");
        }
    }

    private static RouterException malformed(String what) {
        return new RouterException(Reason.MALFORMED, what);
    }
}
