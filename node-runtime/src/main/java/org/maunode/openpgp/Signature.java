package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.Digest;
import org.maunode.identity.Fingerprint;

/**
 * A version 4 signature (RFC 4880, 5.2.3):
 *
 * <pre>
 * 04 | type | key algorithm | hash | 2 length, hashed subpackets | 2 length, unhashed subpackets | 2 of digest | numbers
 * └─────────────────── covered by the signature ───────────────┘
 * </pre>
 *
 * @param body the whole packet body
 * @param numbers the algorithm's integers, most significant octet first, without leading zeros
 */
record Signature(
        byte[] body,
        int type,
        int keyAlgorithm,
        int hash,
        List<Subpacket> hashed,
        List<Subpacket> unhashed,
        int digestStart,
        List<byte[]> numbers) {
    static final int VERSION = 4;
    static final int BINARY = 0x00;
    static final int TEXT = 0x01;
    static final int POSITIVE_CERTIFICATION = 0x13;
    static final int SUBKEY_BINDING = 0x18;
    static final int BACK_SIGNATURE = 0x19;
    static final int DIRECT = 0x1f;
    static final int KEY_REVOCATION = 0x20;
    static final int SUBKEY_REVOCATION = 0x28;
    static final int USER_ID_REVOCATION = 0x30;

    static Signature parse(byte[] body) {
        Octets octets = new Octets("a signature", body);
        int version = octets.u8();
        if (version != VERSION) {
            throw OpenPgpException.unsupported("the signature has version " + version);
        }
        int type = octets.u8();
        int keyAlgorithm = octets.u8();
        int hash = octets.u8();
        byte[] hashed = octets.take(octets.u16());
        byte[] unhashed = octets.take(octets.u16());
        int digestStart = octets.u16();
        List<byte[]> numbers = numbers(keyAlgorithm, octets);
        return new Signature(
                body,
                type,
                keyAlgorithm,
                hash,
                Subpacket.parseAll(hashed),
                Subpacket.parseAll(unhashed),
                digestStart,
                numbers);
    }

    private static List<byte[]> numbers(int keyAlgorithm, Octets octets) {
        List<byte[]> numbers =
                switch (keyAlgorithm) {
                    case AlgorithmPolicy.RSA -> List.of(octets.mpi());
                    case AlgorithmPolicy.EDDSA -> List.of(octets.mpi(), octets.mpi());
                    default ->
                        throw OpenPgpException.unsupported("signatures of algorithm " + keyAlgorithm + " are not read");
                };
        octets.end();
        return numbers;
    }

    /** The digest of what went into {@code digest} so far and this signature's own part (RFC 4880, 5.2.4). */
    byte[] finish(Digest digest) {
        int hashedLength = 6 + ((body[4] & 0xff) << 8 | body[5] & 0xff);
        return finish(digest, Arrays.copyOf(body, hashedLength));
    }

    private static byte[] finish(Digest digest, byte[] hashedPart) {
        int hashedLength = hashedPart.length;
        digest.update(hashedPart, 0, hashedLength);
        byte[] trailer = {
            VERSION,
            (byte) 0xff,
            (byte) (hashedLength >> 24),
            (byte) (hashedLength >> 16),
            (byte) (hashedLength >> 8),
            (byte) hashedLength
        };
        digest.update(trailer, 0, trailer.length);
        byte[] result = new byte[digest.getDigestSize()];
        digest.doFinal(result, 0);
        return result;
    }

    /** Whether the two octets that stand in the clear are the digest's. */
    boolean startsLike(byte[] digest) {
        return digestStart == ((digest[0] & 0xff) << 8 | digest[1] & 0xff);
    }

    Instant created() {
        return Instant.ofEpochSecond(only(Subpacket.CREATED)
                .orElseThrow(() -> OpenPgpException.malformed("the signature does not say when it was made"))
                .u32());
    }

    /** The one hashed subpacket of this type. */
    Optional<Octets> only(int subpacket) {
        List<Subpacket> found =
                hashed.stream().filter(s -> s.type() == subpacket).toList();
        if (found.size() > 1) {
            throw OpenPgpException.malformed("the signature holds subpacket " + subpacket + " twice");
        }
        return found.stream().findFirst().map(Subpacket::octets);
    }

    /** A number of seconds in the hashed subpacket of this type; none, and 0, mean "for ever". */
    Optional<Long> seconds(int subpacket) {
        return only(subpacket).map(Octets::u32).filter(s -> s != 0);
    }

    /** The first octet of the hashed subpacket of this type. */
    Optional<Integer> octet(int subpacket) {
        return only(subpacket).filter(o -> o.left() > 0).map(Octets::u8);
    }

    /** Whether every statement about the issuer names this key, and there is one. */
    boolean isBy(Fingerprint key) {
        List<Subpacket> issuers = Stream.concat(hashed.stream(), unhashed.stream())
                .filter(Signature::isIssuer)
                .toList();
        long own = issuers.stream().filter(s -> names(s, key)).count();
        if (own != 0 && own != issuers.size()) {
            throw OpenPgpException.malformed("the signature names two different issuers");
        }
        return own != 0;
    }

    static boolean isIssuer(Subpacket s) {
        return s.type() == Subpacket.ISSUER || s.type() == Subpacket.ISSUER_FINGERPRINT;
    }

    private static boolean names(Subpacket issuer, Fingerprint key) {
        Octets octets = issuer.octets();
        boolean isSame = issuer.type() == Subpacket.ISSUER
                ? octets.u64() == key.keyId()
                : octets.u8() == 4 && Arrays.equals(octets.take(Fingerprint.LENGTH), key.bytes());
        octets.end();
        return isSame;
    }

    /** @throws OpenPgpException with {@code UNSUPPORTED} if it says something critical that is not understood */
    void requireUnderstood() {
        for (Subpacket s : hashed) {
            if (s.isCritical() && !isUnderstood(s.type())) {
                throw OpenPgpException.unsupported("the signature holds the critical subpacket " + s.type());
            }
        }
    }

    /** Preferences are understood by being free not to follow them; 24 and 26 are addresses, 28 and 29 are texts. */
    private static boolean isUnderstood(int type) {
        return switch (type) {
            case Subpacket.CREATED,
                    Subpacket.EXPIRES,
                    Subpacket.KEY_EXPIRES,
                    Subpacket.CIPHERS,
                    Subpacket.ISSUER,
                    Subpacket.HASHES,
                    Subpacket.COMPRESSIONS,
                    23,
                    24,
                    Subpacket.PRIMARY_USER_ID,
                    26,
                    Subpacket.KEY_FLAGS,
                    28,
                    29,
                    Subpacket.FEATURES,
                    Subpacket.EMBEDDED_SIGNATURE,
                    Subpacket.ISSUER_FINGERPRINT,
                    Subpacket.INTENDED_RECIPIENT -> true;
            default -> false;
        };
    }

    /** Signs what went into {@code digest} so far, saying {@code hashed}; nothing is said unhashed. */
    static Signature make(int type, int hash, SecretPart signer, List<Subpacket> hashed, Digest digest) {
        byte[] hashedPart = hashedPart(type, signer.key().algorithm(), hash, hashed);
        byte[] result = finish(digest, hashedPart);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(hashedPart);
        body.writeBytes(new byte[] {0, 0, result[0], result[1]});
        Crypto.sign(signer.parameters(), hash, result).forEach(n -> body.writeBytes(Packets.mpi(n)));
        return parse(body.toByteArray());
    }

    private static byte[] hashedPart(int type, int keyAlgorithm, int hash, List<Subpacket> hashed) {
        ByteArrayOutputStream area = new ByteArrayOutputStream();
        hashed.forEach(s -> area.writeBytes(s.encoded()));
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(new byte[] {VERSION, (byte) type, (byte) keyAlgorithm, (byte) hash});
        part.write(area.size() >> 8);
        part.write(area.size());
        part.writeBytes(area.toByteArray());
        return part.toByteArray();
    }
}
