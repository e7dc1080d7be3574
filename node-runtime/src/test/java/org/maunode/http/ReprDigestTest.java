package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.exchange.FakeExchange;
import org.maunode.identity.VersionHash;

final class ReprDigestTest {
    /** RFC 9530, B.1. */
    private static final VersionHash EXAMPLE =
            FakeExchange.digest("{\"hello\": \"world\"}\n".getBytes(StandardCharsets.US_ASCII));

    private static final String WRITTEN = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

    @Test
    void theExampleOfTheStandardIsReadAndWritten() {
        assertEquals(Optional.of(EXAMPLE), ReprDigest.parse(WRITTEN));
        assertEquals(WRITTEN, ReprDigest.format(EXAMPLE));
    }

    @Test
    void itIsFoundAmongOthers() {
        for (String header : List.of("sha-512=:AAAA:, " + WRITTEN, WRITTEN + ", md5=:AA==:", WRITTEN + ";q=1")) {
            assertEquals(Optional.of(EXAMPLE), ReprDigest.parse(header), header);
        }
    }

    @Test
    void whatIsNoneIsNoneAtAll() {
        for (String header :
                List.of("", "sha-256=", "sha-256=::", "sha-256=:AAAA:", "xsha-256" + WRITTEN.substring(7))) {
            assertEquals(Optional.empty(), ReprDigest.parse(header), header);
        }
    }
}
