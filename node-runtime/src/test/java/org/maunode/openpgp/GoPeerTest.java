package org.maunode.openpgp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.identity.Fingerprint;

/** What the vectors' README asks of a good peer. */
class GoPeerTest {
    private static final int MAX = 1 << 20;
    private final SecretIdentity alice = GoPeer.alice();
    private final SecretIdentity bob = GoPeer.bob();

    @Test
    void opensBothAccounts() {
        assertEquals(GoPeer.ALICE, alice.fingerprint().toString());
        assertEquals("Alice Example", alice.publicIdentity().name());
        assertEquals("alice@example.org", alice.publicIdentity().email());
        assertEquals(GoPeer.BOB, bob.fingerprint().toString());
        assertTrue(bob.publicIdentity().canReceive());
    }

    @ParameterizedTest
    @CsvSource({"alice," + GoPeer.BOB, "bob," + GoPeer.ALICE})
    void readsTheFriendFiles(String owner, String friend) {
        SecretIdentity self = owner.equals("alice") ? alice : bob;
        byte[] key =
                new Opener(self).open(GoPeer.bytes(owner + "/.mau/" + friend + ".pgp"), self.publicIdentity(), MAX);
        assertEquals(friend, PublicIdentity.parse(key).fingerprint().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "alice/hello.json.pgp.versions/ac133e1df20184af23541f21c4f2633baf8f047693d14ac039b687a1a46b04b2,plain-hello-first.json",
        "bob/hello.json.pgp,plain-hello-second.json",
        "bob/photo.bin.pgp,plain-photo.bin"
    })
    void opensAlicesFilesWithBobsKey(String sealed, String plain) throws IOException {
        Path file = GoPeer.file(sealed.replace("/hello", "/" + GoPeer.ALICE + "/hello")
                .replace("/photo", "/" + GoPeer.ALICE + "/photo"));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        VerifiedMessage message = new Opener(bob).open(file, alice.publicIdentity(), content);
        assertArrayEquals(GoPeer.bytes(plain), content.toByteArray());
        assertEquals(alice.fingerprint(), message.author());
        assertEquals(2, message.envelope().keyIds().size());
    }

    @Test
    void readsTheExportedKeys() {
        assertEquals(alice.publicIdentity(), PublicIdentity.parse(GoPeer.bytes("alice.asc")));
        assertEquals(bob.publicIdentity(), PublicIdentity.parse(GoPeer.bytes("bob.asc")));
    }

    /** By hand, as both certificate factories at hand refuse an empty issuer. */
    @Test
    void computesAlicesFingerprintFromHerCertificateAlone() throws Exception {
        ASN1Sequence certificate = ASN1Sequence.getInstance(GoPeer.bytes("alice-cert.der"));
        ASN1Sequence signed = ASN1Sequence.getInstance(certificate.getObjectAt(0));
        ASN1Sequence validity = ASN1Sequence.getInstance(signed.getObjectAt(4));
        Instant notBefore = Time.getInstance(validity.getObjectAt(0)).getDate().toInstant();
        byte[] spki = signed.getObjectAt(6).toASN1Primitive().getEncoded();
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        assertEquals(
                Fingerprint.of(GoPeer.ALICE), KeyFingerprints.of(key, notBefore).orElseThrow());
        assertEquals(notBefore, alice.publicIdentity().created());
    }

    @Test
    void tellsTheRecipientsWithoutAKey() {
        Envelope envelope =
                Envelope.read(new ByteArrayInputStream(GoPeer.bytes("bob/" + GoPeer.ALICE + "/photo.bin.pgp")));
        assertEquals(List.of(0xF59CE9160620785CL, 0x8D28E1DF16A7446BL), envelope.keyIds());
        assertTrue(envelope.isReadableBy(bob.publicIdentity().keyIds()));
    }
}
