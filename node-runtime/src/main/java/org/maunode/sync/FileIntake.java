package org.maunode.sync;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.Intake;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.ContentStore;
import org.maunode.store.ContentStore.Partial;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/**
 * Takes in the files of one author, one at a time.
 *
 * <pre>
 *   listed ──► here already? ──► too large? ──► fetch what is missing ──► hash ──► signature, author ──► admit
 *                                                  (resumes)             (once more from the beginning if it differs)
 * </pre>
 */
final class FileIntake {
    private final ContentStore store;
    private final Opener opener;
    private final Intake intake;
    private final PublicIdentity author;
    private final RemotePeer remote;
    private final Follower.Options options;
    private final SyncProgress progress;
    private final RefusedFiles refused;
    private final SyncReport.Tally tally;

    /**
     * What became of a listed file.
     *
     * @param settled whether it need not be asked for again
     * @param signedAt the time inside its signature, if it is here
     */
    record Outcome(boolean settled, Optional<Instant> signedAt) {
        private static final Outcome SETTLED = new Outcome(true, Optional.empty());
        private static final Outcome POSTPONED = new Outcome(false, Optional.empty());
    }

    FileIntake(
            ContentStore store,
            Opener opener,
            PublicIdentity author,
            RemotePeer remote,
            Follower.Options options,
            RefusedFiles refused,
            SyncProgress progress) {
        this.store = store;
        this.opener = opener;
        this.intake = new Intake(store, opener, options.retention());
        this.author = author;
        this.remote = remote;
        this.options = options;
        this.refused = refused;
        this.progress = progress;
        this.tally = new SyncReport.Tally(author.fingerprint(), remote.fingerprint());
    }

    SyncReport report(Optional<ExchangeException> interrupted) {
        return tally.close(interrupted);
    }

    /** An entry of the listing that is not even a name, a size and a hash. */
    void flawed(String why) {
        tally.refused("(listing)", why);
    }

    /**
     * Brings one file here, or says why not.
     *
     * @throws ExchangeException if the connection broke, so that nothing else can be fetched either
     * @throws StoreException if this side's disk fails
     */
    Outcome take(ListedFile listed) {
        Optional<StoredFile> held = store.findVersion(owner(), listed.name(), listed.sum());
        if (held.isPresent()) {
            return alreadyHeld(listed, held.get());
        }
        if (refused.contains(key(listed))) {
            return Outcome.SETTLED;
        }
        if (listed.size() > options.maxFileBytes()) {
            tally.refused(listed.name().value(), "is larger than the limit of " + options.maxFileBytes() + " bytes");
            return Outcome.SETTLED;
        }
        progress.begins(listed, partial(listed).length());
        try {
            return receive(listed);
        } catch (OpenPgpException bad) {
            return refused(listed, bad.getMessage());
        } catch (ExchangeException failed) {
            return failed(listed, failed);
        } catch (StoreException failed) {
            return failed(listed, failed);
        } catch (IOException failed) {
            throw StoreException.of("fetch " + listed.name(), partial(listed).path(), failed);
        } finally {
            progress.ends(listed);
        }
    }

    private Outcome alreadyHeld(ListedFile listed, StoredFile held) {
        boolean current =
                held.path().getFileName().toString().equals(listed.name().value());
        if (current) {
            tally.alreadyHere();
        } else {
            tally.older();
        }
        return listed.modified().isPresent() ? Outcome.SETTLED : new Outcome(true, signedAt(held));
    }

    /** Only asked for when the peer gives no times; then the author's signature is the nearest thing to one. */
    private Optional<Instant> signedAt(StoredFile held) {
        try {
            return Optional.of(opener.verify(held.path(), author).signedAt());
        } catch (OpenPgpException | IOException unreadable) {
            return Optional.empty();
        }
    }

    private Outcome receive(ListedFile listed) throws IOException {
        boolean resumed = partial(listed).length() > 0;
        fetchMissing(listed);
        if (resumed && !Intake.isWhole(partial(listed), listed.sum())) {
            // A power cut may leave blocks that were never written at the end of what an earlier run received.
            partial(listed).discard();
            fetchMissing(listed);
        }
        return Intake.isWhole(partial(listed), listed.sum())
                ? admitted(intake.admit(partial(listed), listed.name(), author))
                : notAsListed(listed);
    }

    /** The author may have changed it meanwhile; a relay has others beside it, and is not asked for these bytes again. */
    private Outcome notAsListed(ListedFile listed) {
        String why = "its hash is not the listed one";
        partial(listed).discard();
        return remote.fingerprint().equals(owner()) ? postponed(listed, why) : refused(listed, why);
    }

    private Outcome refused(ListedFile listed, String why) {
        partial(listed).discard();
        refused.add(key(listed));
        tally.refused(listed.name().value(), why);
        return Outcome.SETTLED;
    }

    private RefusedFiles.Refused key(ListedFile listed) {
        return new RefusedFiles.Refused(owner(), remote.fingerprint(), listed.sum());
    }

    private Outcome admitted(Intake.Outcome outcome) {
        switch (outcome.admission()) {
            case ADMITTED -> tally.fetched();
            case ALREADY_HERE -> tally.alreadyHere();
            case OLDER_THAN_OURS -> tally.older();
        }
        return new Outcome(true, Optional.of(outcome.signedAt()));
    }

    private void fetchMissing(ListedFile listed) throws IOException {
        Partial partial = partial(listed);
        if (partial.length() > listed.size()) {
            partial.discard();
        }
        if (partial.length() < listed.size()) {
            remote.fetch(owner(), listed.name(), partial.length(), listed.sum(), (offset, total) -> {
                if (total != listed.size()) {
                    throw new ExchangeException(
                            ExchangeException.Reason.NOT_FOUND, "changed since it was listed: " + total + " bytes now");
                }
                if (offset == 0) {
                    partial.discard();
                }
                return counted(partial.append());
            });
        }
    }

    private OutputStream counted(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                tally.received(length);
                progress.received(length);
            }
        };
    }

    private Outcome failed(ListedFile listed, ExchangeException failed) {
        return switch (failed.reason()) {
            case NOT_FOUND, BUSY -> postponed(listed, failed.getMessage());
            case RANGE -> {
                partial(listed).discard();
                yield postponed(listed, failed.getMessage());
            }
            case NOT_ALLOWED, OVER_LIMIT -> {
                tally.refused(listed.name().value(), failed.getMessage());
                yield Outcome.SETTLED;
            }
            case UNREACHABLE, TIMED_OUT, WRONG_IDENTITY, PROTOCOL, NOT_SUPPORTED, REFUSED -> throw failed;
        };
    }

    /** Another program may be fetching the same file, or its author leaving it here. */
    private Outcome failed(ListedFile listed, StoreException failed) {
        if (failed.reason() == StoreException.Reason.IN_USE) {
            return postponed(listed, failed.getMessage());
        }
        throw failed;
    }

    private Outcome postponed(ListedFile listed, String why) {
        tally.postponed(listed.name().value(), why);
        return Outcome.POSTPONED;
    }

    private Partial partial(ListedFile listed) {
        return store.partial(owner(), listed.name(), listed.sum());
    }

    private Fingerprint owner() {
        return author.fingerprint();
    }
}
