package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Test;

final class PreferencesTest {
    private static Optional<Duration> wait(String... lines) {
        BasicHttpRequest request = new BasicHttpRequest("GET", "/");
        List.of(lines).forEach(line -> request.addHeader("prefer", line));
        return Preferences.wait(request);
    }

    @Test
    void aWaitIsFoundAmongOtherPreferences() {
        for (String line : List.of(
                "wait=10",
                "WAIT = 10",
                "wait=\"10\"",
                "respond-async, wait=10",
                "wait=10; anything=else, wait=20",
                "foo; wait=20, wait=10")) {
            assertEquals(Optional.of(Duration.ofSeconds(10)), wait(line), line);
        }
        assertEquals(Optional.of(Duration.ofSeconds(10)), wait("respond-async", "wait=10", "wait=20"));
        assertEquals(Optional.of(Duration.ofSeconds(999_999_999)), wait("wait=999999999"));
    }

    @Test
    void whatIsNoNumberOfSecondsIsNoWait() {
        for (String line : List.of(
                "", "wait", "wait=", "wait=-1", "wait=1.5", "wait=1000000000", "wait=\"10", "await=10", "wait=10 s")) {
            assertEquals(Optional.empty(), wait(line), line);
        }
    }

    @Test
    void itIsWrittenAsItIsRead() {
        assertEquals(Optional.of(Duration.ofSeconds(300)), wait(Preferences.wait(Duration.ofMinutes(5))));
    }
}
