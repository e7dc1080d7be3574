package org.maunode.tools.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.control.Question;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.RunningNode;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Printable;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Told;

/** Tells how the node is that runs in the home. */
@picocli.CommandLine.Command
final class Status implements Command {
    private static final int LABEL = 14;

    @Override
    public ExitCode run(Session session) {
        session.requireAccount();
        Told status = new Told(RunningNode.ask(session, new Question.Status()).asObject());
        session.output().record(status.json(), lines(session.output(), status).toArray(String[]::new));
        return ExitCode.OK;
    }

    private static List<String> lines(Output output, Told status) {
        List<String> lines = new ArrayList<>();
        line(lines, "Name", status.text("name"));
        line(lines, "Fingerprint", status.text("fingerprint"));
        line(lines, "Home", status.text("home"));
        line(lines, "Version", status.text("version"));
        line(lines, "Process", status.number("pid") + ", up " + up(status));
        line(lines, "Addresses", String.join(", ", status.texts("addresses")));
        line(lines, "Outside", status.object("outside").map(Status::outside).orElse("not known"));
        line(lines, "Clock", status.object("clock").map(Status::clock).orElse(""));
        line(lines, "Memory", status.object("memory").map(Status::memory).orElse(""));
        List<Told> following = status.list("following");
        line(lines, "Following", following.isEmpty() ? "nobody" : Quantities.count(following.size(), "peer"));
        following.forEach(peer -> lines.add(Printable.line("  " + peer(output, peer))));
        List<Told> radio = status.list("lines");
        line(lines, "Radio", radio.isEmpty() ? "" : Quantities.count(radio.size(), "line"));
        radio.forEach(one -> lines.add(Printable.line("  " + radio(one))));
        return lines;
    }

    private static void line(List<String> lines, String label, String value) {
        if (!value.isEmpty()) {
            lines.add(label + ":" + " ".repeat(LABEL - label.length() - 1) + Printable.line(value));
        }
    }

    private static String up(Told status) {
        return Quantities.span(Duration.ofSeconds(status.number("uptime")));
    }

    private static String outside(Told outside) {
        return joined(
                outside.text("address"),
                outside.text("by").isEmpty() ? "" : "by " + outside.text("by"),
                outside.number("lease") == 0
                        ? ""
                        : "for " + Quantities.span(Duration.ofSeconds(outside.number("lease"))) + ", renewed in time",
                outside.text("note"));
    }

    private static String clock(Told clock) {
        return clock.text("why");
    }

    private static String memory(Told memory) {
        String resident =
                memory.number("resident") == 0 ? "" : Quantities.bytes(memory.number("resident")) + " resident";
        return joined(
                "heap " + Quantities.bytes(memory.number("heap")) + " of "
                        + Quantities.bytes(memory.number("heapLimit")),
                resident);
    }

    private static String peer(Output output, Told peer) {
        return joined(
                peer.text("name").isEmpty() ? peer.text("fingerprint") : peer.text("name"),
                peer.text("phase"),
                peer.text("address"),
                peer.time("last").map(time -> "last " + output.time(time)).orElse(""),
                peer.text("error"));
    }

    private static String radio(Told line) {
        return joined(
                line.text("address"),
                Quantities.count(line.number("calls"), "call"),
                Quantities.bytes(line.number("in")) + " in",
                Quantities.bytes(line.number("out")) + " out");
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }
}
