package org.maunode.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.maunode.identity.VersionHash;

class RefusedFilesTest {
    private static VersionHash hash(int number) {
        return VersionHash.of(
                ByteBuffer.allocate(VersionHash.LENGTH).putInt(number).array());
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
