package org.maunode.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.ResponseChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** A status, and few words or none (EX-40). */
final class ShortAnswer {
    /** Bytes of the words. */
    static final int MAX_WORDS = 1024;

    private final Reply reply;
    private final ByteBuffer words;

    private ShortAnswer(Reply reply, ByteBuffer words) {
        this.reply = reply;
        this.words = words;
    }

    /** @param words made short and printable here */
    static ShortAnswer of(Reply reply, String words) {
        byte[] ascii = words.replaceAll("[^ -~]", "?").getBytes(StandardCharsets.US_ASCII);
        return new ShortAnswer(reply, ByteBuffer.wrap(Arrays.copyOf(ascii, Math.min(ascii.length, MAX_WORDS))));
    }

    void send(ResponseChannel responses, HttpContext context) throws HttpException, IOException {
        HttpResponse response = new BasicHttpResponse(reply.status());
        reply.headers().forEach(response::addHeader);
        response.addHeader("X-Content-Type-Options", "nosniff");
        if (reply.status() != HttpStatus.SC_NO_CONTENT) {
            response.addHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(words.remaining()));
        }
        EntityDetails details = new BasicEntityDetails(words.remaining(), ContentType.TEXT_PLAIN);
        responses.sendResponse(response, words.hasRemaining() ? details : null, context);
    }

    int available() {
        return words.remaining();
    }

    /** Only asked for by the library if there are words. */
    void produce(DataStreamChannel channel) throws IOException {
        channel.write(words);
        if (!words.hasRemaining()) {
            channel.endStream();
        }
    }
}
