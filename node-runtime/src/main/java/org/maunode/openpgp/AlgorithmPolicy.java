package org.maunode.openpgp;

import java.time.Instant;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * Every algorithm that is accepted or written, and every limit on what is read, in one place.
 *
 * <table>
 * <caption>What is read</caption>
 * <tr><td>ciphers</td><td>AES-128, AES-192, AES-256. CAST5 and 3DES are not: GnuPG 2.2 and the Go peer write AES,
 * and blocks of 64 bits leak in large files.</td></tr>
 * <tr><td>hashes of content</td><td>SHA-256, SHA-384, SHA-512. Never SHA-1: its collisions can be bought.</td></tr>
 * <tr><td>hashes of self-signatures</td><td>the same, and SHA-1 where made before 19 January 2019, GnuPG's own date:
 * to forge one takes a second preimage, and old RSA keys have no other.</td></tr>
 * <tr><td>keys</td><td>Ed25519 (algorithm 22) and RSA (algorithm 1, 2,048 to 4,096 bits) to sign; X25519 (algorithm
 * 18 on Curve25519) and RSA to receive. Version 4 only.</td></tr>
 * <tr><td>compression</td><td>none, ZIP, ZLIB, BZip2</td></tr>
 * </table>
 */
final class AlgorithmPolicy {
    static final int RSA = PublicKeyAlgorithmTags.RSA_GENERAL;
    static final int ECDH = PublicKeyAlgorithmTags.ECDH;
    static final int EDDSA = PublicKeyAlgorithmTags.EDDSA_LEGACY;
    static final int SHA1 = HashAlgorithmTags.SHA1;
    static final int SHA256 = HashAlgorithmTags.SHA256;
    static final int SHA384 = HashAlgorithmTags.SHA384;
    static final int SHA512 = HashAlgorithmTags.SHA512;
    static final int AES128 = SymmetricKeyAlgorithmTags.AES_128;
    static final int AES192 = SymmetricKeyAlgorithmTags.AES_192;
    static final int AES256 = SymmetricKeyAlgorithmTags.AES_256;

    /** Bits of an RSA modulus that can still be trusted. */
    static final int MIN_RSA_BITS = 2048;

    /** Bits of an RSA modulus: what GnuPG makes at most. With more, one key could keep a small board busy. */
    static final int MAX_RSA_BITS = 4096;

    /** Bits of an RSA exponent; 65,537 has 17. */
    static final int MAX_RSA_EXPONENT_BITS = 32;

    /** From here on SHA-1 vouches for no key either. */
    static final Instant SHA1_SELF_SIGNATURES_END = Instant.parse("2019-01-19T00:00:00Z");

    /** Bytes of a transferable key, as packets. Keys with thousands of foreign signatures are an attack on keyrings. */
    static final int MAX_KEY_BYTES = 256 * 1024;

    /** Bytes of an account file or an armored key, with room for armor around {@link #MAX_KEY_BYTES}. */
    static final int MAX_KEY_FILE_BYTES = 384 * 1024;

    /** Bytes of one packet that is read whole: session keys, signatures, key material, user ids. */
    static final int MAX_PACKET_BYTES = 16 * 1024;

    /** Bytes of a user id that this peer writes, in UTF-8. */
    static final int MAX_USER_ID_BYTES = 1024;

    /** Recipients of one message. */
    static final int MAX_RECIPIENTS = 1000;

    /** Compressed packets around one another. */
    static final int MAX_COMPRESSION_LAYERS = 1;

    /** Bytes of content that wait in memory for their signature; larger content is read twice. */
    static final int MAX_HELD_BYTES = 256 * 1024;

    private AlgorithmPolicy() {}

    /**
     * What one message may take.
     *
     * @param fileBytes bytes of the message as it lies on disk
     * @param plainBytes bytes of its content
     * @param freeBytes bytes of content that no ratio applies to
     * @param expansion bytes of content for each byte of the message, beyond {@code freeBytes}
     */
    record Limits(long fileBytes, long plainBytes, long freeBytes, int expansion) {
        /** 8 GiB is what a listing can still hash in minutes; 200:1 is far beyond what text compresses to. */
        static final Limits STANDARD = new Limits(8L << 30, 8L << 30, 16 << 20, 200);

        /** @throws OpenPgpException with {@code OVER_LIMIT} */
        void requireFile(long bytes) {
            if (bytes > fileBytes) {
                throw OpenPgpException.overLimit("the message is larger than " + fileBytes + " bytes");
            }
        }

        /** @throws OpenPgpException with {@code OVER_LIMIT} */
        void requirePlain(long plain, long file) {
            if (plain > plainBytes) {
                throw OpenPgpException.overLimit("the content is larger than " + plainBytes + " bytes");
            }
            if (plain > freeBytes && plain - freeBytes > file * expansion) {
                throw OpenPgpException.overLimit("the content is more than " + expansion + " times its message");
            }
        }
    }

    /** A digest for a signature over content. */
    static Digest contentDigest(int hash) {
        if (hash == SHA1) {
            throw OpenPgpException.weak("the signature uses SHA-1");
        }
        return digest(hash);
    }

    /** Whether a self-signature with this hash, made at this time, still counts. */
    static boolean vouches(int hash, Instant made) {
        return isModern(hash) || hash == SHA1 && made.isBefore(SHA1_SELF_SIGNATURES_END);
    }

    /** Whether a revocation with this hash counts; SHA-1 is no reason to trust a key that its owner took back. */
    static boolean revokes(int hash) {
        return isModern(hash) || hash == SHA1;
    }

    static Digest digest(int hash) {
        return switch (hash) {
            case SHA1 -> new SHA1Digest();
            case SHA256 -> new SHA256Digest();
            case SHA384 -> new SHA384Digest();
            case SHA512 -> new SHA512Digest();
            default ->
                throw isBroken(hash)
                        ? OpenPgpException.weak("the signature uses hash algorithm " + hash)
                        : OpenPgpException.unsupported("hash algorithm " + hash + " is not known");
        };
    }

    /** Whether the hash is so old that its signatures are not even computed. */
    static boolean isBroken(int hash) {
        return hash == HashAlgorithmTags.MD5 || hash == HashAlgorithmTags.RIPEMD160;
    }

    /** What names the hash inside an RSA signature (RFC 4880, 5.2.2). */
    static ASN1ObjectIdentifier digestName(int hash) {
        return switch (hash) {
            case SHA1 -> new ASN1ObjectIdentifier("1.3.14.3.2.26");
            case SHA256 -> NISTObjectIdentifiers.id_sha256;
            case SHA384 -> NISTObjectIdentifiers.id_sha384;
            case SHA512 -> NISTObjectIdentifiers.id_sha512;
            default -> throw OpenPgpException.unsupported("hash algorithm " + hash + " is not known");
        };
    }

    /** Bytes of a key of this cipher. */
    static int keyBytes(int cipher) {
        return switch (cipher) {
            case AES128 -> 16;
            case AES192 -> 24;
            case AES256 -> 32;
            case SymmetricKeyAlgorithmTags.IDEA,
                    SymmetricKeyAlgorithmTags.TRIPLE_DES,
                    SymmetricKeyAlgorithmTags.CAST5,
                    SymmetricKeyAlgorithmTags.BLOWFISH ->
                throw OpenPgpException.weak("cipher " + cipher + " has blocks of 64 bits");
            default -> throw OpenPgpException.unsupported("cipher " + cipher + " is not known");
        };
    }

    /** Whether {@link #keyBytes} knows this cipher. */
    static boolean isCipher(int cipher) {
        return cipher == AES128 || cipher == AES192 || cipher == AES256;
    }

    static boolean isModern(int hash) {
        return hash == SHA256 || hash == SHA384 || hash == SHA512;
    }

    /** Whether keys of this algorithm can sign. */
    static boolean isSigner(int algorithm) {
        return algorithm == RSA || algorithm == EDDSA;
    }

    /** Whether keys of this algorithm can receive. */
    static boolean isRecipient(int algorithm) {
        return algorithm == RSA || algorithm == ECDH;
    }
}
