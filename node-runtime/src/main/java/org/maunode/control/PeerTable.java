package org.maunode.control;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.maunode.discovery.ProvenPlaces.Place;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;

/** Whom an account knows, and where, as {@code peers} tells it (CS-31): one record an address. Confined to one thread. */
public final class PeerTable {
    /** How an address is known. */
    private record Known(String how, Optional<Instant> proven) {}

    private final Map<Fingerprint, Map<String, Known>> addresses = new TreeMap<>();
    private final Map<Fingerprint, String> names = new HashMap<>();
    private final Set<Fingerprint> followed = new HashSet<>();

    /** Nobody. */
    public PeerTable() {}

    /** Adds a friend. */
    public void friend(PublicIdentity key) {
        names.put(key.fingerprint(), key.name());
        of(key.fingerprint());
    }

    /** Adds those whose files are kept here. */
    public void followed(Collection<Fingerprint> peers) {
        followed.addAll(peers);
        peers.forEach(this::of);
    }

    /** Adds where a peer proved itself. */
    public void proven(Place place) {
        of(place.contact().fingerprint())
                .put(written(place.contact()), new Known(place.how(), Optional.of(place.when())));
    }

    /**
     * Adds where a peer is said to be; where it has proved itself that stays.
     *
     * @param how as {@link org.maunode.discovery.Resolver#name}
     */
    public void said(Contact contact, String how) {
        of(contact.fingerprint()).putIfAbsent(written(contact), new Known(how, Optional.empty()));
    }

    private Map<String, Known> of(Fingerprint peer) {
        return addresses.computeIfAbsent(peer, _ -> new LinkedHashMap<>());
    }

    private static String written(Contact contact) {
        return HostAndPort.format(contact.address());
    }

    /**
     * The table: friends by name, then others by fingerprint.
     *
     * @param phase what a running node does about a peer, in a word; empty for those that it does not follow
     */
    public JsonArray json(Function<Fingerprint, Optional<String>> phase) {
        JsonArray table = new JsonArray();
        addresses.keySet().stream()
                .sorted(Comparator.comparing((Fingerprint peer) -> !names.containsKey(peer))
                        .thenComparing(peer -> names.getOrDefault(peer, ""))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(peer -> add(table, peer, phase.apply(peer)));
        return table;
    }

    private void add(JsonArray table, Fingerprint peer, Optional<String> phase) {
        Map<String, Known> known = addresses.get(peer);
        if (known.isEmpty()) {
            table.add(record(peer, phase)
                    .add("address", Json.NULL)
                    .add("how", Json.NULL)
                    .add("proven", Json.NULL));
        }
        known.forEach((address, how) -> table.add(record(peer, phase)
                .add("address", address)
                .add("how", how.how())
                .add("proven", text(how.proven().map(Instant::toString)))));
    }

    private JsonObject record(Fingerprint peer, Optional<String> phase) {
        return new JsonObject()
                .add("name", names.getOrDefault(peer, ""))
                .add("fingerprint", peer.toString())
                .add("friend", names.containsKey(peer))
                .add("followed", followed.contains(peer))
                .add("phase", text(phase));
    }

    private static JsonValue text(Optional<String> value) {
        return value.map(Json::value).orElse(Json.NULL);
    }
}
