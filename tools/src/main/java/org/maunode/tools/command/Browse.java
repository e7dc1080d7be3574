package org.maunode.tools.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.identity.Fingerprint;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.browse.Browser;
import org.maunode.tools.browse.PostFilter;
import org.maunode.tools.browse.PostPrinter;
import org.maunode.tools.browse.PostReader;
import org.maunode.tools.browse.Watching;
import org.maunode.tools.output.Progress;
import org.maunode.tools.shell.Shell;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the account and those it follows posted, in the order of the signatures. */
final class Browse implements Command {
    private static final int DEFAULT_LIMIT = 50;

    @Parameters(
            arity = "0..*",
            paramLabel = "WHO",
            description = "whose posts (default: yours, and those of everybody you follow)")
    List<String> arguments = List.of();

    @Option(names = "--fingerprint", paramLabel = "WHO", description = "the same")
    List<String> flags = List.of();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "only posts of this schema.org type, prefix or not: Observation")
    Optional<String> type = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only posts from this time on: 2026-11-23, 2026-11-23T08:15:00Z, 3h, 2d")
    Optional<String> since = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "the newest N posts (default: 50; 0: all)")
    int limit = DEFAULT_LIMIT;

    @Option(names = "--watch", description = "go on with what comes, until interrupted")
    boolean watch;

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        if (limit < 0) {
            throw new ToolException(ExitCode.USAGE, "--limit " + limit + ": not a number from 0 on");
        }
        People people = session.people();
        List<Fingerprint> authors = authors(session, people);
        PostFilter filter = new PostFilter(type, since.map(text -> PointInTime.parse(text, session.shell())));
        Browser browser = new Browser(
                session.store(),
                new PostReader(session.opener(), people),
                new PostPrinter(session.output(), people),
                session.output());
        if (watch) {
            watch(session, browser, filter, authors);
        } else {
            print(session, browser, newest(session, browser, browser.files(authors), filter));
        }
        return ExitCode.OK;
    }

    private static void print(Session session, Browser browser, List<StoredFile> files) {
        browser.print(files);
        if (files.isEmpty() && !session.output().isJson()) {
            session.output().say("nothing to show");
        }
    }

    private List<Fingerprint> authors(Session session, People people) {
        List<String> named = Inputs.many(flags, arguments);
        return named.isEmpty()
                ? Stream.concat(Stream.of(session.account().fingerprint()), session.store().followed().stream())
                        .toList()
                : named.stream().map(people::named).distinct().toList();
    }

    private List<StoredFile> newest(Session session, Browser browser, Browser.Source source, PostFilter filter) {
        try (Progress progress = Progress.on(session.shell(), session.output())) {
            return browser.newest(source, filter, limit, progress);
        }
    }

    private void watch(Session session, Browser browser, PostFilter filter, List<Fingerprint> authors)
            throws InterruptedException {
        Shell shell = session.shell();
        try (Watching watching = new Watching(session.store(), authors)) {
            newest(session, browser, watching::catchUp, filter).forEach(file -> browser.printIfWanted(file, filter));
            endWithInput(shell);
            session.output().say("watching; interrupt to end");
            watching.run(shell.stop(), file -> browser.printIfWanted(file, filter));
        }
    }

    /** Whoever started this through a pipe or a terminal has gone when its end comes. */
    private static void endWithInput(Shell shell) {
        if (!shell.terminal().hasInput()) {
            return;
        }
        Thread.ofPlatform().daemon().name("mau-input").start(() -> {
            try (InputStream in = shell.in()) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // As good an end as any.
            }
            shell.stop().request();
        });
    }
}
