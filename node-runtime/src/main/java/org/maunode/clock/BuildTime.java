package org.maunode.clock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** When this program was built: no clock that runs it can truly stand before that. */
final class BuildTime {
    private BuildTime() {}

    /** The time that the build gave to all its files; 1970 where the classes were compiled by something else. */
    static Instant ofThisProgram() {
        try (InputStream stamp = BuildTime.class.getResourceAsStream("built")) {
            return stamp == null ? Instant.EPOCH : parse(new String(stamp.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        }
    }

    static Instant parse(String stamp) {
        try {
            return Instant.parse(stamp.strip());
        } catch (DateTimeException neverFilledIn) {
            return Instant.EPOCH;
        }
    }
}
