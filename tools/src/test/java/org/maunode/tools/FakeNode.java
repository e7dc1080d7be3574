package org.maunode.tools;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.maunode.control.ControlSocket;
import org.maunode.control.Desk;
import org.maunode.control.PeerTable;
import org.maunode.control.SyncAnswer;
import org.maunode.discovery.ProvenPlaces.Place;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.sync.SyncReport;

/** A node in a home as far as programs see it: a real socket, and answers as the specification has them. */
final class FakeNode implements Desk, AutoCloseable {
    static final Instant TIME = Instant.parse("2026-11-23T08:00:00Z");

    private final ControlSocket socket;

    /** Whom somebody asked for. */
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    /** What a status is made of. */
    JsonObject status = Json.parse(
                    """
                    {"name": "alice", "fingerprint": "00112233445566778899aabbccddeeff00112233", "home": "/home/alice",
                     "pid": 42, "version": "0.1.0", "started": "2026-11-23T08:00:00Z", "uptime": 7500,
                     "addresses": ["192.168.1.7:6275", "[2001:db8::7]:6275"],
                     "outside": {"address": "203.0.113.5:6275", "by": "pcp", "lease": 3600, "note": ""},
                     "clock": {"sure": false, "why": "unsure: nothing shows that the system clock is right"},
                     "following": [
                       {"name": "bob", "fingerprint": "ff112233445566778899aabbccddeeff00112233", "phase": "waiting",
                        "address": "192.168.1.8:6275", "last": "2026-11-23T08:01:00Z", "error": null},
                       {"name": "", "fingerprint": "ee112233445566778899aabbccddeeff00112233", "phase": "away",
                        "address": null, "last": null, "error": "no address is known"}],
                     "memory": {"heap": 8100000, "heapLimit": 33554432, "resident": null}}
                    """)
            .asObject();

    /** Whether peers are reached. */
    boolean isOnline = true;

    FakeNode(Path home) throws IOException {
        Files.createDirectories(home.resolve(".mau-node"));
        this.socket = ControlSocket.start(home, this).orElseThrow();
    }

    @Override
    public JsonObject status() {
        return status;
    }

    @Override
    public JsonArray peers() {
        PeerTable table = new PeerTable();
        Fingerprint peer = Fingerprint.of("ff112233445566778899aabbccddeeff00112233");
        table.followed(Set.of(peer));
        table.proven(new Place(new Contact(peer, HostAndPort.parse("192.168.1.8")), "mdns", TIME));
        return table.json(_ -> Optional.of("waiting"));
    }

    @Override
    public JsonObject find(Fingerprint peer, Consumer<JsonObject> progress) {
        JsonObject here = new JsonObject()
                .add("address", "192.168.1.8:6275")
                .add("how", "mdns")
                .add("proved", isOnline)
                .add("error", isOnline ? Json.NULL : Json.value("nobody there"));
        progress.accept(here);
        return ping(peer).add("addresses", new JsonArray().add(here));
    }

    @Override
    public JsonObject ping(Fingerprint peer) {
        asked.add(peer.toString());
        return new JsonObject()
                .add("fingerprint", peer.toString())
                .add("proved", isOnline)
                .add("address", isOnline ? Json.value("192.168.1.8:6275") : Json.NULL)
                .add("how", isOnline ? Json.value("mdns") : Json.NULL)
                .add("millis", isOnline ? Json.value(7) : Json.NULL)
                .add("error", isOnline ? Json.NULL : Json.value("192.168.1.8:6275: nobody there"));
    }

    @Override
    public JsonArray sync(Set<Fingerprint> peers) {
        JsonArray answer = new JsonArray();
        asked.add("sync " + peers.size());
        for (Fingerprint peer : peers) {
            answer.add(
                    isOnline
                            ? SyncAnswer.of(
                                    new SyncReport(peer, peer, 2, 1000, 3, 0, 0, 0, List.of(), Optional.empty()))
                            : SyncAnswer.unreached(peer, "nobody there"));
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
