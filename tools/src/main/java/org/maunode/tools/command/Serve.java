package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.maunode.clock.NodeClock;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.runtime.ExitCode;
import org.maunode.runtime.LivePeer;
import org.maunode.runtime.NetworkOptions;
import org.maunode.runtime.NetworkOptions.Way;
import org.maunode.runtime.ReadyFile;
import org.maunode.store.ContentStore;
import org.maunode.sync.Follower;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;

/** Lets peers fetch files until it is asked to stop. */
final class Serve implements Command {
    private static final int MAX_PORT = 65535;

    @Option(names = "--port", paramLabel = "PORT", description = "listen on this port, 0 for any (default: 6275)")
    int port = HostAndPort.DEFAULT_PORT;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "listen on this address alone (default: all)")
    Optional<String> bind = Optional.empty();

    @Option(names = "--sync", description = "also keep in sync with those you follow")
    boolean sync;

    @Option(
            names = "--bootstrap",
            paramLabel = "FPR@HOST[:PORT]",
            description = "a peer through which others are found across networks; may be given again")
    List<String> bootstrap = List.of();

    @Option(
            names = "--announce",
            paramLabel = "HOST[:PORT]",
            description = "where others reach you, if a port was forwarded by hand")
    Optional<String> announced = Optional.empty();

    @Option(names = "--no-upnp", description = "ask no router for a port")
    boolean noRouter;

    @Option(names = "--no-discovery", description = "announce nothing, look for nobody, ask no router")
    boolean noDiscovery;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "written once it serves: JSON with name, fingerprint, port, home, pid")
    Optional<String> readyFile = Optional.empty();

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        NetworkOptions network = network();
        ContentStore store = session.store();
        try (NodeClock clock =
                        NodeClock.start(session.account().privateDirectory().resolve("clock"));
                LivePeer peer = start(session, store, network, clock)) {
            if (sync) {
                peer.followAll();
            }
            serve(session, peer);
        }
        session.output().say("stopped");
        return ExitCode.OK;
    }

    private void serve(Session session, LivePeer peer) throws InterruptedException {
        try {
            announce(session, peer.address());
            session.shell().stop().await();
        } finally {
            readyFile.map(session.shell()::path).ifPresent(ReadyFile::remove);
        }
    }

    private LivePeer start(Session session, ContentStore store, NetworkOptions network, NodeClock clock) {
        LivePeer.Following following =
                new LivePeer.Following(Follower.Options.DEFAULT, report -> tell(session, report));
        try {
            return LivePeer.start(session.account(), store, network, following, clock);
        } catch (IOException refused) {
            throw new ToolException(
                    ExitCode.ADDRESS_IN_USE, refused.getMessage(), "choose another with --port, or 0 for any free one");
        }
    }

    private NetworkOptions network() {
        return new NetworkOptions(
                address(),
                announced.map(text -> place("--announce " + text, text)),
                ways(),
                bootstrap.stream().map(Serve::contact).toList(),
                Map.of());
    }

    private Set<Way> ways() {
        Set<Way> ways = noDiscovery ? EnumSet.noneOf(Way.class) : EnumSet.allOf(Way.class);
        if (noRouter) {
            ways.remove(Way.ROUTER);
        }
        return ways;
    }

    private static Contact contact(String text) {
        int at = text.indexOf('@');
        if (at < 0 || !Fingerprint.isWellFormed(text.substring(0, at))) {
            throw new ToolException(ExitCode.USAGE, "--bootstrap " + text + ": not FINGERPRINT@HOST:PORT");
        }
        return new Contact(Fingerprint.of(text.substring(0, at)), place("--bootstrap " + text, text.substring(at + 1)));
    }

    private static InetSocketAddress place(String option, String text) {
        try {
            return HostAndPort.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new ToolException(ExitCode.USAGE, option + ": " + malformed.getMessage(), malformed);
        }
    }

    private InetSocketAddress address() {
        if (port < 0 || port > MAX_PORT) {
            throw new ToolException(ExitCode.USAGE, "--port " + port + ": not a number between 0 and " + MAX_PORT);
        }
        InetSocketAddress address =
                bind.map(host -> new InetSocketAddress(host, port)).orElseGet(() -> new InetSocketAddress(port));
        if (address.isUnresolved()) {
            throw new ToolException(ExitCode.USAGE, "--bind " + bind.orElseThrow() + ": no address of this computer");
        }
        return address;
    }

    private static void tell(Session session, SyncReport report) {
        if (report.fetched() > 0 || report.refused() > 0) {
            session.output().say(report.peer() + ": " + report.summary());
            report.notes()
                    .forEach(note -> session.output().warn(report.peer() + ": " + note.file() + ": " + note.why()));
        }
    }

    private void announce(Session session, InetSocketAddress address) {
        var self = session.self();
        readyFile.map(session.shell()::path).ifPresent(file -> ready(session, file, address));
        JsonObject record = Records.person(self)
                .add("address", HostAndPort.format(address))
                .add("port", address.getPort())
                .add("home", session.home().toString())
                .add("pid", ProcessHandle.current().pid());
        session.output()
                .record(
                        record,
                        "serving " + session.people().display(self.fingerprint()) + "  " + self.fingerprint()
                                + "  on port " + address.getPort());
    }

    private static void ready(Session session, Path file, InetSocketAddress address) {
        ReadyFile.write(file, session.self().name(), session.self().fingerprint(), address.getPort(), session.home());
    }
}
