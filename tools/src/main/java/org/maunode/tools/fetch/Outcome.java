package org.maunode.tools.fetch;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.maunode.control.SyncAnswer;
import org.maunode.exchange.ExchangeException;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.sync.SyncReport;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.output.Quantities;
import org.maunode.tools.output.Told;

/** What syncing with one peer came to. */
public sealed interface Outcome {
    PublicIdentity friend();

    /** A connection was made; {@code report} sums up all tries. */
    record Reached(PublicIdentity friend, SyncReport report) implements Outcome {}

    /** No connection to the right peer was made. */
    record Unreached(PublicIdentity friend, String why) implements Outcome {}

    default boolean isReached() {
        return this instanceof Reached;
    }

    /** Whether everything that the peer has for us is here. */
    default boolean isComplete() {
        return this instanceof Reached reached
                && reached.report().isComplete()
                && reached.report().refused() == 0;
    }

    /** Who, how it ended, and what was moved. */
    default String[] cells() {
        return switch (this) {
            case Unreached unreached -> new String[] {name(), "not reached", unreached.why()};
            case Reached reached ->
                new String[] {name(), isComplete() ? "complete" : "incomplete", summary(reached.report())};
        };
    }

    private String name() {
        return People.display(friend());
    }

    private static String summary(SyncReport report) {
        Stream<Optional<String>> parts = Stream.of(
                Optional.of(report.fetched() + " fetched (" + Quantities.bytes(report.bytes()) + ")"),
                Optional.of(report.alreadyHere() + " already here"),
                counted(report.older(), "older than ours"),
                counted(report.refused(), "refused"),
                counted(report.postponed(), "postponed"),
                report.interrupted().map(why -> "ended early: " + why.getMessage()));
        return String.join(", ", parts.flatMap(Optional::stream).toList());
    }

    private static Optional<String> counted(int count, String what) {
        return count == 0 ? Optional.empty() : Optional.of(count + " " + what);
    }

    /** The files that did not arrive, each with the reason. */
    default List<String> notes() {
        return this instanceof Reached reached
                ? reached.report().notes().stream()
                        .map(note -> name() + ": " + note.file() + " not taken: " + note.why())
                        .toList()
                : List.of();
    }

    /** The same for a program. */
    default JsonObject json() {
        JsonObject json = Records.person(friend());
        return switch (this) {
            case Unreached unreached -> SyncAnswer.addTo(json, unreached.why());
            case Reached reached -> SyncAnswer.addTo(json, reached.report());
        };
    }

    /** What a running node tells of it (CS-34). */
    static Outcome told(PublicIdentity friend, JsonObject json) {
        Told told = new Told(json);
        if (!told.is("reached")) {
            return new Unreached(friend, told.text("error"));
        }
        return new Reached(
                friend,
                new SyncReport(
                        friend.fingerprint(),
                        friend.fingerprint(),
                        (int) told.number("fetched"),
                        told.number("bytes"),
                        (int) told.number("alreadyHere"),
                        (int) told.number("older"),
                        (int) told.number("refused"),
                        (int) told.number("postponed"),
                        told.list("notes").stream()
                                .map(note -> new SyncReport.Note(note.text("file"), note.text("why")))
                                .toList(),
                        Optional.of(told.text("error"))
                                .filter(why -> !why.isEmpty())
                                .map(why -> new ExchangeException(ExchangeException.Reason.UNREACHABLE, why))));
    }

    /** What arrived counts from every try; what is still open, from the last. */
    static SyncReport sum(SyncReport before, SyncReport last) {
        return new SyncReport(
                last.peer(),
                last.source(),
                before.fetched() + last.fetched(),
                before.bytes() + last.bytes(),
                Math.max(0, last.alreadyHere() - before.fetched()),
                last.older(),
                before.refused() + last.refused(),
                last.postponed(),
                last.notes(),
                last.interrupted());
    }

    /** The same, but ended early. */
    static SyncReport ended(SyncReport report, RuntimeException why) {
        ExchangeException told = why instanceof ExchangeException exchange
                ? exchange
                : new ExchangeException(ExchangeException.Reason.UNREACHABLE, why.getMessage(), why);
        return new SyncReport(
                report.peer(),
                report.source(),
                report.fetched(),
                report.bytes(),
                report.alreadyHere(),
                report.older(),
                report.refused(),
                report.postponed(),
                report.notes(),
                Optional.of(told));
    }
}
