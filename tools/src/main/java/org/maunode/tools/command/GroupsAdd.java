package org.maunode.tools.command;

import java.nio.file.Path;
import java.util.List;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group, and adds friends to it. */
@picocli.CommandLine.Command(name = "add", description = "make a group, and add friends to it")
final class GroupsAdd implements Command {
    @Parameters(index = "0", paramLabel = "GROUP", description = "its name; work/close makes a group inside a group")
    String group;

    @Parameters(index = "1..*", paramLabel = "WHO", description = "fingerprints, or names of friends")
    List<String> arguments = List.of();

    @Option(names = "--fingerprint", paramLabel = "WHO", description = "the same")
    List<String> flags = List.of();

    @Override
    public ExitCode run(Session session) {
        List<PublicIdentity> friends = Inputs.many(flags, arguments).stream()
                .map(session.people()::friend)
                .toList();
        session.keyring().createGroup(group);
        friends.forEach(friend -> session.keyring().addToGroup(friend.fingerprint(), group));
        Groups.tell(session, Path.of(group).getFileName().toString());
        return ExitCode.OK;
    }
}
