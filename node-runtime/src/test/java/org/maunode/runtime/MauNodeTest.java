package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.clock.NodeClock;
import org.maunode.store.Account;

class MauNodeTest {
    private static final char[] PASSPHRASE = "board".toCharArray();

    @TempDir
    private Path place;

    private NodeOptions options(String... words) {
        List<String> all = new ArrayList<>(List.of("--home=" + place.resolve("home")));
        all.addAll(List.of(words));
        return NodeOptions.parse(all);
    }

    /** Whatever the system says: in 1970 that would be a key that no later clock believes. */
    @Test
    void theFirstKeyIsAsOldAsTheNodesOwnClockSays() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Account made = MauNode.newAccount(options("--name=board"), PASSPHRASE, () -> now);
        assertEquals(now, made.identity().publicIdentity().created());
        assertEquals(
                now,
                Account.open(made.root(), PASSPHRASE)
                        .identity()
                        .publicIdentity()
                        .created());
    }

    @Test
    void aHomeThatIsNotThereHasATimeAndIsNotMadeByAskingForIt() {
        Path home = place.resolve("home");
        assertTrue(NodeClock.start(home.resolve(".mau-node").resolve("clock"))
                .instant()
                .isAfter(Instant.parse("2020-01-01T00:00:00Z")));
        assertFalse(home.toFile().exists());
    }

    @Test
    void aNameThatIsNoneIsNamed() {
        UsageException refused = assertThrows(
                UsageException.class,
                () -> MauNode.newAccount(
                        options("--name=a<b"), PASSPHRASE, () -> Instant.EPOCH.plusSeconds(1_800_000_000)));
        assertTrue(refused.getMessage().startsWith("--name a<b: "), refused.getMessage());
    }
}
