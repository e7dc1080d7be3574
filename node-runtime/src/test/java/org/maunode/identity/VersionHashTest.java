package org.maunode.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionHashTest {
    /** SHA-256 of no bytes, and its multihash as IPFS writes it. */
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String BASE58 = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n";

    @Test
    void readsEveryFormInUse() {
        VersionHash hash = VersionHash.of(HEX);
        assertEquals(hash, VersionHash.of(HEX.toUpperCase(Locale.ROOT)));
        assertEquals(hash, VersionHash.of(HEX + ".pgp"));
        assertEquals(hash, VersionHash.of(BASE58));
        assertEquals(hash, VersionHash.of(hash.bytes()));
        assertEquals(hash.hashCode(), VersionHash.of(BASE58).hashCode());
        assertEquals(HEX, VersionHash.of(BASE58).toString());
    }

    @Test
    void readsTheSpecificationsExample() {
        VersionHash hash = VersionHash.of("QmSmm69zA4TRuScgLuwd4Wd4VWxGAEuWYBnqxLXcBhrNoZ");
        assertEquals(64, hash.toString().length());
        assertNotEquals(VersionHash.of(HEX), hash);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".pgp",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.PGP",
                "../e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b",
                "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1",
                "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR10",
                "1111111111111111111111111111111111111111111111",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "S5WhdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR"
            })
    void refusesEverythingElse(String text) {
        assertThrows(InvalidNameException.class, () -> VersionHash.of(text));
    }

    @Test
    void refusesAnythingButThirtyTwoBytes() {
        assertThrows(InvalidNameException.class, () -> VersionHash.of(new byte[31]));
        assertThrows(InvalidNameException.class, () -> VersionHash.of(new byte[33]));
    }

    @Test
    void cannotBeChangedThroughItsBytes() {
        VersionHash hash = VersionHash.of(HEX);
        hash.bytes()[0] = 0;
        assertEquals(HEX, hash.toString());
    }
}
