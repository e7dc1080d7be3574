package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.Forge.join;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;
import static org.maunode.openpgp.SealAndOpenTest.locked;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.openpgp.OpenPgpException.Reason;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

class SecretIdentityTest {
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "ann@x.org", TIME);
    private static final byte[] SECRET = secretWithLineEnds();
    private static final byte[] LITERAL = Forge.literal(SECRET);

    private static byte[] secretWithLineEnds() {
        byte[] secret = new byte[0];
        while (indexOf(secret, '\r') < 0 || indexOf(secret, '\n') < 0) {
            secret = new NewAccount(TIME).secretPackets("Ann".getBytes(UTF_8));
        }
        return secret;
    }

    private static int indexOf(byte[] bytes, char c) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(c);
    }

    private static SecretIdentity unlock(byte[] account) {
        return SecretIdentity.unlock(new ByteArrayInputStream(account), "pass".toCharArray());
    }

    /** An account as GnuPG makes it: the passphrase's key encrypts the data itself. */
    private static byte[] account(byte[] inside) {
        StringToKey cheap = new StringToKey(3, AlgorithmPolicy.SHA1, new byte[8], 0);
        byte[] key = cheap.key(AlgorithmPolicy.AES256, "pass".toCharArray());
        byte[] first = join(new byte[] {4, AlgorithmPolicy.AES256}, cheap.encoded());
        return join(
                Packets.of(Tag.PASSPHRASE, first),
                Forge.encrypted(new SessionKey(AlgorithmPolicy.AES256, key), inside));
    }

    @ParameterizedTest
    @CsvSource({
        "Ann,a@b.c,Ann,a@b.c",
        "Ann,'',Ann,''",
        "'',a@b.c,'',a@b.c",
        "'','','',''",
        "Jörg 𓃠,j@b.c,Jörg 𓃠,j@b.c"
    })
    void makesAccountsWithTheNamesItIsGiven(String name, String email, String shownName, String shownEmail) {
        PublicIdentity identity =
                SecretIdentity.generate(name, email, TIME.plusMillis(999)).publicIdentity();
        assertEquals(shownName, identity.name());
        assertEquals(shownEmail, identity.email());
        assertEquals(TIME, identity.created());
        assertTrue(identity.canReceive());
        assertTrue(identity.expires().isEmpty());
        assertTrue(identity.prefers(AlgorithmPolicy.AES256) && identity.prefers(AlgorithmPolicy.AES128));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(b", "a)b", "a<b", "a>b", "a\u0000b", "a\nb", "a\u202eb", "\ud800"})
    void refusesNamesThatNoUserIdHolds(String name) {
        assertReason(Reason.MALFORMED, () -> SecretIdentity.generate(name, "", TIME));
        assertReason(Reason.MALFORMED, () -> SecretIdentity.generate("", name, TIME));
    }

    @Test
    void makesKeysFrom1970To2106() {
        Instant last = Instant.ofEpochSecond(0xffffffffL);
        assertEquals(
                last, SecretIdentity.generate("", "", last).publicIdentity().created());
        assertEquals(
                Instant.EPOCH,
                SecretIdentity.generate("", "", Instant.EPOCH).publicIdentity().created());
        assertReason(Reason.UNUSABLE_KEY, () -> SecretIdentity.generate("", "", last.plusSeconds(1)));
        assertReason(Reason.UNUSABLE_KEY, () -> SecretIdentity.generate("", "", Instant.ofEpochSecond(-1)));
    }

    @Test
    void writesWhatTheGoPeerReads() {
        byte[] account = locked(ANN, "pass");
        byte[] front = {(byte) 0xc3, 46, 4, AlgorithmPolicy.AES256, 3, AlgorithmPolicy.SHA256};
        assertArrayEquals(front, Arrays.copyOf(account, front.length));
        assertEquals((byte) 0xe0, account[14], "iterations");
        assertEquals((byte) (0xc0 | Tag.SEALED.number()), account[48]);
        assertEquals(ANN.publicIdentity(), unlock(account).publicIdentity());
    }

    @Test
    void neverWritesAnAccountUnderNoPassphrase() {
        assertReason(Reason.WRONG_PASSPHRASE, () -> locked(ANN, ""));
    }

    @Test
    void opensAllFormsOfTheEnvelope() {
        assertDoesNotThrow(() -> unlock(account(LITERAL)));
        assertDoesNotThrow(() -> unlock(account(Forge.zipped(LITERAL))));
        assertDoesNotThrow(() -> unlock(SECRET));
    }

    /** The key holds the octets of both line ends, and mending them would ruin it. */
    @Test
    void keepsEveryOctet() {
        SecretIdentity opened = unlock(account(LITERAL));
        assertEquals(PublicIdentity.parse(SECRET), opened.publicIdentity());
        byte[] text = LITERAL.clone();
        text[text.length - SECRET.length - 6] = 'u';
        assertDoesNotThrow(() -> unlock(account(text)));
    }

    @Test
    void tellsAWrongPassphraseFromABrokenFile() {
        byte[] account = account(LITERAL);
        assertReason(
                Reason.WRONG_PASSPHRASE,
                () -> SecretIdentity.unlock(new ByteArrayInputStream(account), "other".toCharArray()));
        byte[] broken = account.clone();
        broken[broken.length - 1] ^= 1;
        assertReason(Reason.TAMPERED, () -> unlock(broken));
        assertReason(Reason.MALFORMED, () -> unlock(Arrays.copyOf(account, account.length - 1)));
        assertReason(Reason.MALFORMED, () -> unlock(join(account, new byte[] {(byte) 0xcb, 0})));
        assertReason(Reason.MALFORMED, () -> unlock(new byte[0]));
        assertReason(Reason.MALFORMED, () -> unlock("garbage".getBytes(UTF_8)));
        assertReason(Reason.MALFORMED, () -> unlock(account(join(LITERAL, LITERAL))));
        assertReason(Reason.OVER_LIMIT, () -> unlock(account(Forge.zipped(Forge.zipped(LITERAL)))));
        assertReason(Reason.UNSUPPORTED, () -> unlock(account(SECRET)));
    }

    @Test
    void refusesAnAccountWithoutItsSecret() {
        assertReason(Reason.UNUSABLE_KEY, () -> unlock(ANN.publicIdentity().encoded()));
    }

    @Test
    void refusesASecretThatBelongsToAnotherKey() {
        byte[] other = new NewAccount(TIME).secretPackets("Ann".getBytes(UTF_8));
        byte[] mixed = SECRET.clone();
        int seed = 2 + 51 + 1;
        System.arraycopy(other, seed, mixed, seed, 36);
        assertReason(Reason.UNUSABLE_KEY, () -> unlock(mixed));
    }

    @Test
    void refusesACheckThatDoesNotHold() {
        byte[] changed = SECRET.clone();
        changed[2 + 51 + 1 + 3] ^= 1;
        OpenPgpException e = Assertions.assertThrows(OpenPgpException.class, () -> unlock(changed));
        assertFalse(e.reason() == Reason.WRONG_PASSPHRASE, "there was none to be wrong");
    }

    @Test
    void itsTlsKeysSignAndVerify() throws Exception {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(ANN.tlsPrivateKey());
        signer.update(SECRET);
        byte[] signature = signer.sign();
        signer.initVerify(ANN.tlsPublicKey());
        signer.update(SECRET);
        assertTrue(signer.verify(signature));
        assertEquals(
                ANN.fingerprint(), KeyFingerprints.of(ANN.tlsPublicKey(), TIME).orElseThrow());
    }

    @Test
    void neverPrintsASecret() {
        assertEquals(ANN.fingerprint().toString(), ANN.toString());
        assertFalse(ANN.signer().toString().contains("["));
    }
}
