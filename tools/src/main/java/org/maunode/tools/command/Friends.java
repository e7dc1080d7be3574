package org.maunode.tools.command;

import com.eclipsesource.json.JsonArray;
import java.util.Optional;
import java.util.stream.Collectors;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Keyring;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;
import picocli.CommandLine.Option;

/** Lists friends. */
final class Friends implements Command {
    @Option(names = "--group", paramLabel = "GROUP", description = "only the members of this group")
    Optional<String> group = Optional.empty();

    @Override
    public ExitCode run(Session session) {
        var members = group.map(name -> Members.of(session, name));
        try (Rows rows = session.output()
                .rows(group.isPresent() ? "nobody is in the group" : "no friends yet; mau friend KEYFILE adds one")) {
            session.keyring().friends().stream()
                    .filter(friend -> members.isEmpty()
                            || members.get().contains(friend.key().fingerprint()))
                    .forEach(friend -> add(rows, friend));
        }
        return ExitCode.OK;
    }

    private static void add(Rows rows, Keyring.Friend friend) {
        JsonArray groups = new JsonArray();
        friend.groups().stream().sorted().forEach(groups::add);
        rows.add(
                Records.person(friend.key())
                        .add("canReceive", friend.key().canReceive())
                        .add("groups", groups),
                friend.key().name(),
                friend.key().email(),
                friend.key().fingerprint().toString(),
                friend.groups().stream().sorted().collect(Collectors.joining(", ")));
    }
}
