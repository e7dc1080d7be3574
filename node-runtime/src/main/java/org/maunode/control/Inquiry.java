package org.maunode.control;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.maunode.discovery.Candidate;
import org.maunode.discovery.PeerFinder;
import org.maunode.discovery.Trail;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;

/** One search, told as {@code find} and {@code ping} tell it (CS-32, CS-33). Confined to one thread. */
public final class Inquiry implements Trail {
    private final Consumer<JsonObject> progress;
    private final Map<Candidate, JsonObject> candidates = new LinkedHashMap<>();
    private final JsonObject result;

    private Inquiry(Fingerprint peer, Consumer<JsonObject> progress) {
        this.progress = progress;
        this.result = new JsonObject()
                .add("fingerprint", peer.toString())
                .add("proved", false)
                .add("address", Json.NULL)
                .add("how", Json.NULL)
                .add("millis", Json.NULL)
                .add("error", Json.NULL);
    }

    /** Looks for a peer, and tells every address that was found; never fails. */
    public static JsonObject find(PeerFinder finder, Fingerprint peer, Consumer<JsonObject> progress) {
        Inquiry inquiry = new Inquiry(peer, progress);
        inquiry.search(finder, peer);
        JsonArray addresses = new JsonArray();
        inquiry.candidates.values().forEach(addresses::add);
        return inquiry.result.add("addresses", addresses);
    }

    /** Connects to a peer, and tells where and how fast it proved itself; never fails. */
    public static JsonObject ping(PeerFinder finder, Fingerprint peer) {
        Inquiry inquiry = new Inquiry(peer, _ -> {});
        inquiry.search(finder, peer);
        return inquiry.result;
    }

    private void search(PeerFinder finder, Fingerprint peer) {
        try (RemotePeer _ = finder.connect(peer, this)) {
            result.set("proved", true);
        } catch (ExchangeException failed) {
            result.set("error", failed.getMessage());
        }
    }

    @Override
    public void found(Fingerprint peer, Candidate candidate) {
        JsonObject known = new JsonObject()
                .add("address", HostAndPort.format(candidate.address()))
                .add("how", candidate.how())
                .add("proved", false)
                .add("error", Json.NULL);
        candidates.put(candidate, known);
        progress.accept(known);
    }

    @Override
    public void failed(Fingerprint peer, Candidate candidate, ExchangeException why) {
        JsonObject known = candidates.get(candidate).set("error", String.valueOf(why.getMessage()));
        progress.accept(known);
    }

    @Override
    public void proved(Fingerprint peer, Candidate candidate, Duration took) {
        JsonObject known = candidates.get(candidate).set("proved", true);
        result.set("address", known.get("address"))
                .set("how", known.get("how"))
                .set("millis", Math.round(took.toNanos() / 1e6));
        progress.accept(known);
    }
}
