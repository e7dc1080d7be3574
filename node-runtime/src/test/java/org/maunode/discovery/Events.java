package org.maunode.discovery;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger says while this is open. */
final class Events extends Handler implements AutoCloseable {
    // Kept here: the JDK holds loggers weakly.
    private final Logger logger;
    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

    private Events(Logger logger, Level level) {
        this.logger = logger;
        setLevel(level);
    }

    static Events of(String name, Level level) {
        Events events = new Events(Logger.getLogger(name), level);
        events.logger.setUseParentHandlers(false);
        events.logger.setLevel(level);
        events.logger.addHandler(events);
        return events;
    }

    LogRecord take() throws InterruptedException {
        return records.take();
    }

    /** What was said and not taken. */
    List<String> rest() {
        return records.stream().map(Events::words).toList();
    }

    /** As the node writes it: numbers without grouping. */
    static String words(LogRecord record) {
        String words = record.getMessage();
        Object[] parameters = record.getParameters();
        for (int i = 0; parameters != null && i < parameters.length; i++) {
            words = words.replace("{" + i + "}", String.valueOf(parameters[i]));
        }
        return words;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            records.add(record);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }
}
