package org.maunode.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.maunode.openpgp.AlgorithmPolicy.Limits;
import org.maunode.openpgp.MessageReader.Verified;

/**
 * Opens messages with one account's keys. What comes out is plain text only after its signature verified: small content
 * waits in memory, larger content is read a second time and must be the same bytes. Thread-safe.
 *
 * <p>Stricter than the Go peer, on purpose: no SHA-1, no ciphers but AES, no text-mode signatures (their line ends are not
 * what was signed), no hidden recipients, no signature that expires; and signing subkeys count if the primary key bound
 * them and they signed it back. The clock is not asked: a key must have been valid when it signed.
 *
 * <p>After any one octet is changed a message is refused, but for two kinds that nobody can verify. In a sealed message by
 * another program: the key id, point and wrapped key meant for <em>another</em> recipient. In a public message: what
 * compression and literal packet say beside the content (a name, a time, another way to compress the same). Author, content
 * and time are the signature's in every case; {@link VerifiedMessage#sum} tells the files apart.
 */
public final class Opener {
    private final SecretIdentity reader;
    private final Limits limits;

    public Opener(SecretIdentity reader) {
        this(reader, Limits.STANDARD);
    }

    Opener(SecretIdentity reader, Limits limits) {
        this.reader = Objects.requireNonNull(reader);
        this.limits = limits;
    }

    /**
     * Verifies that {@code file} is one whole message by {@code author}.
     *
     * @throws OpenPgpException if it is not
     * @throws IOException if the file cannot be read
     */
    public VerifiedMessage verify(Path file, PublicIdentity author) throws IOException {
        try (SteadyFile steady = SteadyFile.open(file)) {
            Verified verified = read(steady.firstPass(), steady.size(), author, OutputStream.nullOutputStream());
            return evidence(file, author, steady, verified);
        }
    }

    /**
     * Verifies {@code file} as {@link #verify} does, and then writes its content to {@code out}, which stays open. If the
     * file is changed by others meanwhile, the content may end early with an exception; what was written until then is
     * the author's.
     *
     * @throws OpenPgpException if it is no message by {@code author}; nothing was written then, unless it changed
     * @throws IOException if the file cannot be read, or {@code out} not be written
     */
    public VerifiedMessage open(Path file, PublicIdentity author, OutputStream out) throws IOException {
        try (SteadyFile steady = SteadyFile.open(file)) {
            HeldContent held = new HeldContent();
            Verified verified = read(steady.firstPass(), steady.size(), author, held);
            if (held.isWhole()) {
                held.writeTo(out);
            } else {
                read(steady.secondPass(), steady.size(), author, out);
            }
            return evidence(file, author, steady, verified);
        }
    }

    /**
     * Verifies and returns a small message's content.
     *
     * @param maxBytes the content's largest size, in bytes
     * @throws OpenPgpException if it is no message by {@code author}, or its content is larger
     */
    public byte[] open(byte[] message, PublicIdentity author, int maxBytes) {
        Limits small = new Limits(limits.fileBytes(), maxBytes, limits.freeBytes(), limits.expansion());
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            new Opener(reader, small).read(new ByteArrayInputStream(message), message.length, author, content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return content.toByteArray();
    }

    private Verified read(InputStream in, long size, PublicIdentity author, OutputStream sink) throws IOException {
        limits.requireFile(size);
        return new MessageReader(reader, author, limits, size, sink).read(in);
    }

    private static VerifiedMessage evidence(Path file, PublicIdentity author, SteadyFile steady, Verified verified) {
        return new VerifiedMessage(
                file, author.fingerprint(), verified.signedAt(), steady.sum(), steady.size(), verified.envelope());
    }

    /** Content that waits for its signature, up to a limit; beyond that it is let go. */
    private static final class HeldContent extends OutputStream {
        private ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean isWhole = true;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            isWhole &= held.size() + length <= AlgorithmPolicy.MAX_HELD_BYTES;
            if (isWhole) {
                held.write(bytes, offset, length);
            } else {
                held = new ByteArrayOutputStream(0);
            }
        }

        boolean isWhole() {
            return isWhole;
        }

        void writeTo(OutputStream out) throws IOException {
            held.writeTo(out);
        }
    }
}
