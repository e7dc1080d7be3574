package org.maunode.tools.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.http.DialerOptions;
import org.maunode.http.PeerDialer;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Fetching;
import org.maunode.tools.fetch.Outcome;
import org.maunode.tools.fetch.Target;
import org.maunode.tools.output.Rows;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches what those who are followed have published since the last time. */
final class Sync implements Command {
    @Parameters(
            arity = "0..*",
            paramLabel = "WHO",
            description = "whom to sync with (default: all who are followed and whose address is known)")
    List<String> arguments = List.of();

    @Option(names = "--fingerprint", paramLabel = "WHO", description = "the same")
    List<String> flags = List.of();

    @Option(
            names = "--address",
            paramLabel = "HOST[:PORT]",
            description = "where the one peer is; remembered once it worked")
    Optional<String> address = Optional.empty();

    @Option(names = "--full", description = "ask for everything, not only for what is new")
    boolean full;

    @Option(names = "--all", description = "everybody who is followed; without an address is a failure")
    boolean all;

    @Option(
            names = "--retry",
            paramLabel = "N",
            description = "how often to try again after a passing failure (default: 3)")
    int retries = 3;

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        List<Target> targets = targets(session);
        if (targets.isEmpty()) {
            session.output().rows().close();
            session.output().say("there is nobody to sync with; mau follow WHO --address HOST:PORT");
            return ExitCode.OK;
        }
        if (full) {
            forget(session, targets);
        }
        try (PeerDialer dialer = new PeerDialer(session.account().identity(), DialerOptions.DEFAULT)) {
            List<Outcome> outcomes = new Fetching(session, dialer, follower(session), retries).run(targets);
            return tell(session, outcomes);
        }
    }

    private List<Target> targets(Session session) {
        List<String> named = Inputs.many(flags, arguments);
        if (all && !named.isEmpty()) {
            throw new ToolException(ExitCode.USAGE, "--all leaves nobody to name");
        }
        if (address.isPresent() && named.size() != 1) {
            throw new ToolException(
                    ExitCode.USAGE, "--address is the address of one peer", "name it with --fingerprint");
        }
        return named.isEmpty()
                ? everybody(session)
                : named.stream().map(who -> one(session, who)).toList();
    }

    private List<Target> everybody(Session session) {
        List<Target> targets = new ArrayList<>();
        for (Fingerprint peer : session.store().followed()) {
            Optional<PublicIdentity> key = session.people().key(peer);
            List<InetSocketAddress> known = session.addresses().addressesOf(peer);
            if (key.isPresent() && (all || !known.isEmpty())) {
                targets.add(new Target(key.get(), known));
            } else {
                session.output()
                        .warn("passing over " + session.people().display(peer) + ": "
                                + (key.isEmpty() ? "no friend of this account" : "no address is known"));
            }
        }
        return targets;
    }

    private Target one(Session session, String who) {
        PublicIdentity friend = session.people().friend(who);
        if (!session.store().followed().contains(friend.fingerprint())) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    "you do not follow " + People.display(friend),
                    "mau follow " + friend.fingerprint());
        }
        List<InetSocketAddress> where = address.map(text -> List.of(Follow.parse(text)))
                .orElseGet(() -> session.addresses().addressesOf(friend.fingerprint()));
        return new Target(friend, where);
    }

    private static void forget(Session session, List<Target> targets) throws IOException {
        for (Target target : targets) {
            checkpoints(session).forget(target.friend().fingerprint());
        }
    }

    private static Checkpoints checkpoints(Session session) {
        return new Checkpoints(session.account().privateDirectory().resolve("sync"));
    }

    /** Takes files of peers into the account's store. */
    static Follower follower(Session session) {
        return new Follower(
                session.account(),
                session.store(),
                checkpoints(session),
                Follower.Options.DEFAULT,
                session.shell().clock());
    }

    private static ExitCode tell(Session session, List<Outcome> outcomes) {
        try (Rows rows = session.output().rows()) {
            outcomes.forEach(outcome -> rows.add(outcome.json(), outcome.cells()));
        }
        outcomes.forEach(
                outcome -> outcome.notes().forEach(note -> session.output().warn(note)));
        boolean reached = outcomes.stream().anyMatch(Outcome::isReached);
        boolean complete = outcomes.stream().allMatch(Outcome::isComplete);
        return complete ? ExitCode.OK : reached ? ExitCode.INCOMPLETE : ExitCode.UNREACHABLE;
    }
}
