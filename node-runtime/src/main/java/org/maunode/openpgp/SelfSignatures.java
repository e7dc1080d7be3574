package org.maunode.openpgp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.crypto.Digest;

/**
 * Verifies what a key says of itself (RFC 4880, 5.2.1 and 5.2.4). Signatures by others are dropped. A signature that
 * claims to be the key's own and is not makes the whole key refused: such a key was changed on its way.
 */
final class SelfSignatures {
    private static final int CERTIFICATION_KIND = 0xfc;
    private static final int GENERIC_CERTIFICATION = 0x10;
    private final KeyMaterial primary;

    SelfSignatures(KeyMaterial primary) {
        this.primary = primary;
    }

    /** The primary key's own statements about itself. */
    List<Signature> direct(KeyBlock.Key key) {
        return verified(key, primary::hashInto, Signature.DIRECT, Signature.KEY_REVOCATION);
    }

    /** The primary key's statements about a subkey. */
    List<Signature> bindings(KeyBlock.Key subkey) {
        return bindings(subkey, subkey.material().body());
    }

    List<Signature> bindings(KeyBlock.Foreign subkey) {
        return bindings(subkey, subkey.body());
    }

    private List<Signature> bindings(KeyBlock.Part subkey, byte[] body) {
        return verified(subkey, pair(body), Signature.SUBKEY_BINDING, Signature.SUBKEY_REVOCATION);
    }

    /** The primary key's statements about a user id; all four kinds of certification count alike. */
    List<Signature> certifications(KeyBlock.UserId id) {
        Consumer<Digest> signed = digest -> {
            primary.hashInto(digest);
            hashUserId(id.text(), digest);
        };
        return verified(
                id,
                signed,
                GENERIC_CERTIFICATION,
                GENERIC_CERTIFICATION + 1,
                GENERIC_CERTIFICATION + 2,
                Signature.POSITIVE_CERTIFICATION,
                Signature.USER_ID_REVOCATION);
    }

    static boolean isCertification(Signature signature) {
        return (signature.type() & CERTIFICATION_KIND) == GENERIC_CERTIFICATION;
    }

    static void hashUserId(byte[] text, Digest digest) {
        digest.update((byte) 0xb4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (text.length >> shift));
        }
        digest.update(text, 0, text.length);
    }

    private Consumer<Digest> pair(byte[] subkey) {
        return digest -> {
            primary.hashInto(digest);
            KeyMaterial.hash(subkey, digest);
        };
    }

    private List<Signature> verified(KeyBlock.Part part, Consumer<Digest> signed, int... types) {
        List<Signature> own = new ArrayList<>();
        for (Signature s : part.signatures()) {
            if (s.isBy(primary.fingerprint()) && !AlgorithmPolicy.isBroken(s.hash())) {
                requireType(s, types);
                requireValid(s, primary, signed);
                own.add(s);
            }
        }
        return own.stream().filter(SelfSignatures::counts).toList();
    }

    /** A signature by an algorithm that is no longer believed must be right, and then is as good as none. */
    private static boolean counts(Signature s) {
        return isRevocation(s) ? AlgorithmPolicy.revokes(s.hash()) : AlgorithmPolicy.vouches(s.hash(), s.created());
    }

    static boolean isRevocation(Signature s) {
        return s.type() == Signature.KEY_REVOCATION
                || s.type() == Signature.SUBKEY_REVOCATION
                || s.type() == Signature.USER_ID_REVOCATION;
    }

    private static void requireType(Signature s, int... types) {
        for (int type : types) {
            if (s.type() == type) {
                return;
            }
        }
        throw OpenPgpException.malformed("a signature of type " + s.type() + " stands where it means nothing");
    }

    private static void requireValid(Signature s, KeyMaterial signer, Consumer<Digest> signed) {
        s.requireUnderstood();
        Digest digest = AlgorithmPolicy.digest(s.hash());
        signed.accept(digest);
        byte[] result = s.finish(digest);
        if (s.keyAlgorithm() != signer.algorithm()
                || !s.startsLike(result)
                || !Crypto.isSigned(signer.parameters(), s.hash(), result, s.numbers())) {
            throw OpenPgpException.tampered(
                    "a signature that key " + signer.fingerprint() + " is said to have made is not its own");
        }
    }

    /** Whether a signing subkey has signed the primary key back, so that nobody can adopt it (RFC 4880, 5.2.1, 0x19). */
    boolean isSignedBack(Signature binding, KeyMaterial subkey) {
        List<Signature> back = Stream.concat(binding.hashed().stream(), binding.unhashed().stream())
                .filter(s -> s.type() == Subpacket.EMBEDDED_SIGNATURE)
                .map(s -> Signature.parse(s.data()))
                .filter(s -> s.type() == Signature.BACK_SIGNATURE && s.isBy(subkey.fingerprint()))
                .filter(SelfSignatures::counts)
                .toList();
        back.forEach(s -> requireValid(s, subkey, pair(subkey.body())));
        return !back.isEmpty();
    }

    static Optional<Signature> newest(Stream<Signature> signatures) {
        return signatures.max(Comparator.comparing(Signature::created));
    }

    /** When a key ends by what is said in {@code statement}: its own end, or the statement's. */
    static Optional<Instant> until(KeyMaterial key, Signature statement) {
        Optional<Instant> keyEnd = statement.seconds(Subpacket.KEY_EXPIRES).map(key.created()::plusSeconds);
        Optional<Instant> statementEnd = statement.seconds(Subpacket.EXPIRES).map(statement.created()::plusSeconds);
        return earliest(keyEnd, statementEnd);
    }

    static Optional<Instant> earliest(Optional<Instant> a, Optional<Instant> b) {
        return Stream.of(a, b).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }
}
