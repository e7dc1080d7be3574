package org.maunode.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.VersionHash;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Partial;

/** Somebody with keys who makes messages. */
record Peer(SecretIdentity identity) {
    static final Instant SIGNED = Instant.parse("2024-02-01T12:00:00Z");
    static final Instant CREATED = Instant.parse("2024-01-01T00:00:00Z");
    static final char[] PASSPHRASE = "correct horse".toCharArray();

    static Peer named(String name) {
        return new Peer(SecretIdentity.generate(name, name + "@example.org", CREATED));
    }

    static Peer of(Account account) {
        return new Peer(account.identity());
    }

    Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    PublicIdentity key() {
        return identity.publicIdentity();
    }

    Sealer.OutgoingMessage message(String text, Instant signedAt) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new Sealer(identity).sign(() -> new ByteArrayInputStream(content), signedAt);
    }

    Sealer.OutgoingMessage sealed(String text, Instant signedAt, PublicIdentity... recipients) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return new Sealer(identity).seal(() -> new ByteArrayInputStream(content), List.of(recipients), signedAt);
    }

    byte[] signed(String text, Instant signedAt) {
        return bytes(message(text, signedAt));
    }

    static byte[] bytes(Sealer.OutgoingMessage message) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Downloads {@code message} of this peer as a syncer does, up to the evidence. */
    VerifiedMessage received(Account by, ContentStore store, FileName name, byte[] message) throws IOException {
        VersionHash sum = VersionHash.of(Inspector.sha256().digest(message));
        Partial partial = store.partial(fingerprint(), name, sum);
        partial.discard();
        try (OutputStream out = partial.append()) {
            out.write(message);
        }
        return new Opener(by.identity()).verify(partial.path(), key());
    }

    static Account account(Path root) {
        return Account.create(root, "Ada", "ada@example.org", PASSPHRASE, new Disk(), InstantSource.fixed(CREATED));
    }
}
