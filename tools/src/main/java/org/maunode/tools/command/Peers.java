package org.maunode.tools.command;

import com.eclipsesource.json.JsonValue;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.control.PeerTable;
import org.maunode.control.Question;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Network;
import org.maunode.tools.fetch.RunningNode;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Rows;
import org.maunode.tools.output.Told;

/** Lists who is known, where, how, and when that was last proved. */
@picocli.CommandLine.Command
final class Peers implements Command {
    @Override
    public ExitCode run(Session session) {
        session.requireAccount();
        JsonValue table =
                RunningNode.tryAsk(session, new Question.Peers(), _ -> {}).orElseGet(() -> onDisk(session));
        try (Rows rows = session.output().rows("nobody is known yet; mau friend KEYFILE adds a friend")) {
            Told.objects(table).forEach(peer -> rows.add(peer.json(), cells(session.output(), peer)));
        }
        return ExitCode.OK;
    }

    private static JsonValue onDisk(Session session) {
        PeerTable table = new PeerTable();
        session.keyring().friends().forEach(friend -> table.friend(friend.key()));
        table.followed(session.store().followed());
        session.places().places().forEach(table::proven);
        session.addresses()
                .all()
                .forEach(given -> table.said(given, session.addresses().name()));
        Network.heardOf(session).forEach(heard -> table.said(heard, "kademlia"));
        session.output().say("no node runs; this is what is on disk");
        return table.json(_ -> Optional.empty());
    }

    private static String[] cells(Output output, Told peer) {
        return new String[] {
            peer.text("name"),
            peer.text("fingerprint"),
            peer.text("address").isEmpty() ? "no address" : peer.text("address"),
            peer.text("how"),
            peer.time("proven").map(time -> "proved " + output.time(time)).orElse(""),
            Stream.of(peer.is("friend") ? "friend" : "", peer.is("followed") ? "followed" : "", peer.text("phase"))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.joining(", "))
        };
    }
}
