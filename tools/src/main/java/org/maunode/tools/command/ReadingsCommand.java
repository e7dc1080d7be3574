package org.maunode.tools.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Suggestion;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.FileWalk;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.history.Archive;
import org.maunode.tools.history.Format;
import org.maunode.tools.history.Forms;
import org.maunode.tools.history.Span;
import org.maunode.tools.history.Tally;
import org.maunode.tools.history.Timeline;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a channel measured, from the files of its node that are here. */
final class ReadingsCommand implements Command {
    /** Files that were passed over and are told one by one. */
    private static final int TOLD = 3;

    @Parameters(index = "0", paramLabel = "WHO", description = "the node: a fingerprint, or the name of a friend")
    String who;

    @Parameters(index = "1", paramLabel = "CHANNEL", description = "what hangs on it, by the name in its node.json")
    String channel;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only readings from this time on: 24h, 7d, 2026-11-23, 2026-11-23T08:15:00Z")
    Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "only readings up to this time")
    Optional<String> until = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table, csv, json or plot (default: table, with --json json)")
    Optional<String> format = Optional.empty();

    @Option(names = "--csv", description = "the same as --format csv")
    boolean csv;

    @Option(names = "--plot", description = "the same as --format plot")
    boolean plot;

    private int refused;

    @Override
    public ExitCode run(Session session) throws IOException {
        Format chosen = new FormatChoice(format, csv, plot).of(session.output().isJson());
        Span span = span(session);
        PublicIdentity node = node(session);
        Archive archive = archive(session, node);
        Tally tally = show(session, archive, span, chosen);
        if (refused > TOLD) {
            session.output().warn(Quantities.count(refused - TOLD, "more file") + " passed over");
        }
        if (tally.isEmpty()) {
            throw nothing(session, archive);
        }
        return refused == 0 ? ExitCode.OK : ExitCode.NOT_VERIFIED;
    }

    private Span span(Session session) {
        Instant from =
                since.map(text -> PointInTime.parse(text, session.shell())).orElse(Span.ALL.since());
        Instant to = until.map(text -> PointInTime.parse(text, session.shell())).orElse(Span.ALL.until());
        if (to.isBefore(from)) {
            throw new ToolException(
                    ExitCode.USAGE, "--until " + until.orElse("") + " is before --since " + since.orElse("now"));
        }
        return new Span(from, to);
    }

    private PublicIdentity node(Session session) {
        People people = session.people();
        Fingerprint fingerprint = people.named(who);
        PublicIdentity key = Owner.key(session, fingerprint);
        boolean own = fingerprint.equals(session.account().fingerprint());
        if (!own && !session.store().followed().contains(fingerprint)) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    People.display(key) + " is not followed, so nothing that it measured is here",
                    "mau follow " + fingerprint + ", then mau sync");
        }
        return key;
    }

    private Archive archive(Session session, PublicIdentity node) {
        if (!ChannelName.isWellFormed(channel)) {
            throw new ToolException(
                    ExitCode.USAGE, "\"" + channel + "\" is no channel's name", suggestion(session, node));
        }
        Archive archive = new Archive(
                session.store(),
                session.opener(),
                node,
                new ChannelName(channel),
                (file, why) -> passOver(session, file, why));
        if (archive.isEmpty()) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    People.display(node) + " has no channel \"" + channel + "\" here",
                    suggestion(session, node));
        }
        return archive;
    }

    private void passOver(Session session, FileName file, String why) {
        if (++refused <= TOLD) {
            session.output().warn(file + " is passed over: " + why);
        }
    }

    private String suggestion(Session session, PublicIdentity node) {
        SortedSet<String> channels = new TreeSet<>();
        FileWalk.all(session.store(), node.fingerprint())
                .forEachRemaining(file ->
                        NodeId.channelOf(file.name().contentName()).ifPresent(name -> channels.add(name.value())));
        return channels.isEmpty() ? "mau sync fetches its files" : Suggestion.among(channels, channel);
    }

    private static Tally show(Session session, Archive archive, Span span, Format format) throws IOException {
        try (Progress progress = Progress.on(session.shell(), session.output())) {
            Timeline timeline = new Timeline(archive, span);
            Writer out =
                    new BufferedWriter(new OutputStreamWriter(session.output().data(), StandardCharsets.UTF_8));
            Span drawn = format == Format.PLOT
                    ? timeline.extent().map(span::narrowedTo).orElse(span)
                    : span;
            Tally tally = timeline.show(
                    new Forms(session.shell(), session.output()).of(format, out, drawn),
                    hour -> progress.update(() -> "reading " + session.output().time(hour)));
            out.flush();
            return tally;
        }
    }

    private ToolException nothing(Session session, Archive archive) {
        if (refused > 0) {
            return new ToolException(ExitCode.NOT_VERIFIED, "no file of " + channel + " could be read");
        }
        String hint = new Timeline(archive, Span.ALL)
                .extent()
                .map(all -> "there are some from " + session.output().time(all.since()) + " to "
                        + session.output().time(all.until()))
                .orElse("mau sync fetches the node's files");
        return new ToolException(ExitCode.NOT_FOUND, "there is no reading of " + channel + " in that time", hint);
    }
}
