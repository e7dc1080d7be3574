package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static Words of(String... typed) {
        return Words.of(List.of(typed));
    }

    @Test
    void takesGosFlagsWithOneDash() {
        assertEquals(
                List.of("sync", "--fingerprint", "ab", "--full", "--address=h:1"),
                of("sync", "-fingerprint", "ab", "-full", "-address=h:1").all());
    }

    @Test
    void leavesShortOptionsAndTheDashOfStandardInputAlone() {
        assertEquals(
                List.of("share", "-", "-h", "-o", "x"),
                of("share", "-", "-h", "-o", "x").all());
    }

    @Test
    void leavesEverythingBehindTwoDashesAlone() {
        assertEquals(List.of("open", "--", "-name"), of("open", "--", "-name").all());
    }

    @Test
    void findsTheCommandBehindOptionsWithValues() {
        assertEquals(
                Optional.of("show"),
                of("--home", "serve", "-log", "debug", "show").command());
        assertEquals(Optional.of("show"), of("--home=serve", "--json", "show").command());
    }

    @Test
    void readsHelpAsAnOption() {
        assertEquals(List.of("share", "--help"), of("help", "share").all());
        assertEquals(Optional.of("share"), of("help", "share").command());
        assertEquals(Optional.empty(), of("help").command());
    }

    @Test
    void readsVersionAsACommandOnlyByItself() {
        assertEquals(Optional.of("version"), of("--version").command());
        assertEquals(
                List.of("open", "x", "--version", "ab"),
                of("open", "x", "--version", "ab").all());
    }
}
