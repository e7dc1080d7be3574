package org.maunode.tools.command;

import java.nio.file.Files;
import java.util.Optional;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;

/** Whose files a command is about. */
final class Owner {
    @Option(
            names = "--fingerprint",
            paramLabel = "WHO",
            description = "whose files: a fingerprint, or the name of a friend (default: your own)")
    Optional<String> who = Optional.empty();

    Fingerprint fingerprint(Session session) {
        return who.map(session.people()::named)
                .orElseGet(() -> session.account().fingerprint());
    }

    PublicIdentity key(Session session) {
        return key(session, fingerprint(session));
    }

    /** The key that the files of {@code owner} must be signed with. */
    static PublicIdentity key(Session session, Fingerprint owner) {
        return session.people()
                .key(owner)
                .orElseThrow(() -> new ToolException(
                        ExitCode.NOT_FOUND,
                        "the key of " + owner + " is not here, so nothing of theirs can be verified",
                        "mau friend KEYFILE adds it"));
    }

    StoredFile file(Session session, FileName name) {
        return file(session, fingerprint(session), name);
    }

    static StoredFile file(Session session, Fingerprint owner, FileName name) {
        return session.store().find(owner, name).orElseThrow(() -> missing(session, owner, name));
    }

    static ToolException missing(Session session, Fingerprint owner, FileName name) {
        boolean own = owner.equals(session.account().fingerprint());
        if (Files.isRegularFile(session.home().resolve(owner.toString()).resolve(name.value()))) {
            return new ToolException(ExitCode.NOT_VERIFIED, name + " is no OpenPGP message");
        }
        return new ToolException(
                ExitCode.NOT_FOUND,
                own ? "you have no file " + name : session.people().display(owner) + " has no file " + name + " here",
                "mau files" + (own ? "" : " --fingerprint " + owner) + " lists what there is");
    }
}
