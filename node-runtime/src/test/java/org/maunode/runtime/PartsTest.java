package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final List<String> stopped = new ArrayList<>();
    private final Parts parts = new Parts();

    @Test
    void whatWasStartedLastIsStoppedFirstAndOnce() {
        AutoCloseable first = () -> stopped.add("first");
        assertSame(first, parts.started(first));
        parts.started(() -> stopped.add("second"));
        parts.close();
        parts.close();
        assertEquals(List.of("second", "first"), stopped);
    }

    @Test
    void oneThatDoesNotStopIsToldOfAndKeepsNoOtherFromStopping() {
        parts.started(() -> stopped.add("first"));
        parts.started(() -> {
            throw new IOException("stuck");
        });
        List<String> said = new ArrayList<>();
        Logger logger = Logger.getLogger("org.maunode.runtime");
        Handler ear = new Ear(said);
        logger.addHandler(ear);
        try {
            parts.close();
        } finally {
            logger.removeHandler(ear);
        }
        assertEquals(List.of("first"), stopped);
        assertEquals(List.of("stuck"), said);
    }

    /** The last word of each line of the log. */
    private static final class Ear extends Handler {
        private final List<String> said;

        Ear(List<String> said) {
            this.said = said;
        }

        @Override
        public void publish(LogRecord line) {
            said.add(line.getParameters()[1].toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
