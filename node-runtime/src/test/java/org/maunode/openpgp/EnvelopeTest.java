package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.OpenPgpException.Reason;

class EnvelopeTest {
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "", TIME);
    private static final byte[] SIGNED = Forge.signed(ANN, "x".getBytes(UTF_8));

    @Test
    void needsNothingBehindTheRecipients() {
        byte[] sealed = Forge.sealed(ANN, SIGNED);
        byte[] front = Arrays.copyOf(sealed, 98);
        assertEquals(Envelope.read(new ByteArrayInputStream(sealed)), Envelope.read(new ByteArrayInputStream(front)));
    }

    @Test
    void readsNoMoreThanABufferOfALargeMessage() {
        byte[] sealed = Forge.sealed(ANN, new byte[100_000]);
        InputStream in =
                new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(sealed, 512)), new InputStream() {
                    @Override
                    public int read() {
                        throw new AssertionError("the ciphertext was read");
                    }
                });
        assertEquals(1, Envelope.read(in).keyIds().size());
    }

    @Test
    void recognisesPublicMessages() {
        for (byte[] message : List.of(SIGNED, Forge.zipped(SIGNED))) {
            Envelope envelope = Envelope.read(new ByteArrayInputStream(message));
            assertFalse(envelope.sealed());
            assertTrue(envelope.isReadableBy(Set.of()));
        }
    }

    @Test
    void readsOldHeaders() {
        byte[] sealed = Forge.sealed(ANN, SIGNED);
        byte[] body = Arrays.copyOfRange(sealed, 2, 96);
        byte[] message = Forge.join(Forge.old(1, body), Arrays.copyOfRange(sealed, 96, sealed.length));
        assertEquals(Envelope.read(new ByteArrayInputStream(sealed)), Envelope.read(new ByteArrayInputStream(message)));
    }

    @Test
    void aHiddenRecipientMatchesNobody() {
        assertFalse(new Envelope(true, List.of(0L)).isReadableBy(Set.of(0L)));
        assertTrue(new Envelope(true, List.of(0L, 7L)).isReadableBy(Set.of(7L, 8L)));
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertReason(Reason.MALFORMED, () -> Envelope.read(InputStream.nullInputStream()));
        assertReason(Reason.ARMORED, () -> Envelope.read(new ByteArrayInputStream("-----BEGIN".getBytes(UTF_8))));
        assertReason(Reason.MALFORMED, () -> Envelope.read(new ByteArrayInputStream("{}".getBytes(UTF_8))));
        assertReason(Reason.NOT_SIGNED, () -> Envelope.read(new ByteArrayInputStream(Forge.literal(new byte[1]))));
        assertReason(
                Reason.MALFORMED,
                () -> Envelope.read(
                        new ByteArrayInputStream(ANN.publicIdentity().encoded())));
        assertReason(
                Reason.OVER_LIMIT, () -> Envelope.read(new ByteArrayInputStream(Forge.zipped(Forge.zipped(SIGNED)))));
    }

    @Test
    void saysWhenTheDiskFails() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }
        };
        assertThrows(UncheckedIOException.class, () -> Envelope.read(broken));
    }
}
