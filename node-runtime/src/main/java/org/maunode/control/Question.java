package org.maunode.control;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.ParseException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.maunode.control.ControlException.Reason;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.InvalidNameException;

/** What may be asked of a node: one line each (CS-11). */
public sealed interface Question {
    /** The parser calls itself for each, and the stacks of a node are small. */
    int MAX_BRACKETS = 16;

    record Status() implements Question {}

    record Peers() implements Question {}

    record Find(Fingerprint peer) implements Question {}

    record Ping(Fingerprint peer) implements Question {}

    /** @param peers all who are followed if empty */
    record Sync(Set<Fingerprint> peers) implements Question {
        public Sync {
            peers = Set.copyOf(peers);
        }
    }

    /** How long the node may be silent before its answer. */
    default Duration patience() {
        return switch (this) {
            case Status _, Peers _ -> Duration.ofSeconds(10);
            case Find _, Ping _ -> Duration.ofMinutes(1);
            case Sync _ -> Duration.ofHours(1);
        };
    }

    default JsonObject json() {
        return switch (this) {
            case Status _ -> asking("status");
            case Peers _ -> asking("peers");
            case Find(Fingerprint peer) -> asking("find").add("peer", peer.toString());
            case Ping(Fingerprint peer) -> asking("ping").add("peer", peer.toString());
            case Sync(Set<Fingerprint> peers) -> asking("sync").add("peers", array(peers));
        };
    }

    private static JsonObject asking(String what) {
        return new JsonObject().add("ask", what);
    }

    private static JsonArray array(Set<Fingerprint> peers) {
        JsonArray array = new JsonArray();
        peers.stream().sorted().forEach(peer -> array.add(peer.toString()));
        return array;
    }

    /**
     * Reads what {@link #json} wrote; keys that nobody knows are passed over.
     *
     * @throws ControlException with {@code NOT_UNDERSTOOD}
     */
    static Question parse(String line) {
        if (line.chars().filter(c -> c == '[' || c == '{').count() > MAX_BRACKETS) {
            throw new ControlException(Reason.NOT_UNDERSTOOD, "the question is not understood: it is nested");
        }
        try {
            return parse(Json.parse(line).asObject());
        } catch (ParseException | UnsupportedOperationException | InvalidNameException malformed) {
            throw new ControlException(
                    Reason.NOT_UNDERSTOOD, "the question is not understood: " + malformed.getMessage(), malformed);
        }
    }

    private static Question parse(JsonObject json) {
        String what = json.getString("ask", "");
        return switch (what) {
            case "status" -> new Status();
            case "peers" -> new Peers();
            case "find" -> new Find(Fingerprint.of(json.getString("peer", "")));
            case "ping" -> new Ping(Fingerprint.of(json.getString("peer", "")));
            case "sync" -> new Sync(peers(json.get("peers")));
            default ->
                throw new InvalidNameException("question", what, "is not one of status, peers, find, ping, sync");
        };
    }

    private static Set<Fingerprint> peers(JsonValue array) {
        Set<Fingerprint> peers = new LinkedHashSet<>();
        if (array != null) {
            array.asArray().forEach(peer -> peers.add(Fingerprint.of(peer.asString())));
        }
        return peers;
    }
}
