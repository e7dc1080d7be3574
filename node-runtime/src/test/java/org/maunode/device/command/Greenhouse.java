package org.maunode.device.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.maunode.device.Readers;
import org.maunode.device.SignedDocuments;
import org.maunode.device.driver.Actuator;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.OpenedActuator;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Profiles;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.Command;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.NodeId;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.exchange.Intake;
import org.maunode.identity.FileName;
import org.maunode.identity.Fingerprint;
import org.maunode.openpgp.Opener;
import org.maunode.openpgp.PublicIdentity;
import org.maunode.openpgp.Sealer;
import org.maunode.openpgp.SecretIdentity;
import org.maunode.store.Account;
import org.maunode.store.ContentStore;
import org.maunode.store.Position;
import org.maunode.store.PowerCut;
import org.maunode.store.Retention;
import org.maunode.store.StoreException;
import org.maunode.store.StoredFile;

/**
 * A node with a pump and a vent over a real directory, and those who command it. Time passes when it is told to; the power
 * may be cut at any step; wires outlive the node.
 */
final class Greenhouse implements AutoCloseable {
    static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    static final SecretIdentity NODE = SecretIdentity.generate("greenhouse", "", MADE);
    static final SecretIdentity ALICE = SecretIdentity.generate("Alice", "", MADE);
    static final SecretIdentity BOB = SecretIdentity.generate("Bob", "", MADE);

    private static final String PROFILE =
            """
            {"name": "tests", "version": 1, "title": "Tests", "channels": {
              "pump": {"title": "Water pump", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff",
                "controllers": "gardeners", "failSafe": false, "maxOnSeconds": 900},
              "fan": {"title": "Fan", "driver": "relay", "wiring": {"pin": 27}, "sets": "onOff", "minSwitchSeconds": 30,
                "controllers": "gardeners", "failSafe": false, "maxOnSeconds": 900},
              "vent": {"title": "Vent", "driver": "pwm", "wiring": {"chip": "pwmchip0", "channel": 0}, "sets": "level",
                "unit": "P1", "precision": 5, "least": 10, "most": 90, "readers": "guests", "controllers": "owners",
                "failSafe": 10, "maxOnSeconds": 900}
            }}
            """;
    static final List<ActuatorChannel> CHANNELS = Profiles.parse("tests.json", PROFILE.getBytes(StandardCharsets.UTF_8))
            .actuators();

    final Wire pump = new Wire();
    final Wire fan = new Wire();
    final Wire vent = new Wire();
    final Account account;
    private final Random random = new Random(11);
    Instant now = Instant.parse("2026-11-23T08:16:00Z");
    long nanos = Long.MAX_VALUE - 1_000_000_000L;
    boolean isSure = true;
    boolean isFull;
    long counter = 76;
    ContentStore store;
    Clerk clerk;
    private PowerCut cut = PowerCut.never();

    Greenhouse(Path root) {
        account = PowerCut.account(root, NODE, () -> now);
        befriend(ALICE, "gardeners");
        befriend(BOB, "guests");
        store = cut.open(account, () -> now);
        store.follow(ALICE.fingerprint());
        store.follow(BOB.fingerprint());
        open();
    }

    private void befriend(SecretIdentity friend, String group) {
        account.keyring().add(friend.publicIdentity());
        account.keyring().createGroup(group);
        account.keyring().addToGroup(friend.fingerprint(), group);
    }

    /** What hangs on the board, and what was done to it. */
    final class Wire {
        final List<String> moves = new ArrayList<>();
        boolean isBroken;
        boolean isAbsent;

        private OpenedActuator open(ActuatorChannel channel) {
            if (isAbsent) {
                return new OpenedActuator.Absent("there is no such chip");
            }
            Setting safe = channel.safety().failSafe();
            moves.add("opened " + channel.say(safe));
            return new OpenedActuator.Ready(new Lever(channel, safe));
        }

        String last() {
            return moves.getLast();
        }

        long times(String move) {
            return moves.stream().filter(move::equals).count();
        }

        private final class Lever implements Actuator {
            private final ActuatorChannel channel;
            private Setting state;

            Lever(ActuatorChannel channel, Setting state) {
                this.channel = channel;
                this.state = state;
            }

            @Override
            public void set(Setting setting) {
                cut.step(() -> {
                    if (isBroken) {
                        moves.add("failed");
                        throw new DriverException(DriverException.Reason.VANISHED, "/dev/gpiochip0 is gone");
                    }
                    moves.add(channel.say(setting));
                    state = setting;
                });
            }

            @Override
            public Setting state() {
                return state;
            }

            @Override
            public String technique() {
                return "a wire of a test";
            }

            @Override
            public void close() {
                moves.add("closed " + channel.say(channel.safety().failSafe()));
            }
        }
    }

    /** The journal's file, on the same disk. */
    private final class CutJournal implements Journal {
        private final Journal file = Journal.in(account.privateDirectory().resolve(Desk.JOURNAL));

        @Override
        public byte[] read() {
            return file.read();
        }

        /** A line that is torn: half of it is on the medium when the power fails. */
        @Override
        public void append(byte[] bytes) {
            requireRoom();
            byte[] before = file.read();
            byte[] half = new byte[before.length + bytes.length / 2];
            System.arraycopy(before, 0, half, 0, before.length);
            System.arraycopy(bytes, 0, half, before.length, bytes.length / 2);
            cut.step(() -> file.replace(half));
            cut.step(() -> {
                file.replace(before);
                file.append(bytes);
            });
        }

        @Override
        public void replace(byte[] bytes) {
            requireRoom();
            cut.step(() -> file.replace(bytes));
        }
    }

    private void requireRoom() {
        if (isFull) {
            throw new StoreException(
                    StoreException.Reason.DISK_FULL, account.root(), "cannot write: no space left on the disk", null);
        }
    }

    private void open() {
        DeskClock clock = new DeskClock(() -> now, () -> isSure, () -> nanos);
        String fingerprint = NODE.fingerprint().toString();
        NodeId node = new NodeId("/p2p/" + fingerprint, fingerprint, "greenhouse");
        SignedDocuments documents = new SignedDocuments(account, store, new Readers.Everyone(), () -> now);
        List<Wire> wires = List.of(pump, fan, vent);
        List<ActuatorFeed> feeds = new ArrayList<>();
        for (int i = 0; i < wires.size(); i++) {
            Wire wire = wires.get(i);
            ActuatorChannel channel = CHANNELS.get(i);
            feeds.add(new ActuatorFeed(node, channel, () -> wire.open(channel), documents, clock));
        }
        feeds.forEach(ActuatorFeed::open);
        Ledger ledger = Ledger.open(new CutJournal());
        Judge judge = new Judge(NODE.fingerprint(), feeds, this::mayCommand, clock);
        Hearing hearing = new Hearing(node, NODE, judge, ledger, clock);
        clerk = new Clerk(account, store, feeds, ledger, hearing, new Results(account, store, documents), clock);
    }

    private boolean mayCommand(Fingerprint who, ActuatorChannel channel) {
        return account.keyring().members(channel.controllers().value()).stream()
                .anyMatch(member -> member.fingerprint().equals(who));
    }

    /** Ends as a process that is killed does, and starts again with this much luck. */
    void restart(PowerCut luck) {
        PowerCut.cutShort(store::close);
        cut = luck;
        store = luck.open(account, () -> now);
        open();
    }

    /** The same with good luck, and what it does first. */
    void restart() {
        restart(PowerCut.never());
        clerk.begin();
    }

    void passes(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    /** Lets time pass in the steps in which something is due. */
    void runs(Duration time) {
        long end = nanos + time.toNanos();
        OptionalLong next = clerk.nextNanos();
        while (next.isPresent() && next.getAsLong() - end <= 0) {
            passes(Duration.ofNanos(Math.max(0, next.getAsLong() - nanos)));
            clerk.tick();
            next = clerk.nextNanos();
        }
        passes(Duration.ofNanos(end - nanos));
        clerk.tick();
    }

    Command on(String channel) {
        return command(channel, Act.ACTIVATE, Setting.ON, Optional.empty());
    }

    Command off(String channel) {
        return command(channel, Act.DEACTIVATE, Setting.OFF, Optional.empty());
    }

    Command on(String channel, Duration time) {
        return command(channel, Act.ACTIVATE, Setting.ON, Optional.of(time));
    }

    Command level(String channel, String value, String unit) {
        Command plain = command(channel, Act.UPDATE, new Setting.Level(new BigDecimal(value)), Optional.empty());
        return new Command(
                plain.id(),
                plain.recipient(),
                channel,
                Act.UPDATE,
                plain.setting(),
                Optional.of(unit),
                Optional.empty(),
                now,
                plain.expires(),
                plain.counter(),
                plain.name());
    }

    private Command command(String channel, Act act, Setting setting, Optional<Duration> time) {
        return command(ALICE.fingerprint(), NODE.fingerprint().toString(), channel, act, setting, time, ++counter);
    }

    Command command(
            Fingerprint author,
            String recipient,
            String channel,
            Act act,
            Setting setting,
            Optional<Duration> time,
            long count) {
        return new Command(
                new CommandId(author.toString(), Ulid.at(now, random)),
                recipient,
                channel,
                act,
                setting,
                Optional.empty(),
                time,
                now,
                now.plus(Command.VALIDITY),
                count,
                "Do as I say");
    }

    Command by(Fingerprint author, Command command) {
        return command(
                author,
                command.recipient(),
                command.channel(),
                command.act(),
                command.setting(),
                command.duration(),
                command.counter());
    }

    /** Its author sends it, sealed for the node, and it is dealt with. */
    String obeys(Command command) {
        send(command);
        look();
        return code(command);
    }

    void send(Command command) {
        send(author(command), command.id().ulid(), command.toJson(), List.of(NODE.publicIdentity()));
    }

    private static SecretIdentity author(Command command) {
        return command.id().author().equals(BOB.fingerprint().toString()) ? BOB : ALICE;
    }

    /** Takes in a file as the exchange does. */
    void send(SecretIdentity author, Ulid named, String text, List<PublicIdentity> readers) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        Sealer sealer = new Sealer(author);
        Sealer.OutgoingMessage message = readers.isEmpty()
                ? sealer.sign(() -> new ByteArrayInputStream(content), now)
                : sealer.seal(() -> new ByteArrayInputStream(content), readers, now);
        ContentStore.Partial partial = store.partial(author.fingerprint());
        try (OutputStream out = partial.append()) {
            message.writeTo(out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        admit(partial, FileName.published(CommandId.documentOf(named)), author.publicIdentity());
    }

    /** Puts a file into its author's directory past all checks, as another program could. */
    void put(Ulid named, byte[] message) {
        Path directory = account.root().resolve(ALICE.fingerprint().toString());
        try {
            Files.write(directory.resolve(CommandId.documentOf(named) + ".pgp"), message);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Alice's message. */
    static byte[] sealed(Command command, PublicIdentity reader) {
        byte[] content = command.toJson().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Sealer(ALICE)
                    .seal(() -> new ByteArrayInputStream(content), List.of(reader), command.start())
                    .writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    Ulid ulid() {
        return Ulid.at(now, random);
    }

    private void admit(ContentStore.Partial partial, FileName name, PublicIdentity author) {
        try {
            new Intake(store, new Opener(NODE), new Retention.KeepAll()).admit(partial, name, author);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void look() {
        clerk.tick();
        for (SecretIdentity who : List.of(ALICE, BOB)) {
            boolean more = true;
            while (more) {
                more = clerk.look(who.fingerprint());
            }
        }
    }

    /** The code of its result, or {@code none}. */
    String code(Command command) {
        return result(command)
                .map(found -> found.getString("mau:resultCode", ""))
                .orElse("none");
    }

    String words(Command command) {
        return result(command).orElseThrow().getString("description", "");
    }

    Optional<JsonObject> result(Command command) {
        return own(CommandId.resultOf(command.id().ulid())).map(file -> read(file, author(command)));
    }

    Optional<StoredFile> own(String document) {
        return store.find(NODE.fingerprint(), FileName.published(document));
    }

    /** As its commander reads it. */
    static JsonObject read(StoredFile file, SecretIdentity reader) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Opener(reader).open(file.path(), NODE.publicIdentity(), out);
            return Json.parse(out.toString(StandardCharsets.UTF_8)).asObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    JsonObject state(String channel) {
        return read(own(channel + ".json").orElseThrow(), BOB);
    }

    long results() {
        return store.list(NODE.fingerprint(), Position.START, 10_000).stream()
                .filter(file -> file.name().value().startsWith("res-"))
                .count();
    }

    @Override
    public void close() {
        clerk.close();
        store.close();
    }
}
