package org.maunode.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.openpgp.OpenPgpException.Reason;
import org.maunode.openpgp.PacketReader.Packet;

/**
 * A transferable key as its packets stand (RFC 4880, 11.1 and 11.2), nothing verified yet:
 *
 * <pre>
 * key, signature*, (user id or attribute, signature*)*, (subkey, signature*)*
 * </pre>
 *
 * Signatures of versions and algorithms that no Mau key makes are passed over, and so are user attributes and subkeys of
 * unknown kinds: all of that belongs to others.
 */
record KeyBlock(Key primary, List<UserId> userIds, List<Key> subkeys, List<Foreign> foreign) {

    /** One packet and the signatures behind it. */
    sealed interface Part {
        List<Signature> signatures();
    }

    /** The primary key or a subkey. */
    record Key(KeyMaterial material, Optional<LockedPart> secret, List<Signature> signatures) implements Part {}

    /** A user id, as octets. */
    record UserId(byte[] text, List<Signature> signatures) implements Part {}

    /** A public subkey of a kind that is not used; it is dropped, but must be bound like any other. */
    record Foreign(byte[] body, List<Signature> signatures) implements Part {}

    /** Something that is not used, with whatever was signed about it. */
    record Ignored(List<Signature> signatures) implements Part {}

    /** Reads the first key of {@code packets} and stops before a second. */
    static KeyBlock parse(byte[] packets) {
        if (packets.length > AlgorithmPolicy.MAX_KEY_BYTES) {
            throw OpenPgpException.overLimit("the key is larger than " + AlgorithmPolicy.MAX_KEY_BYTES + " bytes");
        }
        try {
            return parse(new PacketReader(new ByteArrayInputStream(packets)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static KeyBlock parse(PacketReader reader) throws IOException {
        Optional<Packet> packet = reader.next();
        Key primary =
                primary(packet.orElseThrow(() -> OpenPgpException.malformed("there is no key: the data is empty")));
        List<Part> parts = new ArrayList<>(List.of(primary));
        for (packet = reader.next(); packet.isPresent() && !isPrimary(packet.get()); packet = reader.next()) {
            add(packet.get(), parts);
        }
        if (packet.isPresent()) {
            requireAnotherKey(packet.get(), reader);
        }
        return new KeyBlock(
                primary,
                only(UserId.class, parts),
                only(Key.class, parts.subList(1, parts.size())),
                only(Foreign.class, parts));
    }

    private static <T extends Part> List<T> only(Class<T> kind, List<Part> parts) {
        return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A subkey whose type was changed would end the key unnoticed; but then no user id follows. */
    private static void requireAnotherKey(Packet primary, PacketReader reader) throws IOException {
        primary.bytes();
        Optional<Packet> next = reader.next();
        while (next.isPresent() && next.get().tag() == Tag.SIGNATURE) {
            next.get().bytes();
            next = reader.next();
        }
        if (next.map(Packet::tag).filter(tag -> tag == Tag.USER_ID).isEmpty()) {
            throw OpenPgpException.malformed("a second key begins, and has no user id");
        }
    }

    private static boolean isPrimary(Packet packet) {
        return packet.tag() == Tag.PUBLIC_KEY || packet.tag() == Tag.SECRET_KEY;
    }

    private static Key primary(Packet packet) throws IOException {
        if (!isPrimary(packet)) {
            throw OpenPgpException.malformed("there is no key: the data begins with " + packet.tag());
        }
        Key key = key(packet);
        if (!AlgorithmPolicy.isSigner(key.material().algorithm())) {
            throw OpenPgpException.malformed("the primary key cannot sign");
        }
        return key;
    }

    private static void add(Packet packet, List<Part> parts) throws IOException {
        switch (packet.tag()) {
            case SIGNATURE ->
                signature(packet.bytes()).ifPresent(parts.getLast().signatures()::add);
            case USER_ID -> parts.add(new UserId(packet.bytes(), new ArrayList<>()));
            case PUBLIC_SUBKEY, SECRET_SUBKEY -> parts.add(subkey(packet));
            case USER_ATTRIBUTE -> {
                packet.body().transferTo(OutputStream.nullOutputStream());
                parts.add(new Ignored(new ArrayList<>()));
            }
            default -> throw OpenPgpException.malformed("inside a key stands " + packet.tag());
        }
    }

    private static Key key(Packet packet) throws IOException {
        return key(packet.tag(), packet.bytes());
    }

    private static Key key(Tag tag, byte[] body) {
        Octets octets = new Octets(tag.toString(), body);
        KeyMaterial material = KeyMaterial.parse(octets);
        boolean isSecret = tag == Tag.SECRET_KEY || tag == Tag.SECRET_SUBKEY;
        Optional<LockedPart> secret = isSecret ? Optional.of(LockedPart.parse(octets)) : Optional.empty();
        octets.end();
        return new Key(material, secret, new ArrayList<>());
    }

    private static Part subkey(Packet packet) throws IOException {
        byte[] body = packet.bytes();
        try {
            return key(packet.tag(), body);
        } catch (OpenPgpException e) {
            if (e.reason() != Reason.UNSUPPORTED && e.reason() != Reason.WEAK) {
                throw e;
            }
            return packet.tag() == Tag.PUBLIC_SUBKEY
                    ? new Foreign(body, new ArrayList<>())
                    : new Ignored(new ArrayList<>());
        }
    }

    private static Optional<Signature> signature(byte[] body) {
        try {
            return Optional.of(Signature.parse(body));
        } catch (OpenPgpException e) {
            if (e.reason() == Reason.UNSUPPORTED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
