package org.maunode.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.openpgp.SealAndOpenTest.assertReason;
import static org.maunode.openpgp.SealAndOpenTest.from;
import static org.maunode.openpgp.SealAndOpenTest.locked;
import static org.maunode.openpgp.SealAndOpenTest.written;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.openpgp.OpenPgpException.Reason;

/** What GnuPG writes opens here, and what is written here opens there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpgTest {
    private static final String PASSPHRASE = "gpg passphrase";
    private static final int MAX = 1 << 20;
    private static final byte[] CONTENT = content();
    private final SecretIdentity self = SecretIdentity.generate("Ann", "ann@example.org", Instant.now());
    private final Sealer sealer = new Sealer(self);
    private final Opener opener = new Opener(self);
    private Gpg gpg;
    private Map<String, String> fingerprints;

    private static byte[] content() {
        byte[] noise = new byte[20_000];
        new Random(4).nextBytes(noise);
        return (new String(noise, StandardCharsets.ISO_8859_1) + "text ".repeat(9000)).getBytes(UTF_8);
    }

    @BeforeAll
    void makeKeys() throws IOException {
        gpg = Gpg.create();
        fingerprints = Map.of(
                "ed25519", gpg.makeKey("Ed <ed@x.org>", "ed25519", "cv25519"),
                "rsa2048", gpg.makeKey("Rob <rob@x.org>", "rsa2048", "rsa2048"),
                "rsa4096", gpg.makeKey("Ros <ros@x.org>", "rsa4096", "rsa2048"),
                "locked", gpg.makeKey("Lo <lo@x.org>", "ed25519", "cv25519", "--passphrase", PASSPHRASE));
        gpg.run(self.publicIdentity().armored().getBytes(UTF_8), "--import");
    }

    @AfterAll
    void endAgent() throws IOException {
        if (gpg != null) {
            gpg.close();
        }
    }

    static Stream<String> keys() {
        return Stream.of("ed25519", "rsa2048", "rsa4096");
    }

    private static Stream<List<String>> keysAndCompressions() {
        return keys().flatMap(k -> Stream.of("none", "zip", "zlib", "bzip2").map(c -> List.of(k, c)));
    }

    @ParameterizedTest
    @MethodSource("keysAndCompressions")
    void opensWhatGpgSealed(List<String> keyAndCompression) {
        String author = fingerprints.get(keyAndCompression.getFirst());
        byte[] message = gpg.run(
                CONTENT,
                "-u",
                author,
                "-r",
                "ann@example.org",
                "-r",
                author,
                "--compress-algo",
                keyAndCompression.getLast(),
                "-s",
                "-e");
        assertArrayEquals(CONTENT, opener.open(message, gpg.export(author), MAX));
        assertTrue(Envelope.read(new ByteArrayInputStream(message))
                .isReadableBy(self.publicIdentity().keyIds()));
    }

    @ParameterizedTest
    @MethodSource("keysAndCompressions")
    void opensWhatGpgSigned(List<String> keyAndCompression) {
        String author = fingerprints.get(keyAndCompression.getFirst());
        byte[] message = gpg.run(CONTENT, "-u", author, "--compress-algo", keyAndCompression.getLast(), "-s");
        assertArrayEquals(CONTENT, opener.open(message, gpg.export(author), MAX));
        assertFalse(Envelope.read(new ByteArrayInputStream(message)).sealed());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void gpgOpensAndVerifiesWhatWasSealed(String key) {
        PublicIdentity friend = gpg.export(fingerprints.get(key));
        byte[] message = written(sealer.seal(from(CONTENT), List.of(friend), Instant.now()));
        Gpg.Result result = gpg.attempt(message, "-d");
        assertArrayEquals(CONTENT, result.out(), result.status());
        assertTrue(
                result.status()
                        .contains("VALIDSIG " + self.fingerprint().toString().toUpperCase(Locale.ROOT)),
                result.status());
        assertFalse(result.status().contains("WARNING"), result.status());
    }

    @Test
    void gpgVerifiesWhatWasSigned() {
        Gpg.Result result = gpg.attempt(written(sealer.sign(from(CONTENT), Instant.now())), "-d");
        assertArrayEquals(CONTENT, result.out(), result.status());
        assertTrue(result.status().contains("GOODSIG"), result.status());
    }

    @Test
    void gpgFindsEverySelfSignatureOfANewKeyGood() {
        String listing = new String(
                gpg.run(
                        new byte[0],
                        "--with-colons",
                        "--check-sigs",
                        self.fingerprint().toString()),
                UTF_8);
        assertEquals(2, listing.lines().filter(l -> l.startsWith("sig:!:")).count(), listing);
        assertTrue(listing.contains(":ed25519:") && listing.contains(":cv25519:"), listing);
    }

    @Test
    void gpgImportsTheAccountOutOfItsEnvelope() throws IOException {
        try (Gpg other = Gpg.create()) {
            byte[] packets = other.run(locked(self, "pass"), "--passphrase", "pass", "-d");
            other.run(packets, "--import");
            byte[] message = other.run(CONTENT, "-u", self.fingerprint().toString(), "-s");
            assertArrayEquals(CONTENT, opener.open(message, self.publicIdentity(), MAX));
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void accountsMadeByGpgOpenSignAndReceive(String key) {
        byte[] exported = gpg.run(new byte[0], "--export-secret-keys", fingerprints.get(key));
        byte[] account = gpg.run(exported, "--passphrase", PASSPHRASE, "-c");
        assertWorks(SecretIdentity.unlock(new ByteArrayInputStream(account), PASSPHRASE.toCharArray()));
        assertReason(
                Reason.WRONG_PASSPHRASE,
                () -> SecretIdentity.unlock(new ByteArrayInputStream(account), "other".toCharArray()));
    }

    private void assertWorks(SecretIdentity account) {
        byte[] message =
                written(new Sealer(account).seal(from(CONTENT), List.of(self.publicIdentity()), Instant.now()));
        assertArrayEquals(CONTENT, opener.open(message, account.publicIdentity(), MAX));
        assertArrayEquals(CONTENT, new Opener(account).open(message, account.publicIdentity(), MAX));
        SecretIdentity again =
                SecretIdentity.unlock(new ByteArrayInputStream(locked(account, "new")), "new".toCharArray());
        assertEquals(account.publicIdentity(), again.publicIdentity());
        assertEquals(
                account.fingerprint(),
                KeyFingerprints.of(again.tlsPublicKey(), again.publicIdentity().created())
                        .orElseThrow());
        assertEquals(account.tlsPrivateKey(), again.tlsPrivateKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-armor", "--armor"})
    void secretKeysWithNoEnvelopeOpenWithTheirOwnPassphrase(String form) {
        byte[] account = gpg.run(
                new byte[0], "--passphrase", PASSPHRASE, form, "--export-secret-keys", fingerprints.get("locked"));
        assertWorks(SecretIdentity.unlock(new ByteArrayInputStream(account), PASSPHRASE.toCharArray()));
        assertReason(
                Reason.WRONG_PASSPHRASE,
                () -> SecretIdentity.unlock(new ByteArrayInputStream(account), "other".toCharArray()));
    }

    @Test
    void aSecretKeyUnderItsPassphraseOpensInsideAnEnvelopeToo() {
        byte[] inner =
                gpg.run(new byte[0], "--passphrase", PASSPHRASE, "--export-secret-keys", fingerprints.get("locked"));
        byte[] account = gpg.run(inner, "--passphrase", PASSPHRASE, "--s2k-mode", "1", "--cipher-algo", "AES192", "-c");
        assertWorks(SecretIdentity.unlock(new ByteArrayInputStream(account), PASSPHRASE.toCharArray()));
    }

    @Test
    void aStubOfASecretKeyIsUnusable() {
        byte[] stub = gpg.run(new byte[0], "--export-secret-subkeys", fingerprints.get("ed25519"));
        assertReason(
                Reason.UNUSABLE_KEY, () -> SecretIdentity.unlock(new ByteArrayInputStream(stub), new char[] {'x'}));
    }

    @Test
    void refusesTheFormsThatAreNoFiles() {
        String author = fingerprints.get("ed25519");
        assertRefused(Reason.ARMORED, "--armor", "-u", author, "-s");
        assertRefused(Reason.ARMORED, "-u", author, "--clearsign");
        assertRefused(Reason.UNSUPPORTED, "-u", author, "--detach-sign");
        assertRefused(Reason.NOT_SIGNED, "-r", "ann@example.org", "-e");
        assertRefused(Reason.NOT_SIGNED, "--store");
        assertRefused(Reason.UNSUPPORTED, "--passphrase", "x", "-c");
        assertRefused(Reason.NOT_FOR_US, "-u", author, "-r", author, "-s", "-e");
        assertRefused(Reason.NOT_FOR_US, "-u", author, "-R", "ann@example.org", "-s", "-e");
        assertRefused(Reason.WRONG_SIGNER, "-u", fingerprints.get("rsa2048"), "-s");
    }

    @Test
    void refusesWeakAndUnknownAlgorithms() {
        String author = fingerprints.get("rsa2048");
        PublicIdentity identity = gpg.export(author);
        byte[] sha1 = gpg.run(CONTENT, "-u", author, "--digest-algo", "SHA1", "-s");
        assertReason(Reason.WEAK, () -> opener.open(sha1, identity, MAX));
        byte[] cast5 = gpg.run(CONTENT, "-u", author, "-r", "ann@example.org", "--cipher-algo", "CAST5", "-s", "-e");
        assertReason(Reason.WEAK, () -> opener.open(cast5, identity, MAX));
        byte[] camellia =
                gpg.run(CONTENT, "-u", author, "-r", "ann@example.org", "--cipher-algo", "CAMELLIA256", "-s", "-e");
        assertReason(Reason.UNSUPPORTED, () -> opener.open(camellia, identity, MAX));
        byte[] text = gpg.run("line\n".getBytes(UTF_8), "-u", author, "--textmode", "-s");
        assertReason(Reason.UNSUPPORTED, () -> opener.open(text, identity, MAX));
        byte[] twice = gpg.run(CONTENT, "-u", author, "-u", fingerprints.get("ed25519"), "-s");
        assertReason(Reason.UNSUPPORTED, () -> opener.open(twice, identity, MAX));
        byte[] expiring = gpg.run(CONTENT, "-u", author, "--default-sig-expire", "1d", "-s");
        assertReason(Reason.UNSUPPORTED, () -> opener.open(expiring, identity, MAX));
    }

    private void assertRefused(Reason reason, String... arguments) {
        byte[] message = gpg.run(CONTENT, arguments);
        PublicIdentity author = gpg.export(fingerprints.get("ed25519"));
        assertReason(reason, () -> opener.open(message, author, MAX));
    }

    @Test
    void acceptsASigningSubkeyThatSignedBack() {
        String author = gpg.makeKey("Sub <sub@x.org>", "ed25519", "cv25519");
        gpg.run(new byte[0], "--quick-add-key", author, "ed25519", "sign", "never");
        PublicIdentity identity = gpg.export(author);
        byte[] message = gpg.run(CONTENT, "-u", author, "-s");
        assertArrayEquals(CONTENT, opener.open(message, identity, MAX));
        assertEquals(2, identity.keyIds().size(), "a signing subkey is nobody's recipient");
    }

    @Test
    void anExpiredKeyVerifiesWhatItSignedInTimeAndReceivesNothing() {
        String[] then = {"--faked-system-time", "20200101T000000!"};
        String author = gpg.makeKeyUntil("20210101T000000", "Old <old@x.org>", "ed25519", "cv25519", then);
        byte[] message = gpg.run(CONTENT, then[0], then[1], "-u", author, "-s");
        PublicIdentity identity = gpg.export(author);
        assertEquals(Instant.parse("2021-01-01T00:00:00Z"), identity.expires().orElseThrow());
        assertArrayEquals(CONTENT, opener.open(message, identity, MAX));
        assertTrue(identity.canReceiveAt(Instant.parse("2020-06-01T00:00:00Z")));
        assertFalse(identity.canReceiveAt(Instant.now()));
        assertReason(Reason.UNUSABLE_KEY, () -> sealer.seal(from(CONTENT), List.of(identity), Instant.now()));
    }

    @Test
    void aRevokedKeyIsUnusable() throws IOException {
        String fingerprint = gpg.makeKey("Rev <rev@x.org>", "ed25519", "cv25519");
        Path revocation = gpg.home().resolve("openpgp-revocs.d").resolve(fingerprint + ".rev");
        gpg.run(
                Files.readString(revocation)
                        .replace(":-----BEGIN", "-----BEGIN")
                        .getBytes(UTF_8),
                "--import");
        assertReason(Reason.UNUSABLE_KEY, () -> gpg.export(fingerprint));
    }

    @Test
    void aRevokedUserIdGivesNoName() {
        String fingerprint = gpg.makeKey("First <first@x.org>", "ed25519", "cv25519");
        gpg.run(new byte[0], "--quick-add-uid", fingerprint, "Second (two) <second@x.org>");
        gpg.run(new byte[0], "--quick-revoke-uid", fingerprint, "First <first@x.org>");
        PublicIdentity identity = gpg.export(fingerprint);
        assertEquals("Second", identity.name());
        assertEquals("second@x.org", identity.email());
    }

    @Test
    void signaturesByOthersAreDropped() {
        String fingerprint = gpg.makeKey("Pop <pop@x.org>", "ed25519", "cv25519");
        byte[] before = gpg.export(fingerprint).encoded();
        gpg.run(new byte[0], "-u", fingerprints.get("rsa2048"), "--quick-sign-key", fingerprint);
        assertTrue(gpg.run(new byte[0], "--export", fingerprint).length > before.length);
        assertArrayEquals(before, gpg.export(fingerprint).encoded());
    }
}
