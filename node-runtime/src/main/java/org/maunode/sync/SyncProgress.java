package org.maunode.sync;

import org.maunode.exchange.ListedFile;

/**
 * Hears how a run goes on. Called on the run's thread; must not block. An {@link org.maunode.exchange.ExchangeException}
 * thrown from {@link #asks} or {@link #received} ends the run, as a connection that breaks would.
 */
public interface SyncProgress {
    /** Hears nothing. */
    SyncProgress SILENT = new SyncProgress() {};

    /** Another page of the listing is about to be asked for. */
    default void asks() {}

    /** A file is about to be fetched; {@code have} of its bytes are here from an earlier run. */
    default void begins(ListedFile file, long have) {}

    /** {@code count} more bytes of the current file arrived. */
    default void received(long count) {}

    /** The current file was dealt with. */
    default void ends(ListedFile file) {}
}
