package org.maunode.runtime;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Log lines on standard error, one an event: time, level, room, words. Under systemd the journal has the time, and a
 * priority in front of the line gives it the level.
 */
public final class NodeLog {
    private static final String ROOT = "org.maunode";
    // Kept here: the JDK holds loggers weakly, and would forget the level with them.
    private static final Logger LOG = Logger.getLogger(ROOT);

    private static Handler lines = new Lines(System.err);

    /** How much is said. */
    public enum Verbosity {
        ERROR(Level.SEVERE),
        WARN(Level.WARNING),
        INFO(Level.INFO),
        DEBUG(Level.FINE),
        TRACE(Level.FINEST);

        private final Level level;

        Verbosity(Level level) {
            this.level = level;
        }

        /** Reads a name as people type it. */
        public static Optional<Verbosity> of(String name) {
            for (Verbosity verbosity : values()) {
                if (verbosity.name().equalsIgnoreCase(name)) {
                    return Optional.of(verbosity);
                }
            }
            return Optional.empty();
        }

        private static Verbosity of(Level level) {
            for (Verbosity verbosity : values()) {
                if (level.intValue() >= verbosity.level.intValue()) {
                    return verbosity;
                }
            }
            return TRACE;
        }
    }

    private NodeLog() {}

    /** Sends everything at or above {@code verbosity} to {@code out}, and nothing anywhere else. */
    public static void start(Verbosity verbosity, PrintStream out, boolean underSystemd) {
        LogManager.getLogManager().reset();
        LOG.setUseParentHandlers(false);
        LOG.setLevel(verbosity.level);
        Handler handler = new Lines(out);
        handler.setFormatter(underSystemd ? new JournalLine() : new Line());
        handler.setLevel(verbosity.level);
        LOG.addHandler(handler);
        lines = handler;
    }

    /** Says something while the process ends, when the JDK has taken its loggers' handlers away. */
    static void lastWord(String words) {
        LogRecord event = new LogRecord(Level.INFO, words);
        event.setLoggerName(ROOT + ".runtime");
        lines.publish(event);
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

    private static String room(LogRecord event) {
        String name = event.getLoggerName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name;
    }

    /** A defect's trace is for developers, and only a defect is logged with one. */
    private static String trace(LogRecord event) {
        if (event.getThrown() == null) {
            return "";
        }
        StringBuilder trace = new StringBuilder(": ").append(event.getThrown());
        for (StackTraceElement frame : event.getThrown().getStackTrace()) {
            trace.append("\n    at ").append(frame);
        }
        return trace.toString();
    }

    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord event) {
            Instant time = Instant.ofEpochMilli(event.getMillis()).truncatedTo(ChronoUnit.SECONDS);
            String level = Verbosity.of(event.getLevel()).name().toLowerCase(Locale.ROOT);
            return time + " " + level + " ".repeat(6 - level.length()) + room(event) + ": " + words(event)
                    + trace(event);
        }
    }

    private static final class JournalLine extends Formatter {
        @Override
        public String format(LogRecord event) {
            int priority =
                    switch (Verbosity.of(event.getLevel())) {
                        case ERROR -> 3;
                        case WARN -> 4;
                        case INFO -> 6;
                        case DEBUG, TRACE -> 7;
                    };
            return "<" + priority + ">" + room(event) + ": " + words(event) + trace(event);
        }
    }

    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void publish(LogRecord event) {
            if (isLoggable(event)) {
                out.println(getFormatter().format(event));
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }
}
