package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException.Reason;

/** An account's own keys, unlocked. Never printed: {@code toString} tells the fingerprint alone. Thread-safe. */
public final class SecretIdentity {
    private final PublicIdentity identity;
    private final byte[] packets;
    private final Map<Long, SecretPart> secrets;

    private SecretIdentity(VerifiedKey key, Map<Long, SecretPart> secrets) {
        this.identity = key.identity();
        this.packets = key.secretPackets(secrets);
        this.secrets = Map.copyOf(secrets);
        signer();
    }

    /**
     * Makes a v4 Ed25519 primary key and an X25519 encryption subkey, self-signed.
     *
     * @param name may be empty, and so may {@code email}
     * @param created the creation time, cut to the second
     * @throws OpenPgpException with {@code MALFORMED} if a name holds one of <code>( ) &lt; &gt;</code> or a control
     *     character, {@code OVER_LIMIT} if both are too long, {@code UNUSABLE_KEY} if the time is before 1970 or after 2106
     */
    public static SecretIdentity generate(String name, String email, Instant created) {
        byte[] userId = UserName.encode(name, email);
        return unlocked(new NewAccount(created.truncatedTo(ChronoUnit.SECONDS)).secretPackets(userId), new char[0]);
    }

    /**
     * Reads {@code account.pgp}: a transferable secret key encrypted under a passphrase. RSA accounts, exports of GnuPG
     * and accounts of the Go peer open too, and keys with no envelope whose own protection is the passphrase, armored or
     * not. The stream is read to its end and left open.
     *
     * @throws OpenPgpException with {@code WRONG_PASSPHRASE}, or why it is broken
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static SecretIdentity unlock(InputStream account, char[] passphrase) {
        byte[] file = read(account);
        if (file.length > AlgorithmPolicy.MAX_KEY_FILE_BYTES) {
            throw OpenPgpException.overLimit(
                    "the account file is larger than " + AlgorithmPolicy.MAX_KEY_FILE_BYTES + " bytes");
        }
        return unlocked(AccountFile.open(file, passphrase), passphrase);
    }

    private static byte[] read(InputStream in) {
        try {
            return in.readNBytes(AlgorithmPolicy.MAX_KEY_FILE_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SecretIdentity unlocked(byte[] packets, char[] passphrase) {
        VerifiedKey key = new VerifiedKey(KeyBlock.parse(packets));
        Map<Long, SecretPart> secrets = new HashMap<>();
        for (KeyBlock.Key part : key.keys()) {
            part.secret()
                    .ifPresent(
                            locked -> secrets.put(part.material().keyId(), locked.unlock(part.material(), passphrase)));
        }
        return new SecretIdentity(key, secrets);
    }

    /**
     * Writes {@code account.pgp}, with mode and durability the caller's care. {@code out} is left open.
     *
     * @throws OpenPgpException with {@code WRONG_PASSPHRASE} if the passphrase is empty
     * @throws UncheckedIOException if {@code out} cannot be written
     */
    public void lock(char[] passphrase, OutputStream out) {
        if (passphrase.length == 0) {
            throw new OpenPgpException(Reason.WRONG_PASSPHRASE, "the passphrase is empty");
        }
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            AccountFile.write(packets, passphrase, file);
            file.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PublicIdentity publicIdentity() {
        return identity;
    }

    public Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    /** The primary key as TLS wants it: Ed25519 or RSA. */
    public PrivateKey tlsPrivateKey() {
        return TlsKeys.privateKey(signer().parameters());
    }

    /** The public half of {@link #tlsPrivateKey()}. */
    public PublicKey tlsPublicKey() {
        return TlsKeys.publicKey(identity.primary().material().parameters());
    }

    @Override
    public String toString() {
        return fingerprint().toString();
    }

    /** The secret primary key. */
    SecretPart signer() {
        return Optional.ofNullable(secrets.get(identity.primary().material().keyId()))
                .orElseThrow(() -> OpenPgpException.unusable("the account lacks its secret primary key"));
    }

    /** The secret key of this id, if messages may be sealed for it; expired and revoked ones still open old messages. */
    Optional<SecretPart> recipientKey(long keyId) {
        return identity.key(keyId).filter(BoundKey::isRecipient).map(k -> secrets.get(keyId));
    }

    /** What a signature of this account says: when, by whom, and what else. */
    List<Subpacket> statements(Instant signedAt, Subpacket other) {
        return List.of(
                Subpacket.ofTime(Subpacket.CREATED, signedAt.getEpochSecond()),
                Subpacket.ofKeyId(fingerprint().keyId()),
                Subpacket.ofFingerprint(
                        Subpacket.ISSUER_FINGERPRINT, fingerprint().bytes()),
                other);
    }
}
