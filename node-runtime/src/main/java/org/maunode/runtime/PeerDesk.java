package org.maunode.runtime;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maunode.cable.Connected;
import org.maunode.clock.NodeClock;
import org.maunode.clock.Trust;
import org.maunode.control.Desk;
import org.maunode.control.Inquiry;
import org.maunode.control.PeerTable;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Keyring.Friend;
import org.maunode.sync.PeerState;

/** Answers for a running peer at its control socket (docs/spec/control.md). Thread-safe. */
final class PeerDesk implements Desk {
    private final Account account;
    private final ContentStore store;
    private final LivePeer peer;
    private final NodeClock clock;
    private final long startedAt = System.nanoTime();

    PeerDesk(Account account, ContentStore store, LivePeer peer, NodeClock clock) {
        this.account = account;
        this.store = store;
        this.peer = peer;
        this.clock = clock;
    }

    @Override
    public JsonObject status() {
        PublicIdentity self = account.identity().publicIdentity();
        Duration up = Duration.ofNanos(System.nanoTime() - startedAt);
        return new JsonObject()
                .add("name", self.name())
                .add("fingerprint", self.fingerprint().toString())
                .add("home", account.root().toString())
                .add("pid", ProcessHandle.current().pid())
                .add("version", Version.current())
                .add("started", time(clock.instant().minus(up)))
                .add("uptime", up.toSeconds())
                .add("addresses", addresses())
                .add("outside", outside())
                .add("clock", clock(clock.trust()))
                .add("following", following())
                .add("lines", lines())
                .add("memory", memory());
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private JsonArray addresses() {
        JsonArray all = new JsonArray();
        LocalAddresses.of(peer.address()).forEach(all::add);
        return all;
    }

    private JsonValue outside() {
        return peer.fromOutside().<JsonValue>map(PeerDesk::outside).orElse(Json.NULL);
    }

    private static JsonObject outside(Whereabouts.Outside outside) {
        return new JsonObject()
                .add("address", text(outside.address().map(HostAndPort::format)))
                .add("by", text(outside.by()))
                .add(
                        "lease",
                        outside.lease()
                                .map(Duration::toSeconds)
                                .map(Json::value)
                                .orElse(Json.NULL))
                .add("note", outside.note());
    }

    private static JsonObject clock(Trust trust) {
        return new JsonObject().add("sure", trust instanceof Trust.Sure).add("why", trust.words());
    }

    private JsonArray following() {
        Map<Fingerprint, String> names = names();
        JsonArray all = new JsonArray();
        peer.following()
                .forEach(state -> all.add(new JsonObject()
                        .add("name", names.getOrDefault(state.peer(), ""))
                        .add("fingerprint", state.peer().toString())
                        .add("phase", phase(state))
                        .add("address", text(state.where().map(HostAndPort::format)))
                        .add("last", text(state.inSync().map(PeerDesk::time)))
                        .add("error", text(state.trouble()))));
        return all;
    }

    private JsonArray lines() {
        JsonArray all = new JsonArray();
        peer.lines().forEach(line -> all.add(line(line)));
        return all;
    }

    private static JsonObject line(Connected line) {
        JsonArray proved = new JsonArray();
        line.proved().stream().sorted().map(Fingerprint::toString).forEach(proved::add);
        return new JsonObject()
                .add("address", HostAndPort.format(line.address()))
                .add("made", line.isReached())
                .add("proved", proved)
                .add("calls", line.calls())
                .add("in", line.traffic().bytesIn())
                .add("out", line.traffic().bytesOut());
    }

    private Map<Fingerprint, String> names() {
        return account.keyring().friends().stream()
                .map(Friend::key)
                .collect(Collectors.toMap(PublicIdentity::fingerprint, PublicIdentity::name, (one, _) -> one));
    }

    private static String phase(PeerState state) {
        return state.phase().name().toLowerCase(Locale.ROOT);
    }

    private static JsonValue text(Optional<String> value) {
        return value.map(Json::value).orElse(Json.NULL);
    }

    private static JsonObject memory() {
        Runtime runtime = Runtime.getRuntime();
        return new JsonObject()
                .add("heap", runtime.totalMemory() - runtime.freeMemory())
                .add("heapLimit", runtime.maxMemory())
                .add("resident", resident().map(Json::value).orElse(Json.NULL));
    }

    /** Bytes of this process in memory, where Linux says it. */
    private static Optional<Long> resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | NumberFormatException elsewhere) {
            return Optional.empty();
        }
    }

    @Override
    public JsonArray peers() {
        PeerTable table = new PeerTable();
        account.keyring().friends().forEach(friend -> table.friend(friend.key()));
        List<Fingerprint> followed = store.followed();
        table.followed(followed);
        peer.places().forEach(table::proven);
        peer.given().forEach(contact -> table.said(contact, "given"));
        peer.contacts().forEach(contact -> table.said(contact, "kademlia"));
        Map<Fingerprint, String> phases =
                peer.following().stream().collect(Collectors.toMap(PeerState::peer, PeerDesk::phase));
        Function<Fingerprint, Optional<String>> phase = who -> Optional.ofNullable(phases.get(who));
        return table.json(phase);
    }

    @Override
    public JsonObject find(Fingerprint wanted, Consumer<JsonObject> progress) {
        return Inquiry.find(peer.finder(), wanted, progress);
    }

    @Override
    public JsonObject ping(Fingerprint wanted) {
        return Inquiry.ping(peer.finder(), wanted);
    }

    @Override
    public JsonArray sync(Set<Fingerprint> peers) {
        JsonArray answers = new JsonArray();
        peer.sync(peers).forEach(answers::add);
        return answers;
    }
}
