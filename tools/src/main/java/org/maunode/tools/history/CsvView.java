package org.maunode.tools.history;

import java.io.IOException;
import java.io.Writer;
import org.maunode.device.driver.Sample;
import org.maunode.device.vocabulary.Batch.Entry;

/** Comma-separated values (RFC 4180) with a line of names first; times are UTC, what is not there is empty. */
final class CsvView implements View {
    private final Writer out;
    private final String unit;

    private CsvView(Writer out, String unit) {
        this.out = out;
        this.unit = cell(unit);
    }

    static View begin(Writer out, String unit) throws IOException {
        out.write("time,value,unit,quality,sequence,missing\r\n");
        return new CsvView(out, unit);
    }

    @Override
    public void reading(Entry entry, long missing) throws IOException {
        out.write(entry.at() + "," + entry.sample().map(CsvView::value).orElse("") + "," + unit + ","
                + entry.quality().word() + "," + entry.sequence() + "," + missing + "\r\n");
    }

    private static String value(Sample sample) {
        return switch (sample) {
            case Sample.Switch(boolean on) -> Boolean.toString(on);
            case Sample.Amount(var number) -> number.toPlainString();
        };
    }

    /** A spreadsheet takes what begins with one of four signs for a formula; the unit is somebody else's text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end(Tally tally) {}
}
