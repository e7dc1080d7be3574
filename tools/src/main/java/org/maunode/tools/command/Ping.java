package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Duration;
import org.maunode.control.Inquiry;
import org.maunode.control.Question;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Network;
import org.maunode.tools.fetch.RunningNode;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Rows;
import org.maunode.tools.output.Told;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects to a peer, has it prove itself, and tells how long that took. */
final class Ping implements Command {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MAX_COUNT = 100_000;

    @Mixin
    Who who = new Who();

    @Option(names = "--count", paramLabel = "N", description = "how often, a second apart (default: 1)")
    int count = 1;

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        if (count < 1 || count > MAX_COUNT) {
            throw new ToolException(ExitCode.USAGE, "--count " + count + ": not a number between 1 and " + MAX_COUNT);
        }
        session.requireAccount();
        Fingerprint peer = who.anybody(session);
        return pings(session, peer) > 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
    }

    /** How many succeeded. */
    private int pings(Session session, Fingerprint peer) throws InterruptedException {
        int proved = 0;
        try (Rows rows = session.output().rows()) {
            boolean stopped = false;
            for (int i = 0; i < count && !stopped; i++) {
                Told told = new Told(ping(session, peer));
                proved += told.is("proved") ? 1 : 0;
                tell(session.output(), rows, told);
                stopped = i + 1 < count && session.shell().stop().pause(PAUSE);
            }
        }
        return proved;
    }

    private static JsonObject ping(Session session, Fingerprint peer) {
        return RunningNode.tryAsk(session, new Question.Ping(peer), _ -> {})
                .map(JsonValue::asObject)
                .orElseGet(() -> alone(session, peer));
    }

    private static JsonObject alone(Session session, Fingerprint peer) {
        try (Network network = Network.of(session)) {
            return Inquiry.ping(network.finder(), peer);
        }
    }

    /** A person sees each as it comes: a table would wait for the last. */
    private static void tell(Output output, Rows rows, Told told) {
        if (output.isJson()) {
            rows.add(told.json());
        } else if (told.is("proved")) {
            output.line(told.text("address") + "  " + told.text("how") + "  " + told.number("millis") + " ms");
        } else {
            output.line("not reached  " + told.text("error"));
        }
    }
}
