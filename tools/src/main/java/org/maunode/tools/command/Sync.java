package org.maunode.tools.command;

import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.maunode.control.Question;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.sync.Checkpoints;
import org.maunode.sync.Follower;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Fetching;
import org.maunode.tools.fetch.Network;
import org.maunode.tools.fetch.Outcome;
import org.maunode.tools.fetch.RunningNode;
import org.maunode.tools.fetch.Target;
import org.maunode.tools.output.Rows;
import org.maunode.tools.output.Told;
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

    @Option(names = "--all", description = "everybody who is followed, also whose address must be looked for")
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
        Optional<List<Outcome>> told = full || address.isPresent() ? Optional.empty() : byTheNode(session, targets);
        return tell(session, told.isPresent() ? told.get() : byItself(session, targets));
    }

    /** A node that runs has its connections, and takes turns with itself. */
    private Optional<List<Outcome>> byTheNode(Session session, List<Target> targets) {
        Set<Fingerprint> peers = targets.stream()
                .map(target -> target.friend().fingerprint())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Question question = new Question.Sync(all ? Set.of() : peers);
        return RunningNode.tryAsk(session, question, _ -> {}).map(answer -> outcomes(targets, answer));
    }

    private static List<Outcome> outcomes(List<Target> targets, JsonValue answer) {
        Map<String, Told> told = new HashMap<>();
        Told.objects(answer).forEach(one -> told.put(one.text("fingerprint"), one));
        return targets.stream()
                .map(Target::friend)
                .map(friend -> Optional.ofNullable(told.get(friend.fingerprint().toString()))
                        .map(one -> Outcome.told(friend, one.json()))
                        .orElseGet(() -> new Outcome.Unreached(friend, "the node does not follow it yet")))
                .toList();
    }

    private List<Outcome> byItself(Session session, List<Target> targets) throws IOException, InterruptedException {
        if (full) {
            forget(session, targets);
        }
        try (Network network = Network.of(session)) {
            return new Fetching(session, network, follower(session), retries).run(targets);
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
            if (key.isPresent() && (all || isSomewhere(session, peer))) {
                targets.add(new Target(key.get(), Optional.empty()));
            } else {
                session.output()
                        .warn("passing over " + session.people().display(peer) + ": "
                                + (key.isEmpty() ? "no friend of this account" : "no address is known"));
            }
        }
        return targets;
    }

    private static boolean isSomewhere(Session session, Fingerprint peer) {
        return !session.addresses().addressesOf(peer).isEmpty()
                || !session.places().addressesOf(peer).isEmpty();
    }

    private Target one(Session session, String who) {
        PublicIdentity friend = session.people().friend(who);
        requireFollowed(session, friend);
        return new Target(friend, address.map(Follow::parse));
    }

    /** There is a place only for files of those who are followed. */
    static void requireFollowed(Session session, PublicIdentity friend) {
        if (!session.store().followed().contains(friend.fingerprint())) {
            throw new ToolException(
                    ExitCode.NOT_FOUND,
                    "you do not follow " + People.display(friend),
                    "mau follow " + friend.fingerprint());
        }
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
