package org.maunode.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final String ALICE = "caeb72ddee0703e1b0d0334f88afa037955d532a";

    @Test
    void readsEitherCaseAndWritesLowerCase() {
        Fingerprint upper = Fingerprint.of(ALICE.toUpperCase(Locale.ROOT));
        assertEquals(ALICE, upper.toString());
        assertEquals(Fingerprint.of(ALICE), upper);
        assertEquals(Fingerprint.of(ALICE).hashCode(), upper.hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "caeb",
                "caeb72ddee0703e1b0d0334f88afa037955d532",
                "caeb72ddee0703e1b0d0334f88afa037955d532a0",
                "caeb72ddee0703e1b0d0334f88afa037955d532g",
                " aeb72ddee0703e1b0d0334f88afa037955d532a",
                "caeb72ddee0703e1b0d0334f88afa037955d532\u0661",
                "caeb72ddee0703e1b0d0334f88afa037955d532a98765432caeb72ddee070312"
            })
    void refusesWhatIsNot40HexadecimalDigits(String text) {
        assertThrows(InvalidNameException.class, () -> Fingerprint.of(text));
        assertFalse(Fingerprint.isWellFormed(text));
    }

    @Test
    void refusesAnythingButTwentyBytes() {
        assertThrows(InvalidNameException.class, () -> Fingerprint.of(new byte[19]));
        assertThrows(InvalidNameException.class, () -> Fingerprint.of(new byte[21]));
        assertEquals("00".repeat(20), Fingerprint.of(new byte[20]).toString());
    }

    @Test
    void itsKeyIdIsTheLastEightBytes() {
        assertEquals(0x88afa037955d532aL, Fingerprint.of(ALICE).keyId());
    }

    @Test
    void cannotBeChangedThroughItsBytes() {
        byte[] bytes = Fingerprint.of(ALICE).bytes();
        Fingerprint fingerprint = Fingerprint.of(bytes);
        bytes[0] = 0;
        fingerprint.bytes()[1] = 0;
        assertEquals(ALICE, fingerprint.toString());
        assertArrayEquals(Fingerprint.of(ALICE).bytes(), fingerprint.bytes());
    }

    @Test
    void sortsAsItsTextSorts() {
        Fingerprint low = Fingerprint.of("7f" + "0".repeat(38));
        Fingerprint high = Fingerprint.of("80" + "0".repeat(38));
        assertTrue(low.compareTo(high) < 0);
        assertEquals(0, low.compareTo(Fingerprint.of(low.toString())));
        assertNotEquals(low, high);
    }

    @Test
    void aRefusalShowsNeitherControlCharactersNorEndlessText() {
        var e = assertThrows(InvalidNameException.class, () -> Fingerprint.of("a\nb\u202e\u2028" + "x".repeat(1000)));
        assertTrue(e.getMessage().startsWith("fingerprint \"a?b??xxx"), e.getMessage());
        assertTrue(e.getMessage().length() < 160);
    }
}
