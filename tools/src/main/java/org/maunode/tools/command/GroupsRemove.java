package org.maunode.tools.command;

import java.util.List;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes friends out of a group; they stay friends. */
@picocli.CommandLine.Command(name = "remove", description = "take friends out of a group; they stay friends")
final class GroupsRemove implements Command {
    @Parameters(index = "0", paramLabel = "GROUP", description = "the group's name")
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
        if (friends.isEmpty()) {
            throw new ToolException(ExitCode.USAGE, "whom to take out of \"" + group + "\" is missing");
        }
        Members.require(session, group);
        friends.forEach(friend -> session.keyring().removeFromGroup(friend.fingerprint(), group));
        Groups.tell(session, group);
        return ExitCode.OK;
    }
}
