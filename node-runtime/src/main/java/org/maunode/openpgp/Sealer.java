package org.maunode.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Makes messages signed by one account: public ones, and ones sealed for named recipients. Thread-safe. */
public final class Sealer {
    private final SecretIdentity author;

    public Sealer(SecretIdentity author) {
        this.author = Objects.requireNonNull(author);
    }

    /** Where the plain content comes from; opened once each time the message is written. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** A public message: signed, compressed, not encrypted. */
    public OutgoingMessage sign(Content content, Instant signedAt) {
        throw new UnsupportedOperationException();
    }

    /**
     * A message for the author and {@code recipients}; the author comes first, nobody twice.
     *
     * @throws OpenPgpException with {@code UNUSABLE_KEY} for a recipient without an encryption key
     */
    public OutgoingMessage seal(Content content, List<PublicIdentity> recipients, Instant signedAt) {
        throw new UnsupportedOperationException();
    }

    /** A message of this account, ready to be written; only {@link Sealer} makes them. */
    public interface OutgoingMessage {
        /** Writes the binary message; needs the same heap for a gigabyte as for a kilobyte. */
        void writeTo(OutputStream out) throws IOException;

        /** What everybody will be able to tell of it. */
        Envelope envelope();

        /** The time inside the signature, to the second. */
        Instant signedAt();
    }
}
