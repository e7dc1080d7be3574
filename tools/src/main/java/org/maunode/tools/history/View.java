package org.maunode.tools.history;

import java.io.IOException;
import org.maunode.device.vocabulary.Batch.Entry;
import org.maunode.device.vocabulary.Readings;

/** One way to show readings, which come in the order of their time. */
public interface View {
    /** @param missing how many readings between the one before and this are not here */
    void reading(Entry entry, long missing) throws IOException;

    /** Ends, when all were taken. */
    void end(Tally tally) throws IOException;

    /** Begins a view when there is something to show. */
    @FunctionalInterface
    interface Form {
        /** @param channel the first document that was read of it */
        View begin(Readings channel) throws IOException;
    }
}
