package org.maunode.device.sampling;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far a reading can be trusted: the values of {@code mau:quality}. */
public enum Quality {
    /** Measured just now. */
    OK,
    /** Was good when it was measured, and has not been renewed in time. */
    STALE,
    /** The sensor fails; what is shown is the last good value, if there was one. */
    FAULT,
    /** Made up by a simulator. */
    SIMULATED;

    /** The word in the vocabulary. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The quality that a word of the vocabulary means. */
    public static Optional<Quality> of(String word) {
        return Arrays.stream(values())
                .filter(quality -> quality.word().equals(word))
                .findFirst();
    }
}
