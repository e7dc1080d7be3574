package org.maunode.tools.history;

import java.io.Writer;
import java.util.OptionalInt;
import org.maunode.device.vocabulary.Readings;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Printable;
import org.maunode.tools.shell.Shell;

/** The views that a command may ask for, on the output and the terminal that it has. */
public final class Forms {
    private static final int USUAL_WIDTH = 80;
    private static final int MAX_WIDTH = 1000;

    private final Shell shell;
    private final Output output;

    public Forms(Shell shell, Output output) {
        this.shell = shell;
        this.output = output;
    }

    /** @param span what a plot stretches over */
    public View.Form of(Format format, Writer out, Span span) {
        return switch (format) {
            case TABLE -> channel -> new TableView(out, output, unit(channel));
            case CSV -> channel -> CsvView.begin(out, unit(channel));
            case JSON -> channel -> JsonView.begin(out, channel);
            case PLOT -> channel -> plot(out, span, channel);
        };
    }

    private View plot(Writer out, Span span, Readings channel) {
        return new PlotView(
                out,
                output,
                Glyphs.of(shell.environment()),
                span,
                Printable.line(channel.title()),
                unit(channel),
                width());
    }

    private static String unit(Readings channel) {
        return Printable.line(channel.unit());
    }

    /** {@code COLUMNS}, or the terminal's width. */
    private int width() {
        String named = shell.environment().getOrDefault("COLUMNS", "");
        OptionalInt known = named.matches("[1-9]\\d{0,4}")
                ? OptionalInt.of(Integer.parseInt(named))
                : shell.terminal().columns();
        return Math.min(known.orElse(USUAL_WIDTH), MAX_WIDTH);
    }
}
