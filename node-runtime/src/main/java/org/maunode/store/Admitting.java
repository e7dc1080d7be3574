package org.maunode.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.VerifiedMessage;
import org.maunode.store.ContentStore.Admission;
import org.maunode.store.StoreException.Reason;

/**
 * How a peer's verified message comes into its author's directory: not if what is there was signed later.
 *
 * <p>A signature from the future is a mistake of the author's clock, or of ours. It is admitted like any other: an author
 * whose signatures rise will sign only later ones under that name. Of an author who then signs by a clock that is right
 * again, what was signed after the mistaken one came here is the newer.
 */
final class Admitting {
    /** How far a clock may be ahead of ours before one of both must be wrong. */
    static final Duration AHEAD = Duration.ofDays(1);

    private final Account account;
    private final Directories directories;
    private final Writing writing;
    private final InstantSource time;

    Admitting(Account account, Directories directories, Writing writing, InstantSource time) {
        this.account = account;
        this.directories = directories;
        this.writing = writing;
        this.time = time;
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
        OptionalLong signedAt = ours.isPresent()
                ? new SigningTimes(account).of(directory, current.orElseThrow(), received.author())
                : OptionalLong.empty();
        return isOlder(received, signedAt, current, writing.versions(directory, name))
                ? Optional.of(Admission.OLDER_THAN_OURS)
                : Optional.empty();
    }

    /** Of one second, only bytes that we had before are older; a clock has no more to say. */
    private boolean isOlder(
            VerifiedMessage received, OptionalLong signedAt, Optional<IndexRecord> current, Versions versions)
            throws IOException {
        long theirs = received.signedAt().getEpochSecond();
        long ours = signedAt.orElse(theirs);
        if (ours == theirs) {
            return versions.find(received.sum()).isPresent();
        }
        if (!isAhead(Math.max(ours, theirs))) {
            return ours > theirs;
        }
        boolean isLater = theirs > ours || !isAhead(theirs) && theirs > arrived(current.orElseThrow());
        return !isLater || versions.find(received.sum()).isPresent();
    }

    private boolean isAhead(long seconds) {
        return seconds > time.instant().plus(AHEAD).getEpochSecond();
    }

    private static long arrived(IndexRecord current) {
        return Nanos.instant(current.stamp().modified()).getEpochSecond();
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
