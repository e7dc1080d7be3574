package org.maunode.tools.command;

import java.io.IOException;
import java.util.Optional;
import org.maunode.exchange.ListedFile;
import org.maunode.exchange.RemotePeer;
import org.maunode.runtime.ExitCode;
import org.maunode.store.StoredFile;
import org.maunode.tools.account.Session;
import org.maunode.tools.browse.Browser;
import org.maunode.tools.browse.PostFilter;
import org.maunode.tools.browse.PostPrinter;
import org.maunode.tools.browse.PostReader;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Nearby;
import org.maunode.tools.radio.News;
import org.maunode.tools.radio.Persistence;
import org.maunode.tools.radio.Radio;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a node publishes, as it does. */
@picocli.CommandLine.Command(name = "watch", description = "show what a node publishes, until interrupted")
final class BleWatch implements Command {
    private static final int MOST = 100;

    @Mixin
    Node node = new Node();

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "begin with the newest N files that are there already (default: 1)")
    int last = 1;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "only posts of this schema.org type, prefix or not: Observation")
    Optional<String> type = Optional.empty();

    @Mixin
    Adapter adapter = new Adapter();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        if (last < 0 || last > MOST) {
            throw new ToolException(ExitCode.USAGE, "--last " + last + ": not a number between 0 and " + MOST);
        }
        Goal goal = node.goal(session);
        session.account();
        try (Radio radio = adapter.open(session)) {
            News news = new News(session, last, reader(session));
            new Persistence(session, radio, goal, Answering.NOBODY, node.patience(), Integer.MAX_VALUE, news::answers)
                    .run((remote, nearby) -> watch(session, news, remote, nearby));
        } catch (InterruptedException stop) {
            if (!session.shell().stop().isRequested()) {
                throw stop;
            }
        }
        return ExitCode.OK;
    }

    /** Nothing is fetched that could not be verified. */
    private static Object watch(Session session, News news, RemotePeer remote, Nearby nearby)
            throws IOException, InterruptedException {
        Owner.key(session, remote.fingerprint());
        session.output()
                .say("connected to " + session.people().display(remote.fingerprint()) + " at " + nearby.address()
                        + "; interrupt to end");
        news.over(remote);
        return news;
    }

    private News.Reader reader(Session session) {
        PostFilter filter = new PostFilter(type, Optional.empty());
        Browser browser = new Browser(
                session.store(),
                new PostReader(session.opener(), session.people()),
                new PostPrinter(session.output(), session.people()),
                session.output());
        return new News.Reader() {
            @Override
            public void read(StoredFile file) {
                browser.printIfWanted(file, filter);
            }

            @Override
            public void large(ListedFile file) {
                session.output()
                        .say(file.name() + " is new, and not fetched: it has " + file.size()
                                + " bytes; mau ble get does it");
            }
        };
    }
}
