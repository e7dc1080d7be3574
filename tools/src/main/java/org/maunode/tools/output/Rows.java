package org.maunode.tools.output;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.WriterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of records: aligned columns for people, or one JSON array, written as it comes. */
public sealed interface Rows extends AutoCloseable {
    /** Adds a record, in both of its forms. */
    void add(JsonObject record, String... cells);

    /** Ends the list. */
    @Override
    void close();

    /** Columns two blanks apart; kept until all widths are known. */
    final class Table implements Rows {
        private static final String GAP = "  ";
        private final Output output;
        private final Optional<String> none;
        private final List<String[]> rows = new ArrayList<>();

        Table(Output output, Optional<String> none) {
            this.output = output;
            this.none = none;
        }

        @Override
        public void add(JsonObject record, String... cells) {
            for (int i = 0; i < cells.length; i++) {
                cells[i] = Printable.line(cells[i]);
            }
            rows.add(cells);
        }

        @Override
        public void close() {
            if (rows.isEmpty()) {
                none.ifPresent(output::say);
            }
            int[] widths = widths();
            rows.forEach(row -> output.line(aligned(row, widths)));
        }

        private int[] widths() {
            int[] widths =
                    new int[rows.stream().mapToInt(row -> row.length).max().orElse(0)];
            for (String[] row : rows) {
                // Nothing stands behind the last cell: however long it is, no other row is pushed aside.
                for (int i = 0; i < row.length - 1; i++) {
                    widths[i] = Math.max(widths[i], width(row[i]));
                }
            }
            return widths;
        }

        private static int width(String cell) {
            return cell.codePointCount(0, cell.length());
        }

        private static String aligned(String[] row, int[] widths) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length - 1; i++) {
                // A column that no row fills is left out.
                if (widths[i] > 0) {
                    line.append(row[i])
                            .append(" ".repeat(widths[i] - width(row[i])))
                            .append(GAP);
                }
            }
            line.append(row[row.length - 1]);
            return line.toString().stripTrailing();
        }
    }

    /** One JSON array with a record a line. */
    final class JsonArray implements Rows {
        private final Output output;
        private String before = "[";

        JsonArray(Output output) {
            this.output = output;
        }

        @Override
        public void add(JsonObject record, String... cells) {
            output.raw(before + "\n  " + record.toString(WriterConfig.MINIMAL));
            before = ",";
        }

        @Override
        public void close() {
            output.raw(before.equals("[") ? "[]\n" : "\n]\n");
        }
    }
}
