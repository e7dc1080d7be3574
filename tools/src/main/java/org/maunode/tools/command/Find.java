package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.function.Consumer;
import org.maunode.control.Inquiry;
import org.maunode.control.Question;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Network;
import org.maunode.tools.fetch.RunningNode;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Rows;
import org.maunode.tools.output.Told;
import picocli.CommandLine.Mixin;

/** Looks for a peer until it has proved itself, and tells where it was looked for. */
final class Find implements Command {
    @Mixin
    Who who = new Who();

    @Override
    public ExitCode run(Session session) {
        session.requireAccount();
        Fingerprint peer = who.anybody(session);
        Told found = new Told(search(session, peer));
        tell(session.output(), found);
        return found.is("proved") ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    private static JsonObject search(Session session, Fingerprint peer) {
        try (Progress progress = Progress.on(session.shell(), session.output())) {
            Consumer<JsonObject> drawn = step -> progress.update(() -> line(new Told(step)));
            return RunningNode.tryAsk(session, new Question.Find(peer), drawn)
                    .map(JsonValue::asObject)
                    .orElseGet(() -> alone(session, peer, drawn));
        }
    }

    private static JsonObject alone(Session session, Fingerprint peer, Consumer<JsonObject> progress) {
        try (Network network = Network.of(session)) {
            return Inquiry.find(network.finder(), peer, progress);
        }
    }

    private static void tell(Output output, Told found) {
        if (output.isJson()) {
            output.record(found.json());
            return;
        }
        try (Rows rows = output.rows()) {
            found.list("addresses")
                    .forEach(one -> rows.add(one.json(), one.text("address"), one.text("how"), outcome(one)));
        }
        if (!found.is("proved")) {
            output.say("not found: " + found.text("error"));
        }
    }

    private static String line(Told one) {
        return one.text("address") + "  " + one.text("how") + "  " + outcome(one);
    }

    private static String outcome(Told one) {
        String error = one.text("error").isEmpty() ? "not tried to its end" : one.text("error");
        return one.is("proved") ? "proved" : error;
    }
}
