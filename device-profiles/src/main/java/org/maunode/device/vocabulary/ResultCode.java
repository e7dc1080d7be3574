package org.maunode.device.vocabulary;

import java.util.Arrays;
import java.util.Optional;

/** What became of a command. */
public enum ResultCode {
    /** It was done. */
    APPLIED("applied", "Done"),
    /** It was so already. */
    UNCHANGED("unchanged", "Nothing to do"),
    EXPIRED("expired", "Command expired"),
    /** Its counter is not higher than one before. */
    REPLAYED("replayed", "Command repeated"),
    /** No right to it, not for this node, or not understood. */
    DENIED("denied", "Command denied"),
    /** Not a value that the channel takes. */
    OUT_OF_RANGE("out-of-range", "Value out of range"),
    /** Too soon after the one before, or too many. */
    BUSY("busy", "Channel or node busy"),
    /** The channel could not be driven, or nobody can say whether it was. */
    FAULT("fault", "Channel failed"),
    UNKNOWN_CHANNEL("unknown-channel", "Unknown channel");

    private final String word;
    private final String title;

    ResultCode(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** The word that {@code mau:resultCode} carries. */
    public String word() {
        return word;
    }

    /** A short title for people. */
    public String title() {
        return title;
    }

    /** Whether the channel is as the commander wanted it. */
    public boolean isSuccess() {
        return this == APPLIED || this == UNCHANGED;
    }

    /** The code of a word; empty for one of a later vocabulary. */
    public static Optional<ResultCode> of(String word) {
        return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
    }
}
