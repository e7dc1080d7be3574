package org.maunode.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void leavesOrdinaryTextInAnyScriptAlone() {
        for (String text : new String[] {"plain", "21.4 °C", "日本語", "שלום", "naïve – “quoted”", "\uD83C\uDF31"}) {
            assertEquals(text, Printable.line(text));
        }
    }

    @Test
    void replacesWhatMovesTheCursorOrTurnsTheDirection() {
        assertEquals("\uFFFD[2Jx", Printable.line("\u001b[2Jx"));
        assertEquals("a\uFFFDb\uFFFDc\uFFFDd", Printable.line("a\rb\nc\td"));
        assertEquals("\uFFFDevil\uFFFD", Printable.line("\u202eevil\u2066"));
        assertEquals("x\uFFFDy", Printable.line("x\u2028y"));
        assertEquals("half \uFFFD", Printable.line("half \ud83c"));
        assertEquals("\uFFFDc1", Printable.line("\u009bc1"));
    }

    @Test
    void keepsLinesAndTabsOfATextOnly() {
        assertEquals("a\n\tb\nc", Printable.text("a\n\tb\r\nc"));
        assertEquals("a\uFFFDb", Printable.text("a\rb"));
    }

    @Test
    void cutsAtTheLimitAndNotInsideACharacter() {
        assertEquals("abcde", Printable.cut("abcde", 5));
        assertEquals("abcd…", Printable.cut("abcdef", 5));
        assertEquals("\uD83C\uDF31…", Printable.cut("\uD83C\uDF31\uD83C\uDF31\uD83C\uDF31", 2));
    }
}
