package org.maunode.openpgp;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.identity.Fingerprint;

/** A peer's public key with its verified self-signatures: who it is, and what may be sealed for it. Immutable. */
public final class PublicIdentity {
    private final UserName name;
    private final BoundKey primary;
    private final List<BoundKey> subkeys;
    private final List<Integer> ciphers;
    private final byte[] encoded;

    PublicIdentity(UserName name, BoundKey primary, List<BoundKey> subkeys, List<Integer> ciphers, byte[] encoded) {
        this.name = name;
        this.primary = primary;
        this.subkeys = List.copyOf(subkeys);
        this.ciphers = List.copyOf(ciphers);
        this.encoded = encoded.clone();
    }

    /**
     * Reads the first transferable key of {@code data}, binary or armored; of a secret key only the public part is kept.
     * Signatures by others are dropped, and so is whatever no Mau peer uses: pictures, keys of other algorithms.
     *
     * @throws OpenPgpException if there is none, or it is unusable under the policy
     */
    public static PublicIdentity parse(byte[] data) {
        return new VerifiedKey(KeyBlock.parse(Armor.isArmored(data) ? Armor.decode(data) : data)).identity();
    }

    public Fingerprint fingerprint() {
        return primary.material().fingerprint();
    }

    /** The name part of the primary user id; empty if it has none. */
    public String name() {
        return name.name();
    }

    /** The mail address of the primary user id; empty if it has none. */
    public String email() {
        return name.email();
    }

    /** When the primary key was made, to the second. */
    public Instant created() {
        return primary.material().created();
    }

    /** When the primary key ends; empty if never. */
    public Optional<Instant> expires() {
        return primary.until();
    }

    /**
     * The ids of the primary key and of every subkey that may be named as a recipient, expired and revoked ones too: what
     * was sealed for them stays theirs.
     */
    public Set<Long> keyIds() {
        return Stream.concat(Stream.of(primary), subkeys.stream().filter(BoundKey::isRecipient))
                .map(k -> k.material().keyId())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether files can be sealed for this identity: it has a valid encryption key. Its expiry is not looked at. */
    public boolean canReceive() {
        return keys().anyMatch(k -> k.isRecipient() && !k.isRevoked());
    }

    /**
     * Whether files can be sealed for this identity at this time: its keys have not expired. That they look as if they will
     * be made later only shows that the clock is behind.
     */
    public boolean canReceiveAt(Instant time) {
        return recipient(time).isPresent();
    }

    /** The transferable public key in binary packets. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** The transferable public key as an ASCII-armored block that ends in a newline. */
    public String armored() {
        return Armor.encode(encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicIdentity that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    @Override
    public String toString() {
        return fingerprint().toString();
    }

    /** The newest key that may receive at this time. */
    Optional<BoundKey> recipient(Instant time) {
        return primary.hasNotEndedAt(time)
                ? keys().filter(k -> k.isRecipient() && k.hasNotEndedAt(time))
                        .max(Comparator.comparing(k -> k.material().created()))
                : Optional.empty();
    }

    /** The key of this id, whatever it may be good for. */
    Optional<BoundKey> key(long keyId) {
        return keys().filter(k -> k.material().keyId() == keyId).findFirst();
    }

    BoundKey primary() {
        return primary;
    }

    boolean prefers(int cipher) {
        return ciphers.contains(cipher);
    }

    private Stream<BoundKey> keys() {
        return Stream.concat(Stream.of(primary), subkeys.stream());
    }
}
