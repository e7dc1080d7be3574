package org.maunode.tools.history;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.tools.history.Columns.Column;
import org.maunode.tools.output.Output;

/**
 * A picture of readings, drawn when all are known. Each column is a stretch of time, from its least to its most, with a point
 * at its mean; what was wrong is marked on the floor.
 *
 * <pre>
 *   23.0 ┤        ••│
 *        │   ••││•
 *   21.0 ┤ ••
 *        └──────!!~──
 * </pre>
 */
final class PlotView implements View {
    private static final int ROWS = 15;
    private static final int SWITCH_ROWS = 2;

    /** Columns in which a scale and a point of time can still be read. */
    private static final int MIN_WIDTH = 30;

    private final Writer out;
    private final Output output;
    private final Glyphs glyphs;
    private final Span span;
    private final String title;
    private final String unit;
    private final int width;
    private final Columns columns;

    /** @param width of the terminal, in characters */
    PlotView(Writer out, Output output, Glyphs glyphs, Span span, String title, String unit, int width) {
        this.out = out;
        this.output = output;
        this.glyphs = glyphs;
        this.span = span;
        this.title = title;
        this.unit = unit;
        this.width = Math.max(MIN_WIDTH, width) - Scale.LABEL - 2;
        this.columns = new Columns(span, this.width);
    }

    @Override
    public void reading(Entry entry, long missing) {
        columns.add(entry, missing);
    }

    @Override
    public void end(Tally tally) throws IOException {
        line(unit.isEmpty() ? title : title + ", " + unit);
        if (columns.least().isPresent()) {
            draw();
        }
        line(" ".repeat(Scale.LABEL + 1) + glyphs.corner + floor());
        line(" ".repeat(Scale.LABEL + 2) + times());
        line(tally.words(unit));
        if (!legend().isEmpty()) {
            line(legend());
        }
    }

    private void line(String text) throws IOException {
        out.write(glyphs.spell(text).stripTrailing() + "\n");
    }

    private void draw() throws IOException {
        Scale scale = columns.isSwitch()
                ? Scale.ofSwitch(SWITCH_ROWS)
                : Scale.of(columns.least().orElseThrow(), columns.most().orElseThrow(), ROWS);
        List<Column> all = columns.all().toList();
        for (int row = scale.rows() - 1; row >= 0; row--) {
            int at = row;
            String label = scale.label(row);
            line(Wording.right(label, Scale.LABEL) + " " + (label.isEmpty() ? glyphs.axis : glyphs.tick)
                    + all.stream().map(column -> cell(column, scale, at)).collect(Collectors.joining()));
        }
    }

    private String cell(Column column, Scale scale, int row) {
        if (column.isEmpty() || row < scale.row(column.least()) || row > scale.row(column.most())) {
            return " ";
        }
        boolean end = scale.row(column.least()) == scale.row(column.most());
        return end || columns.isSwitch() || row == scale.row(column.mean()) ? glyphs.point : glyphs.range;
    }

    private String floor() {
        return columns.all()
                .map(column -> column.mark() == Column.NONE ? glyphs.floor : String.valueOf(column.mark()))
                .collect(Collectors.joining());
    }

    /** The first and the last moment, if there is room for both. */
    private String times() {
        String first = output.time(span.since());
        String last = output.time(span.until());
        int room = width - first.length() - last.length();
        return room > 0 ? first + " ".repeat(room) + last : first;
    }

    private String legend() {
        return columns.all()
                .map(Column::mark)
                .distinct()
                .map(PlotView::meaning)
                .filter(meaning -> !meaning.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static String meaning(char mark) {
        return switch (mark) {
            case Column.MISSING -> "~ readings missing";
            case Column.STALE -> "? stale";
            case Column.FAULT -> "! fault";
            default -> "";
        };
    }
}
