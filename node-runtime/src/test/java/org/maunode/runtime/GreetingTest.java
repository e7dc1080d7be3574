package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;

/** What a person copies from the block works in a shell. */
class GreetingTest {
    private static String text(String home) {
        Fingerprint node = Fingerprint.of("27dd6085b9adc3446fdce96681a37426306ece23");
        return new Greeting("greenhouse", node, home, List.of("10.0.0.7:6275"), Optional.empty(), List.of(), List.of())
                .text();
    }

    @Test
    void aPlainHomeStandsAsItIs() {
        assertTrue(text("/var/lib/mau-node").contains("bin/mau --home /var/lib/mau-node export"));
    }

    @Test
    void aHomeWithBlanksAndQuotesIsQuoted() {
        assertTrue(text("/tmp/it's ü").contains("bin/mau --home '/tmp/it'\\''s ü' export"), text("/tmp/it's ü"));
    }
}
