package org.maunode.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TypoTest {
    @Test
    void countsLettersToChange() {
        assertEquals(0, Typo.distance("sync", "sync"));
        assertEquals(1, Typo.distance("sync", "snc"));
        assertEquals(1, Typo.distance("sync", "synch"));
        assertEquals(2, Typo.distance("friend", "fiend" + "s"));
        assertEquals(4, Typo.distance("", "sync"));
        assertEquals(4, Typo.distance("sync", ""));
    }
}
