package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.Forge.TIME;
import static org.maunode.openpgp.Forge.join;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.Digest;
import org.junit.jupiter.api.Test;
import org.maunode.openpgp.OpenPgpException.Reason;

/** Keys put together packet by packet: what binds, what does not. */
class PublicIdentityTest {
    private static final int SHA256 = AlgorithmPolicy.SHA256;
    private static final Instant CREATED = Instant.parse("2018-05-06T07:08:09Z");
    private static final SecretIdentity ANN = SecretIdentity.generate("Ann", "", CREATED);
    private static final SecretIdentity BEN = SecretIdentity.generate("Ben", "", CREATED);
    private static final SecretPart PRIMARY = ANN.signer();
    private static final SecretPart SIGNER = BEN.signer();
    private static final KeyMaterial RECIPIENT =
            BEN.publicIdentity().recipient(TIME).orElseThrow().material();
    private static final Subpacket CERTIFIES = Subpacket.of(Subpacket.KEY_FLAGS, 0x01);
    private static final Subpacket CERTIFIES_AND_SIGNS = Subpacket.of(Subpacket.KEY_FLAGS, 0x03);
    private static final Subpacket SIGNS = Subpacket.of(Subpacket.KEY_FLAGS, 0x02);
    private static final Subpacket RECEIVES = Subpacket.of(Subpacket.KEY_FLAGS, 0x0c);
    private static final byte[] KEY = Packets.of(Tag.PUBLIC_KEY, PRIMARY.key().body());
    private static final byte[] NAMED = join(KEY, name("Ann", CREATED, CERTIFIES_AND_SIGNS));

    private static List<Subpacket> statements(SecretPart signer, Instant made, Subpacket... more) {
        List<Subpacket> all = new ArrayList<>(List.of(
                Subpacket.ofTime(Subpacket.CREATED, made.getEpochSecond()),
                Subpacket.ofKeyId(signer.key().keyId())));
        all.addAll(Arrays.asList(more));
        return all;
    }

    private static byte[] name(String name, Instant made, Subpacket... more) {
        return join(userId(name), certification(name, Signature.POSITIVE_CERTIFICATION, SHA256, made, more));
    }

    private static byte[] userId(String name) {
        return Packets.of(Tag.USER_ID, name.getBytes(UTF_8));
    }

    private static byte[] certification(String name, int type, int hash, Instant made, Subpacket... more) {
        Digest digest = AlgorithmPolicy.digest(hash);
        PRIMARY.key().hashInto(digest);
        SelfSignatures.hashUserId(name.getBytes(UTF_8), digest);
        return packet(Signature.make(type, hash, PRIMARY, statements(PRIMARY, made, more), digest));
    }

    private static byte[] subkey(KeyMaterial key, SecretPart signer, int type, Subpacket... more) {
        return join(Packets.of(Tag.PUBLIC_SUBKEY, key.body()), packet(binding(key, signer, type, more)));
    }

    private static Signature binding(KeyMaterial key, SecretPart signer, int type, Subpacket... more) {
        Digest digest = AlgorithmPolicy.digest(SHA256);
        PRIMARY.key().hashInto(digest);
        key.hashInto(digest);
        return Signature.make(type, SHA256, signer, statements(signer, CREATED, more), digest);
    }

    private static byte[] direct(int type, Subpacket... more) {
        Digest digest = AlgorithmPolicy.digest(SHA256);
        PRIMARY.key().hashInto(digest);
        return packet(Signature.make(type, SHA256, PRIMARY, statements(PRIMARY, CREATED, more), digest));
    }

    private static byte[] packet(Signature signature) {
        return Packets.of(Tag.SIGNATURE, signature.body());
    }

    private static PublicIdentity parse(byte[]... packets) {
        return PublicIdentity.parse(join(packets));
    }

    @Test
    void readsAKeyWithNothingButAName() {
        PublicIdentity ann = parse(NAMED);
        assertEquals(ANN.fingerprint(), ann.fingerprint());
        assertEquals(CREATED, ann.created());
        assertEquals(Set.of(ANN.fingerprint().keyId()), ann.keyIds());
        assertFalse(ann.canReceive());
    }

    @Test
    void refusesAKeyThatVouchesForNoName() {
        assertReason(Reason.UNUSABLE_KEY, () -> parse(KEY));
        assertReason(Reason.UNUSABLE_KEY, () -> parse(KEY, userId("Ann")));
    }

    @Test
    void refusesAKeyWhoseOwnWordIsFalse() {
        byte[] forAnotherName = certification("Bob", Signature.POSITIVE_CERTIFICATION, SHA256, CREATED);
        assertReason(Reason.TAMPERED, () -> parse(KEY, userId("Ann"), forAnotherName));
    }

    @Test
    void readsTheNameThatIsPrimaryOrElseTheNewest() {
        byte[] older = name("Older", CREATED, CERTIFIES_AND_SIGNS);
        byte[] newer = name("Newer", CREATED.plusSeconds(1), CERTIFIES_AND_SIGNS);
        byte[] primary = name("Primary", CREATED, CERTIFIES_AND_SIGNS, Subpacket.of(Subpacket.PRIMARY_USER_ID, 1));
        assertEquals("Newer", parse(KEY, newer, older).name());
        assertEquals("Primary", parse(KEY, newer, primary, older).name());
    }

    @Test
    void aRevokedNameIsNoneUntilItIsGivenAgain() {
        byte[] revocation = certification("Ann", Signature.USER_ID_REVOCATION, SHA256, CREATED.plusSeconds(1));
        byte[] again = certification(
                "Ann", Signature.POSITIVE_CERTIFICATION, SHA256, CREATED.plusSeconds(2), CERTIFIES_AND_SIGNS);
        assertReason(Reason.UNUSABLE_KEY, () -> parse(NAMED, revocation));
        assertEquals("Ann", parse(NAMED, revocation, again).name());
    }

    @Test
    void aRevokedKeyIsRefused() {
        byte[] name = name("Ann", CREATED, CERTIFIES_AND_SIGNS);
        assertReason(Reason.UNUSABLE_KEY, () -> parse(KEY, direct(Signature.KEY_REVOCATION), name));
    }

    @Test
    void flagsMayStandInADirectSignature() {
        PublicIdentity ann = parse(KEY, direct(Signature.DIRECT, CERTIFIES_AND_SIGNS), name("Ann", CREATED));
        assertTrue(ann.primary().isSigner());
        assertFalse(parse(KEY, name("Ann", CREATED)).primary().isSigner());
    }

    @Test
    void readsAnEncryptionSubkeyThatIsBound() {
        PublicIdentity ann = parse(NAMED, subkey(RECIPIENT, PRIMARY, Signature.SUBKEY_BINDING, RECEIVES));
        assertTrue(ann.canReceive());
        assertEquals(Set.of(ANN.fingerprint().keyId(), RECIPIENT.keyId()), ann.keyIds());
    }

    @Test
    void refusesASubkeyThatIsNotBound() {
        assertReason(Reason.UNUSABLE_KEY, () -> parse(NAMED, Packets.of(Tag.PUBLIC_SUBKEY, RECIPIENT.body())));
        byte[] bensBinding = subkey(RECIPIENT, SIGNER, Signature.SUBKEY_BINDING, RECEIVES);
        assertFalse(parse(NAMED, bensBinding).canReceive(), "bound by somebody else");
        byte[] changed = subkey(RECIPIENT, PRIMARY, Signature.SUBKEY_BINDING, RECEIVES);
        changed[changed.length - 1] ^= 1;
        assertReason(Reason.TAMPERED, () -> parse(NAMED, changed));
    }

    @Test
    void aRevokedSubkeyReceivesNothingNewAndStaysInTheListOfIds() {
        byte[] revocation = packet(binding(RECIPIENT, PRIMARY, Signature.SUBKEY_REVOCATION));
        PublicIdentity ann = parse(NAMED, subkey(RECIPIENT, PRIMARY, Signature.SUBKEY_BINDING, RECEIVES), revocation);
        assertFalse(ann.canReceive());
        assertTrue(ann.keyIds().contains(RECIPIENT.keyId()));
    }

    @Test
    void aSubkeyExpires() {
        Subpacket hour = Subpacket.ofTime(Subpacket.KEY_EXPIRES, 3600);
        PublicIdentity ann = parse(NAMED, subkey(RECIPIENT, PRIMARY, Signature.SUBKEY_BINDING, RECEIVES, hour));
        assertTrue(ann.canReceiveAt(CREATED.minusSeconds(1)), "a clock in the past keeps nothing from a friend");
        assertTrue(ann.canReceiveAt(CREATED));
        assertTrue(ann.canReceiveAt(CREATED.plusSeconds(3599)));
        assertFalse(ann.canReceiveAt(CREATED.plusSeconds(3600)));
    }

    @Test
    void rejectsAFileSignedByASubkeyWithoutCrossSignature() {
        PublicIdentity ann = parse(NAMED, subkey(SIGNER.key(), PRIMARY, Signature.SUBKEY_BINDING, SIGNS));
        byte[] message = Forge.signed(BEN, new byte[1]);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(ANN).open(message, ann, 1));
    }

    @Test
    void acceptsAFileSignedByASubkeyWithCrossSignature() {
        PublicIdentity ann =
                parse(NAMED, subkey(SIGNER.key(), PRIMARY, Signature.SUBKEY_BINDING, SIGNS, embedded(SIGNER)));
        assertArrayEquals(new byte[1], new Opener(ANN).open(Forge.signed(BEN, new byte[1]), ann, 1));
    }

    @Test
    void rejectsACrossSignatureThatIsFalse() {
        byte[] body = binding(SIGNER.key(), SIGNER, Signature.BACK_SIGNATURE).body();
        body[body.length - 1] ^= 1;
        Subpacket wrong = new Subpacket(Subpacket.EMBEDDED_SIGNATURE, false, body);
        assertReason(
                Reason.TAMPERED,
                () -> parse(NAMED, subkey(SIGNER.key(), PRIMARY, Signature.SUBKEY_BINDING, SIGNS, wrong)));
        PublicIdentity ann =
                parse(NAMED, subkey(SIGNER.key(), PRIMARY, Signature.SUBKEY_BINDING, SIGNS, embedded(PRIMARY)));
        byte[] message = Forge.signed(BEN, new byte[1]);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(ANN).open(message, ann, 1));
    }

    private static Subpacket embedded(SecretPart by) {
        return new Subpacket(
                Subpacket.EMBEDDED_SIGNATURE,
                false,
                binding(SIGNER.key(), by, Signature.BACK_SIGNATURE).body());
    }

    @Test
    void rejectsAFileSignedByASubkeyThatMayOnlyReceive() {
        byte[] flagged = subkey(SIGNER.key(), PRIMARY, Signature.SUBKEY_BINDING, RECEIVES, embedded(SIGNER));
        byte[] message = Forge.signed(BEN, new byte[1]);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(ANN).open(message, parse(NAMED, flagged), 1));
    }

    @Test
    void rejectsAFileSignedByAPrimaryKeyThatMayOnlyCertify() {
        PublicIdentity ann = parse(KEY, name("Ann", CREATED, CERTIFIES));
        byte[] message = Forge.signed(ANN, new byte[1]);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(ANN).open(message, ann, 1));
    }

    @Test
    void rejectsAFileSignedAfterTheKeyHadExpired() {
        Subpacket day = Subpacket.ofTime(Subpacket.KEY_EXPIRES, 86_400);
        PublicIdentity ann = parse(KEY, name("Ann", CREATED, CERTIFIES_AND_SIGNS, day));
        assertEquals(CREATED.plusSeconds(86_400), ann.expires().orElseThrow());
        byte[] message = Forge.signed(ANN, new byte[1]);
        assertReason(Reason.UNUSABLE_KEY, () -> new Opener(ANN).open(message, ann, 1));
    }

    @Test
    void believesSha1AboutOldKeysOnly() {
        int sha1 = AlgorithmPolicy.SHA1;
        Instant end = AlgorithmPolicy.SHA1_SELF_SIGNATURES_END;
        byte[] last =
                certification("Ann", Signature.POSITIVE_CERTIFICATION, sha1, end.minusSeconds(1), CERTIFIES_AND_SIGNS);
        assertEquals("Ann", parse(KEY, userId("Ann"), last).name());
        byte[] late = certification("Ann", Signature.POSITIVE_CERTIFICATION, sha1, end, CERTIFIES_AND_SIGNS);
        assertReason(Reason.UNUSABLE_KEY, () -> parse(KEY, userId("Ann"), late));
    }

    @Test
    void refusesAKeyThatSaysSomethingCriticalThatNobodyUnderstands() {
        byte[] name = name("Ann", CREATED, CERTIFIES_AND_SIGNS, new Subpacket(99, true, new byte[1]));
        assertReason(Reason.UNSUPPORTED, () -> parse(KEY, name));
    }

    @Test
    void readsTheFirstOfTwoKeysAndNoKeyThatIsCutByAChangedType() {
        byte[] ben = BEN.publicIdentity().encoded();
        assertEquals(ANN.fingerprint(), parse(NAMED, ben).fingerprint());
        byte[] changed = subkey(RECIPIENT, PRIMARY, Signature.SUBKEY_BINDING, RECEIVES);
        changed[0] = (byte) (0xc0 | Tag.PUBLIC_KEY.number());
        assertReason(Reason.MALFORMED, () -> parse(NAMED, changed));
    }

    @Test
    void leavesOutForeignSubkeysAndPicturesButNotUnbound() {
        byte[] foreign = {4, 0, 0, 0, 1, 19, 1, 2, 3};
        byte[] picture = Packets.of(Tag.USER_ATTRIBUTE, new byte[40]);
        byte[] unbound = Packets.of(Tag.PUBLIC_SUBKEY, foreign);
        assertArrayEquals(parse(NAMED).encoded(), parse(NAMED, picture, unbound).encoded());
    }

    @Test
    void keepsOnlyThePublicPartOfASecretKey() {
        byte[] secret = new NewAccount(CREATED).secretPackets("Ann".getBytes(UTF_8));
        PublicIdentity identity = PublicIdentity.parse(secret);
        assertEquals(identity, PublicIdentity.parse(identity.encoded()));
        assertTrue(identity.encoded().length < secret.length - 64);
    }

    @Test
    void writesArmorThatItReads() {
        PublicIdentity ann = ANN.publicIdentity();
        assertTrue(ann.armored().endsWith("-----END PGP PUBLIC KEY BLOCK-----\n"));
        assertTrue(ann.armored().lines().allMatch(line -> line.length() <= 64));
        assertEquals(ann, PublicIdentity.parse(ann.armored().getBytes(UTF_8)));
        assertEquals(
                ann, PublicIdentity.parse(("Hello,\nmy key:\n" + ann.armored().replace("\n", "\r\n")).getBytes(UTF_8)));
    }

    @Test
    void refusesWhatIsNoKey() {
        assertReason(Reason.MALFORMED, () -> PublicIdentity.parse(new byte[0]));
        assertReason(Reason.MALFORMED, () -> PublicIdentity.parse("not a key".getBytes(UTF_8)));
        assertReason(Reason.MALFORMED, () -> parse(Forge.signed(ANN, new byte[1])));
        byte[] version6 = {6, 0, 0, 0, 1, 27, 0};
        assertReason(Reason.UNSUPPORTED, () -> parse(Packets.of(Tag.PUBLIC_KEY, version6)));
        byte[] ecdsa = {4, 0, 0, 0, 1, 19, 0};
        assertReason(Reason.UNSUPPORTED, () -> parse(Packets.of(Tag.PUBLIC_KEY, ecdsa)));
        assertReason(Reason.MALFORMED, () -> parse(Packets.of(Tag.PUBLIC_KEY, RECIPIENT.body())));
    }
}
