package org.maunode.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"a.pgp", "hello.json.pgp", ".hidden.pgp", "...a.pgp", "with space.pgp", "grüße-𓃠.pgp", "-rf.pgp"
            })
    void acceptsFlatPrintableNames(String name) {
        assertTrue(FileName.isWellFormed(name));
        assertEquals(name, new FileName(name).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".pgp",
                "..pgp",
                "...pgp",
                "a",
                "a.PGP",
                "a.pgp.versions",
                "a/b.pgp",
                "../a.pgp",
                "a\\b.pgp",
                "a\u0000.pgp",
                "a\n.pgp",
                "a\u007f.pgp",
                "a\u0085.pgp",
                "a\u202e.pgp",
                "a\u200b.pgp",
                "a\u2028.pgp",
                "a\ud800.pgp",
                ".mau-tmp-1.pgp"
            })
    void refusesNamesThatLeaveTheDirectoryOrLie(String name) {
        assertFalse(FileName.isWellFormed(name));
        assertThrows(InvalidNameException.class, () -> new FileName(name));
    }

    @ParameterizedTest
    @CsvSource({"hello.json,hello.json.pgp", "hello.pgp,hello.pgp", "x.PGP,x.PGP.pgp"})
    void publishesUnderOneSuffix(String name, String published) {
        assertEquals(published, FileName.published(name).value());
    }

    @Test
    void takes240BytesAndNotOneMore() {
        String longest = "ü".repeat(118) + ".pgp";
        assertTrue(FileName.isWellFormed(longest));
        assertFalse(FileName.isWellFormed("x" + longest));
    }

    @Test
    void knowsItsContentAndItsVersions() {
        FileName name = new FileName("hello.json.pgp");
        assertEquals("hello.json", name.contentName());
        assertEquals("hello.json.pgp.versions", name.versionsDirectory());
    }

    @Test
    void sortsByItsText() {
        assertTrue(new FileName("a.pgp").compareTo(new FileName("b.pgp")) < 0);
    }
}
