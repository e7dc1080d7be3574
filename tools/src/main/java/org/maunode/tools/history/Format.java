package org.maunode.tools.history;

/** How readings are shown. */
public enum Format {
    TABLE,
    CSV,
    JSON,
    PLOT
}
