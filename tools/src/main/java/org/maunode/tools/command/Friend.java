package org.maunode.tools.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.OpenPgpException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a friend's public key. */
final class Friend implements Command {
    private static final int MAX_KEY_BYTES = 1 << 20;

    @Option(names = "--key", paramLabel = "FILE", description = "the same")
    Optional<String> keyFlag = Optional.empty();

    @Parameters(
            arity = "0..1",
            paramLabel = "KEYFILE",
            description = "the friend's public key, armored or binary; - for standard input")
    Optional<String> keyArgument = Optional.empty();

    @Option(names = "--fingerprint", paramLabel = "FPR", description = "take the key only if this is its fingerprint")
    Optional<String> expected = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "add the friend to this group too; may be repeated")
    List<String> groups = List.of();

    @Override
    public ExitCode run(Session session) throws IOException {
        PublicIdentity key = read(session, Inputs.one("KEYFILE", keyFlag, keyArgument));
        requireExpected(key);
        if (key.fingerprint().equals(session.account().fingerprint())) {
            throw new ToolException(ExitCode.USAGE, "that is this account's own key");
        }
        boolean known = session.keyring().find(key.fingerprint()).isPresent();
        session.keyring().add(key);
        groups.forEach(group -> session.keyring().addToGroup(key.fingerprint(), group));
        tell(session, key, known);
        return ExitCode.OK;
    }

    private static PublicIdentity read(Session session, String file) throws IOException {
        byte[] data = Inputs.small(session.shell(), file, MAX_KEY_BYTES);
        try {
            return PublicIdentity.parse(data);
        } catch (OpenPgpException garbage) {
            throw new ToolException(
                    ExitCode.of(garbage),
                    (file.equals("-") ? "standard input" : file) + " holds no usable public key: "
                            + garbage.getMessage(),
                    "ask your friend for the output of: mau export");
        }
    }

    private void requireExpected(PublicIdentity key) {
        if (expected.isPresent() && !Fingerprint.of(expected.get()).equals(key.fingerprint())) {
            throw new ToolException(
                    ExitCode.NOT_VERIFIED,
                    "the key has the fingerprint " + key.fingerprint() + ", not " + expected.get(),
                    "nothing was added");
        }
    }

    private static void tell(Session session, PublicIdentity key, boolean known) {
        session.output()
                .record(
                        Records.person(key).add("canReceive", key.canReceive()).add("updated", known),
                        People.display(key) + "  " + key.fingerprint());
        session.output().say((known ? "updated " : "added ") + People.display(key));
        if (!key.canReceive()) {
            session.output().warn("nothing can be sealed for this key: it has no encryption key");
        }
    }
}
