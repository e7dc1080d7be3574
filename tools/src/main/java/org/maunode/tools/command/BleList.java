package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Listing;
import org.maunode.tools.radio.Persistence;
import org.maunode.tools.radio.Radio;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists what a node shares with us. */
@picocli.CommandLine.Command(name = "ls", description = "list what a node shares with you")
final class BleList implements Command {
    @Mixin
    Node node = new Node();

    @Parameters(index = "1", arity = "0..1", paramLabel = "WHO", description = "whose files (default: the node's own)")
    Optional<String> owner = Optional.empty();

    @Mixin
    Adapter adapter = new Adapter();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        Goal goal = node.goal(session);
        Optional<Fingerprint> whose = owner.map(session.people()::named);
        session.account();
        try (Radio radio = adapter.open(session)) {
            new Persistence(session, radio, goal, Answering.NOBODY, node.patience(), 0, () -> 0)
                    .run((remote, _) -> print(session.output(), remote, whose.orElse(remote.fingerprint())));
        }
        return ExitCode.OK;
    }

    private static Fingerprint print(Output output, RemotePeer remote, Fingerprint owner) {
        LongAdder count = new LongAdder();
        try (Rows rows = output.rows()) {
            new Listing(remote, owner)
                    .all(
                            file -> {
                                count.increment();
                                add(output, rows, owner, file);
                            },
                            output::warn);
        }
        if (count.sum() == 0) {
            output.say("it shares nothing with you");
        }
        return owner;
    }

    private static void add(Output output, Rows rows, Fingerprint owner, ListedFile file) {
        rows.add(
                record(owner, file),
                file.name().value(),
                Quantities.bytes(file.size()),
                file.modified().map(output::time).orElse(""));
    }

    /** As of a file that is here. */
    static JsonObject record(Fingerprint owner, ListedFile file) {
        return new JsonObject()
                .add("name", file.name().value())
                .add("author", owner.toString())
                .add("size", file.size())
                .add(
                        "modified",
                        file.modified().map(Instant::toString).map(Json::value).orElse(Json.NULL))
                .add("sha256", file.sum().toString());
    }
}
