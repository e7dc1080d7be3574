package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.router.RouterException.Reason;

/** RT-34. */
class HttpReplyTest {
    private static final int MAX = 100;

    private static HttpReply read(String reply) throws IOException {
        return HttpReply.read(new ByteArrayInputStream(reply.getBytes(StandardCharsets.ISO_8859_1)), MAX);
    }

    private static String body(String reply) throws IOException {
        return new String(read(reply).body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aBodyIsCountedChunkedOrEndsWithTheConnection() throws IOException {
        assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"));
        assertEquals("abc", body("HTTP/1.0 200\r\n\r\nabc"));
        assertEquals("", body("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertEquals(
                "abcdefghijklm",
                body(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\ndefghijklm\r\n0\r\n\r\n"));
    }

    @Test
    void linesMayEndInLineFeedAlone() throws IOException {
        assertEquals("abc", body("HTTP/1.1 200 OK\ncontent-length:3\n\nabc"));
    }

    @Test
    void errorsHaveTheirStatus() throws IOException {
        assertEquals(500, read("HTTP/1.1 500 Internal Server Error\r\n\r\n").status());
        assertEquals(
                302,
                read("HTTP/1.1 302 Found\r\nLocation: http://11.22.33.44/\r\n\r\n")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: empty\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000\r\n\r\n"
            })
    void everythingElseIsMalformed(String reply) {
        Failing.with(Reason.MALFORMED, () -> read(reply));
    }

    @Test
    void bodiesHaveALimitHoweverTheyEnd() throws IOException {
        String head = "HTTP/1.1 200 OK\r\n";
        assertEquals(MAX, body(head + "\r\n" + "x".repeat(MAX)).length());
        Failing.with(Reason.OVER_LIMIT, () -> read(head + "\r\n" + "x".repeat(MAX + 1)));
        assertEquals(
                MAX,
                body(head + "Content-Length: 100\r\n\r\n" + "x".repeat(MAX)).length());
        Failing.with(Reason.OVER_LIMIT, () -> read(head + "Content-Length: 101\r\n\r\n" + "x".repeat(MAX + 1)));
        String chunk = "Transfer-Encoding: chunked\r\n\r\n32\r\n" + "x".repeat(50) + "\r\n";
        assertEquals(
                MAX,
                body(head + chunk + "32\r\n" + "x".repeat(50) + "\r\n0\r\n\r\n").length());
        Failing.with(Reason.OVER_LIMIT, () -> read(head + chunk + "33\r\n" + "x".repeat(51) + "\r\n0\r\n\r\n"));
        Failing.with(Reason.OVER_LIMIT, () -> read(head + chunk + "fffffff\r\n"));
    }

    /** The first line and each header: 1,024 bytes without the line feed. */
    @Test
    void linesHaveALimit() throws IOException {
        String name = "A: ";
        read("HTTP/1.1 200 OK\n" + name + "b".repeat(HeaderBlock.MAX_LINE - name.length()) + "\n\n");
        Failing.with(
                Reason.OVER_LIMIT,
                () -> read("HTTP/1.1 200 OK\n" + name + "b".repeat(HeaderBlock.MAX_LINE - name.length() + 1) + "\n\n"));
        Failing.with(Reason.OVER_LIMIT, () -> read("H".repeat(100_000)));
    }

    @Test
    void headersHaveALimit() throws IOException {
        read("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(HeaderBlock.MAX_HEADERS) + "\r\n");
        Failing.with(
                Reason.OVER_LIMIT,
                () -> read("HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(HeaderBlock.MAX_HEADERS + 1) + "\r\n"));
    }
}
