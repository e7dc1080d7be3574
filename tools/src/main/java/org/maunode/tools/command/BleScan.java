package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Sighting;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.runtime.ExitCode;
import org.maunode.store.Account;
import org.maunode.store.Keyring.Friend;
import org.maunode.store.StoreException;
import org.maunode.tools.account.People;
import org.maunode.tools.account.Records;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Output;
import org.maunode.tools.output.Rows;
import org.maunode.tools.radio.Radio;
import org.maunode.tools.shell.ToolException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells which nodes are heard. */
@picocli.CommandLine.Command(name = "scan", description = "tell which nodes are near")
final class BleScan implements Command {
    private static final int LONGEST = 86_400;

    /** More addresses are another's noise; they are not remembered, and told again. */
    private static final int MOST = 4096;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "how long to listen, unless interrupted before (default: 10; 0: until then)")
    int seconds = 10;

    @Mixin
    Adapter adapter = new Adapter();

    private final Map<BluetoothAddress, Sighting> told = new HashMap<>();

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        if (seconds < 0 || seconds > LONGEST) {
            throw new ToolException(ExitCode.USAGE, "--for " + seconds + ": not a number between 0 and " + LONGEST);
        }
        List<PublicIdentity> friends = friends(session);
        try (Radio radio = adapter.open(session);
                Rows rows = session.output().rows()) {
            listen(session, radio, rows, friends);
        }
        if (told.isEmpty()) {
            session.output().say("no node was heard");
        }
        return ExitCode.OK;
    }

    /** Listening needs no account; with one, friends are recognised. */
    private static List<PublicIdentity> friends(Session session) {
        if (!Account.exists(session.home())) {
            return List.of();
        }
        try {
            return session.keyring().friends().stream().map(Friend::key).toList();
        } catch (ToolException | StoreException closed) {
            session.output().say("friends are not recognised: " + closed.getMessage());
            return List.of();
        }
    }

    private void listen(Session session, Radio radio, Rows rows, List<PublicIdentity> friends)
            throws InterruptedException {
        BlockingQueue<Optional<Sighting>> heard = new LinkedBlockingQueue<>(MOST);
        session.shell().stop().onRequest(() -> heard.offer(Optional.empty()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds == 0 ? LONGEST : seconds);
        try (Central.Scan _ = radio.scan(sighting -> heard.offer(Optional.of(sighting)))) {
            Optional<Sighting> next = next(heard, end);
            while (next.isPresent()) {
                tellOnce(session.output(), rows, friends, next.get());
                next = next(heard, end);
            }
        } catch (InterruptedException stop) {
            if (!session.shell().stop().isRequested()) {
                throw stop;
            }
        }
    }

    private static Optional<Sighting> next(BlockingQueue<Optional<Sighting>> heard, long end)
            throws InterruptedException {
        Optional<Sighting> next = heard.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        return next == null ? Optional.empty() : next;
    }

    /** Its strength changes all the time; what it is called, or says of itself, does not. */
    private void tellOnce(Output output, Rows rows, List<PublicIdentity> friends, Sighting seen) {
        Optional<Sighting> before = Optional.ofNullable(told.get(seen.address()));
        boolean news = before.filter(
                        old -> old.hint().equals(seen.hint()) && old.name().equals(seen.name()))
                .isEmpty();
        if (!news) {
            return;
        }
        if (told.size() < MOST) {
            told.put(seen.address(), seen);
        }
        List<PublicIdentity> perhaps = friends.stream()
                .filter(friend -> seen.mayBe(friend.fingerprint().toString()))
                .toList();
        if (output.isJson()) {
            rows.add(record(seen, perhaps));
        } else {
            output.line(line(seen, perhaps));
        }
    }

    private static String line(Sighting seen, List<PublicIdentity> perhaps) {
        String maybe = perhaps.stream().map(People::display).collect(Collectors.joining(" or "));
        return Stream.of(
                        seen.address().text(),
                        seen.hint().orElse("no hint     "),
                        seen.name().orElse(""),
                        seen.rssi().isPresent() ? seen.rssi().getAsInt() + " dBm" : "",
                        maybe.isEmpty() ? "" : "may be " + maybe)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private static JsonObject record(Sighting seen, List<PublicIdentity> perhaps) {
        JsonArray maybe = new JsonArray();
        perhaps.forEach(friend -> maybe.add(Records.person(friend)));
        return new JsonObject()
                .add("address", seen.address().text())
                .add("hint", seen.hint().map(Json::value).orElse(Json.NULL))
                .add("name", seen.name().map(Json::value).orElse(Json.NULL))
                .add("rssi", seen.rssi().isPresent() ? Json.value(seen.rssi().getAsInt()) : Json.NULL)
                .add("mayBe", maybe);
    }
}
