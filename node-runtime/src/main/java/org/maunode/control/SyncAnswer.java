package org.maunode.control;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import org.maunode.exchange.ExchangeException;
import org.maunode.identity.Fingerprint;
import org.maunode.sync.SyncReport;

/** What syncing with one peer came to, as {@code sync} tells it (CS-34). */
public final class SyncAnswer {
    private SyncAnswer() {}

    /** A connection was made. */
    public static JsonObject of(SyncReport report) {
        return addTo(new JsonObject().add("fingerprint", report.peer().toString()), report);
    }

    /** No connection to the right peer was made. */
    public static JsonObject unreached(Fingerprint peer, String why) {
        return addTo(new JsonObject().add("fingerprint", peer.toString()), why);
    }

    /** Adds what there is besides the peer's names. */
    public static JsonObject addTo(JsonObject json, String why) {
        return json.add("reached", false).add("complete", false).add("error", why);
    }

    /** Adds what there is besides the peer's names. */
    public static JsonObject addTo(JsonObject json, SyncReport report) {
        JsonArray notes = new JsonArray();
        report.notes()
                .forEach(note ->
                        notes.add(new JsonObject().add("file", note.file()).add("why", note.why())));
        return json.add("reached", true)
                .add("complete", report.isComplete() && report.refused() == 0)
                .add(
                        "error",
                        report.interrupted()
                                .map(ExchangeException::getMessage)
                                .map(Json::value)
                                .orElse(Json.NULL))
                .add("fetched", report.fetched())
                .add("bytes", report.bytes())
                .add("alreadyHere", report.alreadyHere())
                .add("older", report.older())
                .add("refused", report.refused())
                .add("postponed", report.postponed())
                .add("notes", notes);
    }
}
