package org.maunode.tools.command;

import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.tools.account.Session;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one friend that a command is about. */
final class Who {
    @Option(names = "--fingerprint", paramLabel = "WHO", description = "the same")
    Optional<String> flag = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "WHO", description = "a fingerprint, or the name of a friend")
    Optional<String> argument = Optional.empty();

    String text() {
        return Inputs.one("WHO", flag, argument);
    }

    /** Who that is, friend or not; a fingerprint is understood without opening the account. */
    Fingerprint anybody(Session session) {
        return Fingerprint.isWellFormed(text())
                ? Fingerprint.of(text())
                : session.people().named(text());
    }

    PublicIdentity friend(Session session) {
        return session.people().friend(text());
    }
}
