package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.exchange.ExchangeException;
import org.maunode.exchange.RemotePeer;
import org.maunode.exchange.RemotePeer.From;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Printable;
import org.maunode.tools.radio.Answering;
import org.maunode.tools.radio.Goal;
import org.maunode.tools.radio.Nearby;
import org.maunode.tools.radio.Radio;
import picocli.CommandLine.Mixin;

/** Connects to a node, has it prove who it is, and tells how long each step took. */
@picocli.CommandLine.Command(name = "info", description = "tell who a node is, and whether it proves it")
final class BleInfo implements Command {
    private static final int LABEL = 14;

    @Mixin
    Node node = new Node();

    @Mixin
    Adapter adapter = new Adapter();

    /**
     * How the proof ended.
     *
     * @param took to the proof
     * @param answered from there to the first byte of an answer
     */
    private record Proof(Optional<String> failure, Optional<Duration> took, Optional<Duration> answered) {}

    @Override
    public ExitCode run(Session session) {
        Goal goal = node.goal(session);
        session.account();
        InstantSource clock = session.shell().clock();
        try (Radio radio = adapter.open(session)) {
            Instant begun = clock.instant();
            try (Nearby nearby = radio.approach(goal, Answering.NOBODY, node.patience())) {
                Instant connected = clock.instant();
                Proof proof = proof(nearby, clock);
                tell(session, nearby, Duration.between(begun, connected), proof);
                return proof.failure().isEmpty() ? ExitCode.OK : ExitCode.UNREACHABLE;
            }
        }
    }

    private static Proof proof(Nearby nearby, InstantSource clock) {
        Instant begun = clock.instant();
        try (RemotePeer remote = nearby.prove()) {
            Instant proved = clock.instant();
            remote.list(remote.fingerprint(), new From.Since(proved));
            return new Proof(
                    Optional.empty(),
                    Optional.of(Duration.between(begun, proved)),
                    Optional.of(Duration.between(proved, clock.instant())));
        } catch (ExchangeException failed) {
            return new Proof(Optional.of(nearby.explained(failed).getMessage()), Optional.empty(), Optional.empty());
        }
    }

    private static void tell(Session session, Nearby nearby, Duration connected, Proof proof) {
        List<String> lines = new ArrayList<>();
        NodeInfo info = nearby.info();
        line(lines, "Address", nearby.address().text());
        line(lines, "Name", info.name());
        line(lines, "Fingerprint", info.identity());
        line(
                lines,
                "Proved",
                proof.failure().map(why -> "no: " + why).orElseGet(() -> "by TLS" + known(session, nearby)));
        line(lines, "Version", String.valueOf(NodeInfo.VERSION));
        line(lines, "MTU", nearby.mtu() + " bytes");
        line(lines, "Connected", "in " + connected.toMillis() + " ms");
        proof.took().ifPresent(took -> line(lines, "Proof", "after another " + took.toMillis() + " ms"));
        proof.answered().ifPresent(took -> line(lines, "First answer", "after another " + took.toMillis() + " ms"));
        session.output().record(record(nearby, connected, proof), lines.toArray(String[]::new));
    }

    private static String known(Session session, Nearby nearby) {
        return session.people()
                .key(nearby.claimed())
                .map(_ -> ", as " + session.people().display(nearby.claimed()))
                .orElse(", as nobody whom you know");
    }

    private static void line(List<String> lines, String label, String value) {
        lines.add(label + ":" + " ".repeat(LABEL - label.length() - 1) + Printable.line(value));
    }

    private static JsonObject record(Nearby nearby, Duration connected, Proof proof) {
        return new JsonObject()
                .add("address", nearby.address().text())
                .add("name", nearby.info().name())
                .add("fingerprint", nearby.info().identity())
                .add("proved", proof.failure().isEmpty())
                .add("error", proof.failure().map(Json::value).orElse(Json.NULL))
                .add("version", NodeInfo.VERSION)
                .add("mtu", nearby.mtu())
                .add("connectMillis", connected.toMillis())
                .add(
                        "proofMillis",
                        proof.took().map(t -> Json.value(t.toMillis())).orElse(Json.NULL))
                .add(
                        "answerMillis",
                        proof.answered().map(t -> Json.value(t.toMillis())).orElse(Json.NULL));
    }
}
