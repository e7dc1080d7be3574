package org.maunode.tools.command;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import org.maunode.ble.gatt.GattException;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Session;
import org.maunode.tools.fetch.Outcome;
import org.maunode.tools.output.Progress;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Rows;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.BothWays;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Persistence;
import org.maunode.tools.radio.Radio;
import org.maunode.tools.radio.RadioMeter;
import picocli.CommandLine.Mixin;

/** Syncs with one node, both ways over one connection. */
@picocli.CommandLine.Command(name = "sync", description = "sync with a node that you follow, both ways")
final class BleSync implements Command {
    @Mixin
    Node node = new Node();

    @Mixin
    Retries retries = new Retries();

    @Mixin
    Adapter adapter = new Adapter();

    /** What came here, what went there, and over how many connections. */
    private record Synced(Outcome outcome, BothWays.Given given, int cuts) {}

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        Goal goal = node.goal(session);
        session.account();
        return tell(session, synced(session, goal));
    }

    private Synced synced(Session session, Goal goal) throws IOException, InterruptedException {
        try (Progress progress = Progress.on(session.shell(), session.output());
                Answering answering = Answering.start(session);
                Radio radio = adapter.open(session)) {
            RadioMeter meter = new RadioMeter(progress, session.shell().clock());
            BothWays both = new BothWays(session, Sync.follower(session), answering, meter);
            Persistence persistence =
                    new Persistence(session, radio, goal, answering, node.patience(), retries.count(), meter::moved);
            Outcome outcome = outcome(session, persistence, both);
            return new Synced(outcome, both.given(), persistence.cuts());
        }
    }

    /** What arrived counts, however it ended. */
    private static Outcome outcome(Session session, Persistence persistence, BothWays both)
            throws IOException, InterruptedException {
        try {
            PublicIdentity friend = persistence.run((remote, _) -> {
                PublicIdentity followed = followed(session, remote.fingerprint());
                both.over(remote);
                return followed;
            });
            return new Outcome.Reached(friend, both.received().orElseThrow());
        } catch (ExchangeException | GattException ended) {
            SyncReport report = both.received().orElseThrow(() -> ended);
            return new Outcome.Reached(followed(session, report.peer()), Outcome.ended(report, ended));
        }
    }

    private static PublicIdentity followed(Session session, Fingerprint peer) {
        PublicIdentity friend = session.people().friend(peer.toString());
        Sync.requireFollowed(session, friend);
        return friend;
    }

    private static ExitCode tell(Session session, Synced synced) {
        try (Rows rows = session.output().rows()) {
            rows.add(record(synced), cells(synced));
        }
        Outcome outcome = synced.outcome();
        outcome.notes().forEach(note -> session.output().warn(note));
        synced.given().notes().forEach(note -> session.output()
                .warn(People.display(outcome.friend()) + " does not take " + note.file() + ": " + note.why()));
        return outcome.isComplete() && synced.given().notes().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static String[] cells(Synced synced) {
        BothWays.Given given = synced.given();
        String[] cells = synced.outcome().cells();
        cells[2] += ", " + given.files() + " given (" + Quantities.bytes(given.bytes()) + ")"
                + (given.unwanted() == 0 ? "" : ", " + given.unwanted() + " not wanted there")
                + (given.notes().isEmpty() ? "" : ", " + given.notes().size() + " not taken there")
                + (synced.cuts() == 0 ? "" : ", the link was cut " + Quantities.count(synced.cuts(), "time"));
        return cells;
    }

    private static JsonObject record(Synced synced) {
        JsonArray notTaken = new JsonArray();
        synced.given()
                .notes()
                .forEach(note ->
                        notTaken.add(new JsonObject().add("file", note.file()).add("why", note.why())));
        return synced.outcome()
                .json()
                .add("given", synced.given().files())
                .add("givenBytes", synced.given().bytes())
                .add("unwanted", synced.given().unwanted())
                .add("notTaken", notTaken)
                .add("cuts", synced.cuts());
    }
}
