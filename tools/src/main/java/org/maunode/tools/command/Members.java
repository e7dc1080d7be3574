package org.maunode.tools.command;

import java.util.Set;
import java.util.stream.Collectors;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;

/** Who is in a group. */
final class Members {
    private Members() {}

    /** The fingerprints of a group that exists. */
    static Set<Fingerprint> of(Session session, String group) {
        require(session, group);
        return session.keyring().members(group).stream()
                .map(PublicIdentity::fingerprint)
                .collect(Collectors.toSet());
    }

    static void require(Session session, String group) {
        if (!session.keyring().groups().contains(group)) {
            throw new ToolException(ExitCode.NOT_FOUND, "there is no group \"" + group + "\"", "mau groups lists them");
        }
    }
}
