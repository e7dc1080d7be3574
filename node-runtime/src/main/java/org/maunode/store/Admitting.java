package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Admission;
import org.maunode.store.StoreException.Reason;

/** How a peer's verified message comes into its author's directory: not if what is there was signed later. */
final class Admitting {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    private final Account account;
    private final Directories directories;
    private final Writing writing;

    Admitting(Account account, Directories directories, Writing writing) {
        this.account = account;
        this.directories = directories;
        this.writing = writing;
    }

    Admission admit(VerifiedMessage received, FileName name, Retention retention) throws IOException {
        checkUnchanged(received);
        OwnerDirectory directory = directory(received.author());
        writing.sweep(directory.path());
        Optional<Admission> admission = Optional.empty();
        while (admission.isEmpty()) {
            admission = tryOnce(received, directory, name, retention);
        }
        return admission.get();
    }

    /** Nobody else can write there; but what was verified was read before now. */
    private void checkUnchanged(VerifiedMessage received) throws IOException {
        if (!writing.partials().holds(received.file())) {
            throw new IllegalArgumentException(received.file() + " is no download of this store");
        }
        if (Stamp.of(received.file()).filter(s -> s.size() == received.size()).isEmpty()) {
            throw new IllegalArgumentException(received.file() + " is not what was verified");
        }
    }

    private OwnerDirectory directory(Fingerprint author) throws IOException {
        if (author.equals(account.fingerprint())) {
            return directories.make(author);
        }
        return directories
                .findAny(author)
                .orElseThrow(() -> new StoreException(
                        Reason.NOT_FOUND, directories.visible(author), author + " is not followed", null));
    }

    /** Empty if another writer came between the judging, which may take long, and the moving. */
    private Optional<Admission> tryOnce(
            VerifiedMessage received, OwnerDirectory directory, FileName name, Retention retention) throws IOException {
        Optional<IndexRecord> current = directory.settle(name);
        Optional<Admission> refusal = refusal(received, directory, name, current);
        if (refusal.isPresent()) {
            writing.disk().delete(received.file());
            return refusal;
        }
        writing.disk().force(received.file());
        return writing.exclusively(() -> {
            if (!isSame(current, directory.settle(name))) {
                return Optional.empty();
            }
            Path from = received.file();
            writing.replacement(directory, name, retention).by(from, to -> move(from, to), facts(received));
            return Optional.of(Admission.ADMITTED);
        });
    }

    private static boolean isSame(Optional<IndexRecord> before, Optional<IndexRecord> now) {
        return before.map(IndexRecord::stamp).equals(now.map(IndexRecord::stamp));
    }

    private Optional<Admission> refusal(
            VerifiedMessage received, OwnerDirectory directory, FileName name, Optional<IndexRecord> current)
            throws IOException {
        Optional<Facts> ours = current.flatMap(IndexRecord::facts);
        if (ours.filter(facts -> facts.sum().equals(received.sum())).isPresent()) {
            return Optional.of(Admission.ALREADY_HERE);
        }
        OptionalLong signedAt =
                ours.isPresent() ? signedAt(directory, current.orElseThrow(), received.author()) : OptionalLong.empty();
        return isOlder(received, signedAt, writing.versions(directory, name))
                ? Optional.of(Admission.OLDER_THAN_OURS)
                : Optional.empty();
    }

    /** Of one second, only bytes that we had before are older; a clock has no more to say. */
    private static boolean isOlder(VerifiedMessage received, OptionalLong ours, Versions versions) throws IOException {
        long theirs = received.signedAt().getEpochSecond();
        if (ours.isPresent() && ours.getAsLong() != theirs) {
            return ours.getAsLong() > theirs;
        }
        return versions.find(received.sum()).isPresent();
    }

    private OptionalLong signedAt(OwnerDirectory directory, IndexRecord current, Fingerprint author)
            throws IOException {
        Facts facts = current.facts().orElseThrow();
        if (facts.signedAt().isPresent()) {
            return facts.signedAt();
        }
        OptionalLong verified = verifiedTime(directory.path(current.name()), author);
        if (verified.isPresent()) {
            directory.learn(current, facts.signedAt(verified.getAsLong()));
        }
        return verified;
    }

    /** What does not verify was never admitted, and protects nothing. */
    private OptionalLong verifiedTime(Path file, Fingerprint author) throws IOException {
        Optional<PublicIdentity> key = author.equals(account.fingerprint())
                ? Optional.of(account.identity().publicIdentity())
                : account.keyring().find(author);
        try {
            return key.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(new Opener(account.identity())
                            .verify(file, key.get())
                            .signedAt()
                            .getEpochSecond());
        } catch (OpenPgpException unverifiable) {
            LOG.log(Level.FINE, "unverifiable file={0}: {1}", new Object[] {file, unverifiable.getMessage()});
            return OptionalLong.empty();
        }
    }

    private static Facts facts(VerifiedMessage received) {
        return new Facts(
                received.sum(),
                received.envelope(),
                OptionalLong.of(received.signedAt().getEpochSecond()));
    }

    /** An owner's directory may be mounted from another disk. */
    private void move(Path from, Path to) throws IOException {
        try {
            writing.disk().move(from, to);
        } catch (AtomicMoveNotSupportedException otherDisk) {
            copy(from, to);
            writing.disk().delete(from);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        Disk disk = writing.disk();
        try (TempFile temp = TempFile.in(to.getParent(), disk);
                InputStream in = disk.read(from)) {
            in.transferTo(temp.out());
            temp.sync();
            disk.setModified(temp.path(), Files.getLastModifiedTime(from).toInstant());
            temp.moveTo(to);
        }
    }
}
