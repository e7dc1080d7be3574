package org.maunode.sync;

import org.maunode.exchange.ListedFile;

/** Hears how a run goes on. Called on the run's thread; must not block. */
public interface SyncProgress {
    /** Hears nothing. */
    SyncProgress SILENT = new SyncProgress() {};

    /** A file is about to be fetched; {@code have} of its bytes are here from an earlier run. */
    default void begins(ListedFile file, long have) {}

    /** {@code count} more bytes of the current file arrived. */
    default void received(long count) {}

    /** The current file was dealt with. */
    default void ends(ListedFile file) {}
}
