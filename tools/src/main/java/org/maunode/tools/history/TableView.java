package org.maunode.tools.history;

import java.io.IOException;
import java.io.Writer;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Quantities;

/** A line a reading, and one where some are missing; written as they come, so the columns have fixed widths. */
final class TableView implements View {
    private static final int VALUE = 14;
    private static final int QUALITY = 9;
    private static final int NUMBER = 8;

    private final Writer out;
    private final Output output;
    private final String unit;

    TableView(Writer out, Output output, String unit) {
        this.out = out;
        this.output = output;
        this.unit = unit;
    }

    @Override
    public void reading(Entry entry, long missing) throws IOException {
        if (missing > 0) {
            out.write("...  " + Quantities.count(missing, "reading") + " missing\n");
        }
        String value = entry.sample().map(sample -> Wording.of(sample, unit)).orElse("-");
        out.write(output.time(entry.at()) + "  " + Wording.left(value, VALUE) + "  "
                + Wording.left(entry.quality().word(), QUALITY) + "  "
                + Wording.right(Long.toString(entry.sequence()), NUMBER) + "\n");
    }

    @Override
    public void end(Tally tally) {
        output.say(tally.words(unit));
    }
}
