package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stranger may say in HTTP/1.1, on whatever wire. */
abstract class HostileHttp1 extends HostileClient {
    @Test
    void asManyHeadersAsTheLimitAreTakenAndOneMoreIsNot() throws Exception {
        assertTrue(withHeaders(LIMITS.sizes().headers() - 1).startsWith("HTTP/1.1 200"));
        assertTrue(withHeaders(LIMITS.sizes().headers()).startsWith("HTTP/1.1 431"));
    }

    private String withHeaders(int besidesHost) throws IOException {
        try (RawClient client = http1()) {
            client.send(
                    "GET " + path("/small.pgp") + " HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(besidesHost) + "\r\n");
            return client.answer();
        }
    }

    @Test
    void hugeAddressesAreRefused() throws Exception {
        try (RawClient client = http1()) {
            client.send(get(path("?" + "a".repeat(LIMITS.sizes().uri()))));
            assertTrue(client.answer().startsWith("HTTP/1.1 414"));
        }
        assertEquals(0, asked.get());
    }

    @Test
    void noRequestIsSmuggledBehindAnother() throws Exception {
        String hidden = get(path("/small.pgp"));
        List<String> shapes = List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: " + hidden.length() + "\r\n\r\n",
                "Content-Length: " + hidden.length() + "\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n");
        for (String shape : shapes) {
            for (String method : List.of("GET", "POST", "PUT")) {
                try (RawClient client = http1()) {
                    client.send(method + " " + path("/small.pgp") + " HTTP/1.1\r\nHost: x\r\n" + shape + hidden);
                    String all = new String(client.untilClosed(), StandardCharsets.ISO_8859_1);
                    assertFalse(all.contains(" 200 "), method + " with " + shape + " gave " + all);
                    assertEquals(0, asked.get(), method + " with " + shape + " gave " + all);
                }
            }
        }
    }

    @Test
    void requestsWithoutOrWithTwoHostsAreRefused() throws Exception {
        for (String hosts : List.of("", "Host: a\r\nHost: b\r\n")) {
            try (RawClient client = http1()) {
                client.send("GET " + path("") + " HTTP/1.1\r\n" + hosts + "\r\n");
                assertTrue(client.answer().startsWith("HTTP/1.1 400"));
            }
        }
        assertEquals(0, asked.get());
    }
}
