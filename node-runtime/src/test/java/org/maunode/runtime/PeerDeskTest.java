package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.control.ControlClient;
import org.maunode.control.Question;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.runtime.NetworkOptions.Way;

/** What a running peer says at its socket, key by key (docs/spec/control.md). */
@ExtendWith(MauThreads.class)
class PeerDeskTest {
    private static final List<String> ADDRESS = List.of("fingerprint", "proved", "address", "how", "millis", "error");

    @TempDir
    private Path place;

    private final Parts parts = new Parts();
    private Home ann;
    private Home bob;
    private LivePeer a;
    private LivePeer b;

    @BeforeEach
    void live() throws Exception {
        ann = parts.started(new Home(place, "ann"));
        bob = parts.started(new Home(place, "bob")).befriends(ann);
        a = parts.started(ann.live(Way.OVERLAY));
        b = parts.started(bob.live(Way.OVERLAY));
        bob.isTold(ann.fingerprint(), a.address());
    }

    @AfterEach
    void end() {
        parts.close();
    }

    private JsonValue bob(Question question) {
        return new ControlClient(bob.account.root()).ask(question);
    }

    private static void hasKeys(JsonValue object, List<String> keys) {
        assertEquals(keys, object.asObject().names());
    }

    /** CS-30. */
    @Test
    void statusHasAllItsKeys() throws Exception {
        b.followAll();
        ann.publish("a.txt", "a");
        bob.awaits(ann, "a.txt");
        b.sync(Set.of());
        JsonObject status = bob(new Question.Status()).asObject();
        hasKeys(
                status,
                List.of(
                        "name",
                        "fingerprint",
                        "home",
                        "pid",
                        "version",
                        "started",
                        "uptime",
                        "addresses",
                        "outside",
                        "clock",
                        "following",
                        "lines",
                        "memory"));
        assertEquals("bob", status.getString("name", ""));
        assertEquals(bob.fingerprint().toString(), status.getString("fingerprint", ""));
        assertEquals(bob.account.root().toString(), status.getString("home", ""));
        assertEquals(ProcessHandle.current().pid(), status.getLong("pid", 0));
        assertEquals(new JsonArray().add(HostAndPort.format(b.address())), status.get("addresses"));
        Duration since = Duration.between(Instant.parse(status.getString("started", "")), bob.clock.instant());
        assertTrue(since.toSeconds() - status.getLong("uptime", -1) <= 2 && !since.isNegative(), status.toString());
        assertEquals(Json.NULL, status.get("outside"));
        hasKeys(status.get("clock"), List.of("sure", "why"));
        hasKeys(status.get("memory"), List.of("heap", "heapLimit", "resident"));
        followed(status.get("following").asArray().get(0).asObject());
    }

    private void followed(JsonObject state) {
        hasKeys(state, List.of("name", "fingerprint", "phase", "address", "last", "error"));
        assertEquals("ann", state.getString("name", ""));
        assertEquals(ann.fingerprint().toString(), state.getString("fingerprint", ""));
        assertEquals(HostAndPort.format(a.address()), state.getString("address", ""));
        assertTrue(state.getString("phase", "").matches("[a-z]+"), state.toString());
        assertFalse(Instant.parse(state.getString("last", "")).isAfter(bob.clock.instant()));
        assertEquals(Json.NULL, state.get("error"));
    }

    /** CS-31. */
    @Test
    void peersAreFriendsAndOthersEachWithItsAddresses() {
        Fingerprint stranger = Fingerprint.of("0".repeat(40));
        bob.isTold(stranger, Home.loopback(7));
        b.sync(Set.of());
        JsonArray peers = bob(new Question.Peers()).asArray();
        peers.forEach(peer -> hasKeys(
                peer, List.of("name", "fingerprint", "friend", "followed", "phase", "address", "how", "proven")));
        JsonObject friend = peers.get(0).asObject();
        assertEquals("ann", friend.getString("name", ""));
        assertTrue(friend.getBoolean("friend", false) && friend.getBoolean("followed", false), friend.toString());
        assertEquals("given", friend.getString("how", ""));
        assertFalse(friend.get("proven").isNull(), friend.toString());
        JsonObject other = peers.get(peers.size() - 1).asObject();
        assertEquals(stranger.toString(), other.getString("fingerprint", ""));
        assertEquals("", other.getString("name", "?"));
        assertFalse(other.getBoolean("friend", true) || other.getBoolean("followed", true), other.toString());
        assertEquals(List.of(Json.NULL, Json.NULL), List.of(other.get("phase"), other.get("proven")));
    }

    /** CS-32. */
    @Test
    void findTellsEachAddressAndWhichProvedItself() {
        List<JsonObject> progress = new ArrayList<>();
        JsonObject found = new ControlClient(bob.account.root())
                .ask(new Question.Find(ann.fingerprint()), progress::add)
                .asObject();
        List<String> keys = new ArrayList<>(ADDRESS);
        keys.add("addresses");
        hasKeys(found, keys);
        assertTrue(found.getBoolean("proved", false), found.toString());
        assertEquals(HostAndPort.format(a.address()), found.getString("address", ""));
        assertEquals("given", found.getString("how", ""));
        assertTrue(found.getLong("millis", -1) >= 0, found.toString());
        assertEquals(Json.NULL, found.get("error"));
        hasKeys(found.get("addresses").asArray().get(0), List.of("address", "how", "proved", "error"));
        assertEquals(2, progress.size(), "found, and proved");
    }

    /** CS-33. */
    @Test
    void pingIsTheSameWithoutAddressesAlsoOfWhoIsNotThere() {
        hasKeys(bob(new Question.Ping(ann.fingerprint())), ADDRESS);
        a.close();
        JsonObject gone = bob(new Question.Ping(ann.fingerprint())).asObject();
        hasKeys(gone, ADDRESS);
        assertFalse(gone.getBoolean("proved", true));
        for (String key : List.of("address", "how", "millis")) {
            assertEquals(Json.NULL, gone.get(key), key);
        }
        assertFalse(gone.getString("error", "").isEmpty());
    }

    /** CS-34. */
    @Test
    void syncTellsWhatWasFetchedAndOfOthersWhyNot() {
        ann.publish("a.txt", "a");
        Fingerprint stranger = Fingerprint.of("f".repeat(40));
        JsonArray answers =
                bob(new Question.Sync(Set.of(ann.fingerprint(), stranger))).asArray();
        assertEquals(2, answers.size());
        JsonObject reached = one(answers, ann.fingerprint());
        hasKeys(
                reached,
                List.of(
                        "fingerprint",
                        "reached",
                        "complete",
                        "error",
                        "fetched",
                        "bytes",
                        "alreadyHere",
                        "older",
                        "refused",
                        "postponed",
                        "notes"));
        assertTrue(reached.getBoolean("reached", false) && reached.getBoolean("complete", false));
        assertEquals(1, reached.getInt("fetched", 0));
        JsonObject unknown = one(answers, stranger);
        hasKeys(unknown, List.of("fingerprint", "reached", "complete", "error"));
        assertEquals("is not followed", unknown.getString("error", ""));
    }

    private static JsonObject one(JsonArray answers, Fingerprint peer) {
        return answers.values().stream()
                .map(JsonValue::asObject)
                .filter(answer -> answer.getString("fingerprint", "").equals(peer.toString()))
                .findFirst()
                .orElseThrow();
    }
}
