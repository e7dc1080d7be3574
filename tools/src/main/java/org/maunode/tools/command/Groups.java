package org.maunode.tools.command;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;

/** Lists groups of friends. */
@picocli.CommandLine.Command(subcommands = {GroupsAdd.class, GroupsRemove.class})
final class Groups implements Command {
    @Override
    public ExitCode run(Session session) {
        try (Rows rows = session.output().rows("no groups yet; mau groups add GROUP WHO makes one")) {
            session.keyring().groups().forEach(group -> add(session, rows, group));
        }
        return ExitCode.OK;
    }

    private static void add(Session session, Rows rows, String group) {
        List<PublicIdentity> members = session.keyring().members(group);
        rows.add(
                record(group, members),
                group,
                members.stream().map(People::display).collect(Collectors.joining(", ")));
    }

    /** A group as it is now. */
    static void tell(Session session, String group) {
        List<PublicIdentity> members = session.keyring().members(group);
        session.output()
                .record(
                        record(group, members),
                        (group + "  " + members.stream().map(People::display).collect(Collectors.joining(", ")))
                                .stripTrailing());
    }

    private static JsonObject record(String group, List<PublicIdentity> members) {
        JsonArray people = new JsonArray();
        members.forEach(member -> people.add(Records.person(member)));
        return new JsonObject().add("group", group).add("members", people);
    }
}
