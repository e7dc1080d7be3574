package org.maunode.tools;

import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.maunode.tools.output.Printable;

/** The runtime's log in the voice of the command line: one line an event, and a trace only where debugging was asked for. */
final class SpeechLog extends Handler implements AutoCloseable {
    // Kept here: the JDK holds loggers weakly, and would forget the level with them.
    private static final Logger LOG = Logger.getLogger("org.maunode");

    private final PrintStream err;

    private SpeechLog(PrintStream err, Level level) {
        this.err = err;
        setLevel(level);
    }

    /** Tells events at or above {@code level} until it is closed. */
    static SpeechLog start(PrintStream err, Level level) {
        SpeechLog log = new SpeechLog(err, level);
        LOG.setUseParentHandlers(false);
        LOG.setLevel(level);
        LOG.addHandler(log);
        return log;
    }

    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            err.println("mau: " + kind(event.getLevel()) + Printable.line(words(event)));
            if (event.getThrown() != null && isDebugging()) {
                event.getThrown().printStackTrace(err);
            }
        }
    }

    boolean isDebugging() {
        return getLevel().intValue() <= Level.FINE.intValue();
    }

    private static String kind(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "";
        }
        return level == Level.FINE ? "debug: " : level.getName().toLowerCase(Locale.ROOT) + ": ";
    }

    /** Not {@code Formatter.formatMessage}: that writes port 6275 as "6,275" and swallows apostrophes. */
    private static String words(LogRecord event) {
        String words = event.getMessage();
        Object[] parameters = event.getParameters();
        for (int i = 0; parameters != null && i < parameters.length; i++) {
            words = words.replace("{" + i + "}", String.valueOf(parameters[i]));
        }
        return words;
    }

    @Override
    public void flush() {
        err.flush();
    }

    @Override
    public void close() {
        LOG.removeHandler(this);
        LOG.setUseParentHandlers(true);
    }
}
