package org.maunode.discovery.overlay;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the overlay tells the log, at {@code INFO} and above. */
final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("org.maunode.discovery.overlay");
    private final List<String> lines = new ArrayList<>();

    LogLines() {
        setLevel(Level.INFO);
        logger.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord record) {
        if (isLoggable(record)) {
            lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
