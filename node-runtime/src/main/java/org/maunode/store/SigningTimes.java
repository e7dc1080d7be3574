package org.maunode.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;

/** The times inside signatures: of what is here, and of what is to be signed next. */
final class SigningTimes {
    private static final Logger LOG = Logger.getLogger("org.maunode.store");

    /** The last second that a signature can name (RFC 4880, 3.5). */
    private static final long LAST = 0xffffffffL;

    private final Account account;

    SigningTimes(Account account) {
        this.account = account;
    }

    /** When {@code current} was signed, in seconds of 1970; verified once, and then remembered in the index. */
    OptionalLong of(OwnerDirectory directory, IndexRecord current, Fingerprint author) throws IOException {
        if (current.facts().isEmpty() || current.facts().get().signedAt().isPresent()) {
            return current.facts().map(Facts::signedAt).orElse(OptionalLong.empty());
        }
        OptionalLong verified = verified(directory.path(current.name()), author);
        if (verified.isPresent()) {
            directory.learn(current, current.facts().get().signedAt(verified.getAsLong()));
        }
        return verified;
    }

    /** When the account's next message is to be signed: now, but behind the one that is there. */
    Instant next(OwnerDirectory own, FileName name, Instant now) throws IOException {
        Optional<IndexRecord> current = own.current(name);
        OptionalLong last = current.isPresent() ? of(own, current.get(), account.fingerprint()) : OptionalLong.empty();
        long more = current.filter(own.behind()::has).isPresent()
                ? own.behind().by().toSeconds()
                : 0;
        return last.isPresent() ? behind(last.getAsLong() + more, now) : now;
    }

    /** What no key of the account could sign any more is a mistake that draws nothing after it. */
    private Instant behind(long last, Instant now) {
        Instant next = Instant.ofEpochSecond(last + 1);
        Optional<Instant> end = account.identity().publicIdentity().expires();
        boolean canBe = last < LAST && end.map(next::isBefore).orElse(true);
        return canBe && next.isAfter(now) ? next : now;
    }

    /** What does not verify was never admitted, and protects nothing. */
    private OptionalLong verified(Path file, Fingerprint author) throws IOException {
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
}
