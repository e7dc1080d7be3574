package org.maunode.openpgp;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.maunode.openpgp.KeyBlock.Key;
import org.maunode.openpgp.KeyBlock.UserId;

/** A transferable key whose self-signatures were verified, and what they make of its parts. */
final class VerifiedKey {
    private final KeyBlock block;
    private final List<Signature> direct;
    private final List<NamedBy> names = new ArrayList<>();
    private final List<BoundBy> subkeys = new ArrayList<>();
    private final NamedBy chosen;

    /** A user id and the primary key's statements about it. */
    private record NamedBy(UserId id, List<Signature> signatures) {
        Optional<Signature> newest() {
            return SelfSignatures.newest(signatures.stream().filter(SelfSignatures::isCertification));
        }

        Instant saidAt() {
            return newest().map(Signature::created).orElse(Instant.MIN);
        }

        boolean isPrimary() {
            return newest().flatMap(s -> s.octet(Subpacket.PRIMARY_USER_ID)).orElse(0) != 0;
        }

        /** A name that was taken back can be given again later. */
        boolean isValid() {
            Optional<Signature> revocation =
                    SelfSignatures.newest(signatures.stream().filter(s -> s.type() == Signature.USER_ID_REVOCATION));
            return newest().isPresent()
                    && revocation.map(r -> r.created().isBefore(saidAt())).orElse(true);
        }
    }

    /** A subkey and the primary key's statements about it. */
    private record BoundBy(Key key, List<Signature> signatures, BoundKey bound) {}

    VerifiedKey(KeyBlock block) {
        this.block = block;
        SelfSignatures self = new SelfSignatures(block.primary().material());
        direct = self.direct(block.primary());
        requireNotRevoked();
        block.userIds().forEach(id -> names.add(new NamedBy(id, self.certifications(id))));
        chosen = names.stream()
                .filter(NamedBy::isValid)
                .max(Comparator.comparing(NamedBy::isPrimary).thenComparing(NamedBy::saidAt))
                .orElseThrow(() -> OpenPgpException.unusable("the key has no user id that it vouches for itself"));
        block.subkeys().forEach(key -> subkeys.add(bound(key, self)));
        block.foreign().forEach(self::bindings);
    }

    private void requireNotRevoked() {
        if (direct.stream().anyMatch(SelfSignatures::isRevocation)) {
            throw OpenPgpException.unusable("the key was revoked by its owner");
        }
    }

    private static BoundBy bound(Key key, SelfSignatures self) {
        List<Signature> signatures = self.bindings(key);
        KeyMaterial material = key.material();
        if (key.signatures().isEmpty()) {
            throw OpenPgpException.unusable(
                    "the subkey " + material.fingerprint() + " is not bound to its primary key");
        }
        Optional<Signature> binding =
                SelfSignatures.newest(signatures.stream().filter(s -> s.type() == Signature.SUBKEY_BINDING));
        return new BoundBy(
                key,
                signatures,
                new BoundKey(
                        material,
                        binding.map(VerifiedKey::flags).orElse(0),
                        binding.flatMap(b -> SelfSignatures.until(material, b)),
                        signatures.stream().anyMatch(SelfSignatures::isRevocation),
                        binding.map(b -> self.isSignedBack(b, material)).orElse(false)));
    }

    private static int flags(Signature statement) {
        return statement.octet(Subpacket.KEY_FLAGS).orElse(0);
    }

    PublicIdentity identity() {
        return new PublicIdentity(
                UserName.parse(chosen.id().text()),
                primary(),
                subkeys.stream().map(BoundBy::bound).toList(),
                said(s -> s.only(Subpacket.CIPHERS).map(VerifiedKey::octets)).orElse(List.of()),
                encoded(key -> Packets.of(
                        key == block.primary() ? Tag.PUBLIC_KEY : Tag.PUBLIC_SUBKEY,
                        key.material().body())));
    }

    private BoundKey primary() {
        KeyMaterial material = block.primary().material();
        return new BoundKey(
                material,
                said(s -> s.octet(Subpacket.KEY_FLAGS)).orElse(0),
                said(s -> SelfSignatures.until(material, s)),
                false,
                true);
    }

    /** What the chosen user id's newest statement says, or else the newest about the key itself (RFC 9580, 5.2.3.10). */
    private <T> Optional<T> said(Function<Signature, Optional<T>> what) {
        return chosen.newest().flatMap(what).or(() -> SelfSignatures.newest(direct.stream())
                .flatMap(what));
    }

    private static List<Integer> octets(Octets octets) {
        return Stream.generate(octets::u8).limit(octets.left()).toList();
    }

    /** All keys, the primary first. */
    List<Key> keys() {
        return Stream.concat(Stream.of(block.primary()), subkeys.stream().map(BoundBy::key))
                .toList();
    }

    /** The packets of the transferable secret key, in the clear; keys without a secret part are left out. */
    byte[] secretPackets(Map<Long, SecretPart> secrets) {
        return encoded(key -> Optional.ofNullable(secrets.get(key.material().keyId()))
                .map(s -> Packets.of(key == block.primary() ? Tag.SECRET_KEY : Tag.SECRET_SUBKEY, s.packetBody()))
                .orElseGet(() -> Packets.of(Tag.PUBLIC_SUBKEY, key.material().body())));
    }

    private byte[] encoded(Function<Key, byte[]> packet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(packet.apply(block.primary()));
        write(direct, out);
        for (NamedBy name : names) {
            if (!name.signatures().isEmpty()) {
                out.writeBytes(Packets.of(Tag.USER_ID, name.id().text()));
                write(name.signatures(), out);
            }
        }
        for (BoundBy subkey : subkeys) {
            out.writeBytes(packet.apply(subkey.key()));
            write(subkey.signatures(), out);
        }
        return out.toByteArray();
    }

    private static void write(List<Signature> signatures, ByteArrayOutputStream out) {
        signatures.forEach(s -> out.writeBytes(Packets.of(Tag.SIGNATURE, s.body())));
    }
}
