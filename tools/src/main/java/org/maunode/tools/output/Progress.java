package org.maunode.tools.output;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.maunode.tools.shell.Shell;

/** One line on the terminal that is drawn over and over while something long goes on, and is gone afterwards. Thread-safe. */
public final class Progress implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int WIDTH = 79;
    /** Back to the first column; clear to the end of the line (ECMA-48). */
    private static final String CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final InstantSource clock;
    private final boolean shown;
    private Instant next;
    private boolean drawn;

    private Progress(Shell shell, boolean shown) {
        this.err = shell.err();
        this.clock = shell.clock();
        this.shown = shown;
        this.next = clock.instant().plus(INTERVAL);
    }

    /** Shows something if a person watches, and only once it lasts; never between the lines of a JSON document. */
    public static Progress on(Shell shell, Output output) {
        return new Progress(shell, shell.terminal().isError() && !output.isQuiet() && !output.isJson());
    }

    /** Draws the line anew, unless it was drawn just now. */
    public synchronized void update(Supplier<String> line) {
        if (shown && !clock.instant().isBefore(next)) {
            err.print(CLEAR + Printable.cut(Printable.line(line.get()), WIDTH));
            err.flush();
            drawn = true;
            next = clock.instant().plus(INTERVAL);
        }
    }

    /** Takes the line away. */
    @Override
    public synchronized void close() {
        if (drawn) {
            err.print(CLEAR);
            err.flush();
            drawn = false;
        }
    }
}
