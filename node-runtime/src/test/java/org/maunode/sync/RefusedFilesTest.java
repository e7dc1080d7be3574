package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.sync.RefusedFiles.Refused;

class RefusedFilesTest {
    private static final Fingerprint AUTHOR = Fingerprint.of("00112233445566778899aabbccddeeff00112233");
    private static final Fingerprint RELAY = Fingerprint.of("ff112233445566778899aabbccddeeff00112233");

    private static Refused hash(int number) {
        return new Refused(
                AUTHOR,
                RELAY,
                VersionHash.of(
                        ByteBuffer.allocate(VersionHash.LENGTH).putInt(number).array()));
    }

    /** KC-34. */
    @Test
    void whatOnePeerSentSaysNothingOfAnother() {
        RefusedFiles refused = new RefusedFiles();
        refused.add(hash(1));
        assertFalse(refused.contains(new Refused(AUTHOR, AUTHOR, hash(1).sum())));
        assertFalse(refused.contains(new Refused(RELAY, RELAY, hash(1).sum())));
        assertTrue(refused.contains(hash(1)));
    }

    @Test
    void asManyAsTheLimitAreRememberedAndOneMorePushesTheOldestOut() {
        RefusedFiles refused = new RefusedFiles();
        for (int i = 0; i < RefusedFiles.MAX; i++) {
            refused.add(hash(i));
        }
        assertTrue(refused.contains(hash(0)));
        refused.add(hash(RefusedFiles.MAX));
        assertFalse(refused.contains(hash(0)));
        assertTrue(refused.contains(hash(1)));
        assertTrue(refused.contains(hash(RefusedFiles.MAX)));
    }
}
