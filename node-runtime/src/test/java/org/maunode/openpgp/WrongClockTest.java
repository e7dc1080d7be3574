package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;
import static org.maunode.openpgp.SealAndOpenTest.from;
import static org.maunode.openpgp.SealAndOpenTest.written;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.OpenPgpException.Reason;

/** CK-12, CK-16 and CK-17: times inside messages and keys, here and in gpg, which believes the system's clock. */
class WrongClockTest {
    private static final byte[] CONTENT = "21.4".getBytes(UTF_8);
    private static final Instant TODAY = Instant.now();
    private static final Instant IN_TEN_YEARS = TODAY.plusSeconds(3650L * 86_400);
    private static final int MAX = 1 << 20;

    private final SecretIdentity self = SecretIdentity.generate("Ann", "ann@example.org", TODAY.minusSeconds(60));
    private final Sealer sealer = new Sealer(self);
    private final Opener opener = new Opener(self);

    /** CK-12. */
    @Test
    void aSignatureFromTheFutureIsGoodHereAndInGpg() throws IOException {
        byte[] message = written(sealer.sign(from(CONTENT), IN_TEN_YEARS));
        assertArrayEquals(CONTENT, opener.open(message, self.publicIdentity(), MAX));
        try (Gpg gpg = Gpg.create()) {
            gpg.run(self.publicIdentity().encoded(), "--import");
            assertArrayEquals(CONTENT, gpg.run(message, "--decrypt"));
        }
    }

    /** CK-16: so no node may ever make one. */
    @Test
    void aSignatureOlderThanItsKeyIsRefusedHereAndInGpg() throws IOException {
        try (Gpg gpg = Gpg.create()) {
            String author = gpg.makeKey("Bob <bob@x.org>", "ed25519", "cv25519");
            String[] past = {"--faked-system-time", "20160101T000000!", "--ignore-time-conflict"};
            byte[] message = gpg.run(CONTENT, past[0], past[1], past[2], "-u", author, "-s");
            assertReason(Reason.UNUSABLE_KEY, () -> opener.open(message, gpg.export(author), MAX));
            Gpg.Result refused = gpg.attempt(message, "--decrypt");
            assertEquals(2, refused.code());
            assertTrue(refused.status().contains("newer than the signature"), refused.status());
        }
        assertReason(Reason.UNUSABLE_KEY, () -> sealer.sign(from(CONTENT), TODAY.minusSeconds(3600)));
    }

    /** CK-17: for whoever stands in the past, all friends come from the future. */
    @Test
    void whatIsSealedForAKeyFromTheFutureOpensThere() {
        SecretIdentity friend = SecretIdentity.generate("Bob", "bob@example.org", IN_TEN_YEARS);
        assertTrue(friend.publicIdentity().canReceiveAt(TODAY));
        byte[] message = written(sealer.seal(from(CONTENT), List.of(friend.publicIdentity()), TODAY));
        assertArrayEquals(CONTENT, new Opener(friend).open(message, self.publicIdentity(), MAX));
    }

    /** CK-17: a signature may run ahead of the clock, the end of a friend's key does not. */
    @Test
    void whetherAKeyHasEndedIsAskedOfTheClockAndNotOfTheSignature() throws IOException {
        try (Gpg gpg = Gpg.create()) {
            gpg.run(self.publicIdentity().encoded(), "--import");
            PublicIdentity friend = gpg.export(gpg.makeKeyUntil("2y", "Bob <bob@x.org>", "ed25519", "cv25519"));
            List<PublicIdentity> readers = List.of(friend);
            assertReason(Reason.UNUSABLE_KEY, () -> sealer.seal(from(CONTENT), readers, IN_TEN_YEARS));
            byte[] message = written(sealer.seal(from(CONTENT), readers, IN_TEN_YEARS, TODAY));
            assertArrayEquals(CONTENT, gpg.run(message, "--decrypt"));
        }
    }
}
