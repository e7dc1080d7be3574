package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.ECDHPublicBCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.util.Arrays;

/**
 * The keys of a new account, in the form that the Go peer and GnuPG read: algorithms 22 and 18 of RFC 4880's family, one
 * second for everything, no end.
 */
final class NewAccount {
    private static final int HASH = AlgorithmPolicy.SHA256;
    private static final int MODIFICATION_DETECTION = 1;
    private static final long MAX_TIME = 0xffffffffL;

    private final long created;
    private final SecretPart primary;
    private final SecretPart subkey;

    NewAccount(Instant created) {
        this.created = created.getEpochSecond();
        if (this.created < 0 || this.created > MAX_TIME) {
            throw OpenPgpException.unusable("a key cannot be made at " + created);
        }
        primary = primary();
        subkey = subkey();
    }

    private SecretPart primary() {
        Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(Crypto.RANDOM);
        BigInteger point = KeyMaterial.point(secret.generatePublicKey().getEncoded());
        KeyMaterial key =
                KeyMaterial.of(created, AlgorithmPolicy.EDDSA, new EdDSAPublicBCPGKey(KeyMaterial.ED25519, point));
        return SecretPart.of(key, Packets.mpi(secret.getEncoded()));
    }

    private SecretPart subkey() {
        X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(Crypto.RANDOM);
        BigInteger point = KeyMaterial.point(secret.generatePublicKey().getEncoded());
        KeyMaterial key = KeyMaterial.of(
                created,
                AlgorithmPolicy.ECDH,
                new ECDHPublicBCPGKey(KeyMaterial.CURVE25519, point, AlgorithmPolicy.SHA512, AlgorithmPolicy.AES256));
        return SecretPart.of(key, Packets.mpi(Arrays.reverse(secret.getEncoded())));
    }

    /** The transferable secret key, in the clear. */
    byte[] secretPackets(byte[] userId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Packets.of(Tag.SECRET_KEY, primary.packetBody()));
        out.writeBytes(Packets.of(Tag.USER_ID, userId));
        out.writeBytes(Packets.of(Tag.SIGNATURE, certification(userId).body()));
        out.writeBytes(Packets.of(Tag.SECRET_SUBKEY, subkey.packetBody()));
        out.writeBytes(Packets.of(Tag.SIGNATURE, binding().body()));
        return out.toByteArray();
    }

    private Signature certification(byte[] userId) {
        Digest digest = AlgorithmPolicy.digest(HASH);
        primary.key().hashInto(digest);
        SelfSignatures.hashUserId(userId, digest);
        return Signature.make(
                Signature.POSITIVE_CERTIFICATION,
                HASH,
                primary,
                statements(
                        Subpacket.of(Subpacket.KEY_FLAGS, BoundKey.CERTIFIES | BoundKey.SIGNS),
                        Subpacket.of(Subpacket.CIPHERS, AlgorithmPolicy.AES256, AlgorithmPolicy.AES128),
                        Subpacket.of(Subpacket.HASHES, AlgorithmPolicy.SHA256, AlgorithmPolicy.SHA512),
                        Subpacket.of(Subpacket.COMPRESSIONS, Compression.ZIP, Compression.ZLIB),
                        Subpacket.of(Subpacket.PRIMARY_USER_ID, 1),
                        Subpacket.of(Subpacket.FEATURES, MODIFICATION_DETECTION)),
                digest);
    }

    private Signature binding() {
        Digest digest = AlgorithmPolicy.digest(HASH);
        primary.key().hashInto(digest);
        subkey.key().hashInto(digest);
        return Signature.make(
                Signature.SUBKEY_BINDING,
                HASH,
                primary,
                statements(Subpacket.of(Subpacket.KEY_FLAGS, BoundKey.RECEIVES)),
                digest);
    }

    private List<Subpacket> statements(Subpacket... more) {
        byte[] fingerprint = primary.key().fingerprint().bytes();
        List<Subpacket> all = new ArrayList<>(List.of(
                Subpacket.ofTime(Subpacket.CREATED, created),
                Subpacket.ofKeyId(primary.key().keyId()),
                Subpacket.ofFingerprint(Subpacket.ISSUER_FINGERPRINT, fingerprint)));
        all.addAll(List.of(more));
        return all;
    }
}
