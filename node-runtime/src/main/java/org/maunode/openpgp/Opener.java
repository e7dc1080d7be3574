package org.maunode.openpgp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Opens messages with one account's keys. What comes out is plain text only after its signature verified: small content
 * waits in memory, larger content is read a second time and must be the same bytes. Thread-safe.
 */
public final class Opener {
    private final SecretIdentity reader;

    public Opener(SecretIdentity reader) {
        this.reader = Objects.requireNonNull(reader);
    }

    /**
     * Verifies that {@code file} is one whole message by {@code author}.
     *
     * @throws OpenPgpException if it is not
     * @throws IOException if the file cannot be read
     */
    public VerifiedMessage verify(Path file, PublicIdentity author) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Verifies {@code file} as {@link #verify} does, and then writes its content to {@code out}. */
    public VerifiedMessage open(Path file, PublicIdentity author, OutputStream out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Verifies and returns a small message's content.
     *
     * @param maxBytes the content's largest size, in bytes
     */
    public byte[] open(byte[] message, PublicIdentity author, int maxBytes) {
        throw new UnsupportedOperationException();
    }
}
