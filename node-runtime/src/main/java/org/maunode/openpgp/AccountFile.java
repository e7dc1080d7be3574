package org.maunode.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.modes.CFBModeCipher;
import org.maunode.openpgp.OpenPgpException.Reason;
import org.maunode.openpgp.PacketReader.Packet;
import org.maunode.openpgp.SessionKeyPacket.SessionKey;

/**
 * The envelope of {@code account.pgp}: a transferable secret key as the content of a message under a passphrase.
 *
 * <pre>
 * session key under a passphrase, encrypted( literal( secret key packets ) )
 * </pre>
 *
 * Read also where it is compressed, where the passphrase's key encrypts the data itself (GnuPG), and where there is no
 * envelope: the key's own protection is then all there is.
 */
final class AccountFile {
    private static final int VERSION = 4;
    private static final int LITERAL_TIME = 4;
    private static final byte[] LITERAL_HEADER = {'b', 0, 0, 0, 0, 0};

    private AccountFile() {}

    /** The secret key packets in {@code file}. */
    static byte[] open(byte[] file, char[] passphrase) {
        byte[] packets = Armor.isArmored(file) ? Armor.decode(file) : file;
        try {
            PacketReader reader = new PacketReader(new ByteArrayInputStream(packets));
            Packet first = required(reader);
            return first.tag() == Tag.PASSPHRASE ? unseal(first, reader, passphrase) : packets;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] unseal(Packet passphrasePacket, PacketReader reader, char[] passphrase) throws IOException {
        SessionKey session = session(new Octets("the passphrase's packet", passphrasePacket.bytes()), passphrase);
        Packet sealed = required(reader);
        if (sealed.tag() != Tag.SEALED) {
            throw OpenPgpException.unsupported("behind the passphrase's packet stands " + sealed.tag());
        }
        SealedInput plain = SealedInput.open(sealed.body(), session.key());
        if (!plain.hasRepeat()) {
            throw wrongPassphrase();
        }
        byte[] clear = plain.readNBytes(AlgorithmPolicy.MAX_KEY_FILE_BYTES + 1);
        plain.requireIntact();
        if (reader.next().isPresent()) {
            throw OpenPgpException.malformed("something lies behind the account's key");
        }
        return literal(new ByteArrayInputStream(clear), Compression.NONE);
    }

    private static SessionKey session(Octets octets, char[] passphrase) {
        int version = octets.u8();
        if (version != VERSION) {
            throw OpenPgpException.unsupported("the passphrase's packet has version " + version);
        }
        int cipher = octets.u8();
        AlgorithmPolicy.keyBytes(cipher);
        byte[] key = StringToKey.parse(octets).key(cipher, passphrase);
        return octets.left() == 0 ? new SessionKey(cipher, key) : unwrap(Crypto.cfb(false, key), octets.rest());
    }

    private static SessionKey unwrap(CFBModeCipher cipher, byte[] wrapped) {
        byte[] clear = new byte[wrapped.length];
        cipher.processBytes(wrapped, 0, wrapped.length, clear, 0);
        if (!AlgorithmPolicy.isCipher(clear[0]) || clear.length != 1 + AlgorithmPolicy.keyBytes(clear[0])) {
            throw wrongPassphrase();
        }
        return new SessionKey(clear[0], Arrays.copyOfRange(clear, 1, clear.length));
    }

    private static OpenPgpException wrongPassphrase() {
        return new OpenPgpException(
                Reason.WRONG_PASSPHRASE,
                "the passphrase does not open the account, or the front of its file is damaged");
    }

    private static byte[] literal(InputStream in, int layers) throws IOException {
        PacketReader reader = new PacketReader(in);
        Packet packet = required(reader);
        byte[] content =
                switch (packet.tag()) {
                    case COMPRESSED -> expanded(packet, layers + 1);
                    case LITERAL -> content(packet.body());
                    default -> throw OpenPgpException.unsupported("in the account lies " + packet.tag());
                };
        if (reader.next().isPresent()) {
            throw OpenPgpException.malformed("something lies behind the account's key");
        }
        return content;
    }

    private static byte[] expanded(Packet packet, int layers) throws IOException {
        if (layers > AlgorithmPolicy.MAX_COMPRESSION_LAYERS) {
            throw OpenPgpException.overLimit("the account is compressed more than once");
        }
        try (InputStream expanded = Compression.expand(packet.body())) {
            return literal(expanded, layers);
        }
    }

    /** All octets as they are: the Go peer calls them text, and who then mends line ends ruins keys. */
    private static byte[] content(InputStream body) throws IOException {
        Octets header = new Octets("literal data", body.readNBytes(2));
        header.u8();
        int skipped = header.u8() + LITERAL_TIME;
        new Octets("literal data", body.readNBytes(skipped)).take(skipped);
        byte[] content = body.readNBytes(AlgorithmPolicy.MAX_KEY_BYTES + 1);
        if (content.length > AlgorithmPolicy.MAX_KEY_BYTES) {
            throw OpenPgpException.overLimit("the key is larger than " + AlgorithmPolicy.MAX_KEY_BYTES + " bytes");
        }
        return content;
    }

    private static Packet required(PacketReader reader) throws IOException {
        Optional<Packet> packet = reader.next();
        return packet.orElseThrow(() -> OpenPgpException.malformed("the account file ends too early"));
    }

    /** Seals the secret key packets under a passphrase. */
    static void write(byte[] secretPackets, char[] passphrase, OutputStream out) throws IOException {
        SessionKey session = SessionKey.fresh(AlgorithmPolicy.AES256);
        Packets.write(out, Tag.PASSPHRASE, passphrasePacket(session, passphrase));
        try (OutputStream sealed = new SealedOutput(out, session.key());
                OutputStream literal = Packets.stream(sealed, Tag.LITERAL)) {
            literal.write(LITERAL_HEADER);
            literal.write(secretPackets);
        }
    }

    private static byte[] passphrasePacket(SessionKey session, char[] passphrase) {
        StringToKey stringToKey = StringToKey.fresh();
        ByteArrayOutputStream clear = new ByteArrayOutputStream();
        clear.write(session.cipher());
        clear.writeBytes(session.key());
        byte[] wrapped = clear.toByteArray();
        CFBModeCipher cipher = Crypto.cfb(true, stringToKey.key(session.cipher(), passphrase));
        cipher.processBytes(wrapped, 0, wrapped.length, wrapped, 0);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(VERSION);
        body.write(session.cipher());
        body.writeBytes(stringToKey.encoded());
        body.writeBytes(wrapped);
        return body.toByteArray();
    }
}
