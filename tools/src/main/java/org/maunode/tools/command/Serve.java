package org.maunode.tools.command;

import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.maunode.discovery.InTurn;
import org.maunode.exchange.StoreExchange;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.http.PeerServer;
import org.maunode.http.ServerOptions;
import org.maunode.identity.HostAndPort;
import org.maunode.runtime.ExitCode;
import org.maunode.runtime.ReadyFile;
import org.maunode.sync.Outbox;
import org.maunode.sync.SyncReport;
import org.maunode.sync.Syncer;
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

    @Option(names = "--sync", description = "also keep in sync with those you follow, each about once a minute")
    boolean sync;

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "written once it serves: JSON with name, fingerprint, port, home, pid")
    Optional<String> readyFile = Optional.empty();

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        StoreExchange exchange = new StoreExchange(session.account(), session.store());
        try (PeerServer server = start(session, exchange);
                PeerDialer dialer = new PeerDialer(session.account().identity(), DialerOptions.DEFAULT);
                Syncer syncer = syncer(session, dialer)) {
            if (sync) {
                syncer.follow(Set.copyOf(session.store().followed()));
            }
            serve(session, server);
        }
        session.output().say("stopped");
        return ExitCode.OK;
    }

    private void serve(Session session, PeerServer server) throws InterruptedException {
        try {
            announce(session, server.address());
            session.shell().stop().await();
        } finally {
            readyFile.map(session.shell()::path).ifPresent(ReadyFile::remove);
        }
    }

    private PeerServer start(Session session, StoreExchange exchange) {
        try {
            return PeerServer.start(session.account().identity(), exchange, ServerOptions.at(address()));
        } catch (IOException refused) {
            throw new ToolException(
                    ExitCode.ADDRESS_IN_USE, refused.getMessage(), "choose another with --port, or 0 for any free one");
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

    private static Syncer syncer(Session session, PeerDialer dialer) {
        return new Syncer(
                Sync.follower(session),
                new InTurn(dialer, session.addresses()),
                new Outbox(session.account(), session.store(), _ -> true),
                Syncer.Options.DEFAULT,
                report -> tell(session, report),
                new Random());
    }

    private static void tell(Session session, SyncReport report) {
        if (report.fetched() > 0 || report.refused() > 0) {
            session.output().say(report.peer() + ": " + report.summary());
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
