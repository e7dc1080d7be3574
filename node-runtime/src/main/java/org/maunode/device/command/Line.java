package org.maunode.device.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.ParseException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import org.maunode.device.vocabulary.Act;
import org.maunode.device.vocabulary.CommandId;
import org.maunode.device.vocabulary.ResultCode;
import org.maunode.device.vocabulary.Ulid;
import org.maunode.identity.Fingerprint;
import org.maunode.store.Position;

/** One line of the journal: a CRC-32 in hexadecimal digits, a space, and JSON. */
sealed interface Line {
    /** It will be carried out, or answered. */
    record Begun(Intent intent) implements Line {}

    /** It was answered. */
    record Done(CommandId id) implements Line {}

    /** How far it is with a commander. */
    record Reached(Fingerprint commander, long counter, Position settled) implements Line {}

    private static JsonObject named(String kind, Fingerprint commander) {
        return new JsonObject().add("line", kind).add("commander", commander.toString());
    }

    private static JsonObject named(String kind, CommandId id) {
        return named(kind, Fingerprint.of(id.author())).add("ulid", id.ulid().value());
    }

    private JsonObject json() {
        return switch (this) {
            case Begun(Intent intent) -> json(intent);
            case Done(CommandId id) -> named("done", id);
            case Reached(var commander, var counter, var settled) ->
                placed(named("reached", commander).add("counter", counter), settled);
        };
    }

    private static JsonObject json(Intent intent) {
        JsonObject json = named("begun", intent.id())
                .add("counter", intent.counter())
                .add("sha256", intent.sha256())
                .add("channel", intent.channel())
                .add("act", intent.act().name())
                .add("name", intent.name())
                .add("words", intent.words());
        intent.code().ifPresent(code -> json.add("code", code.word()));
        return placed(json, intent.settled());
    }

    private static JsonObject placed(JsonObject json, Position settled) {
        return settled.equals(Position.START)
                ? json
                : json.add("at", settled.modified().toString()).add("file", settled.name());
    }

    /** With its line end. */
    default byte[] bytes() {
        byte[] json = json().toString().getBytes(StandardCharsets.UTF_8);
        return (crc(json) + " " + new String(json, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Reads a line without its end; empty if it is torn or damaged. */
    static Optional<Line> parse(String text) {
        int space = text.indexOf(' ');
        String json = text.substring(space + 1);
        if (space < 0 || !text.startsWith(crc(json.getBytes(StandardCharsets.UTF_8)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Json.parse(json).asObject()));
        } catch (ParseException
                | UnsupportedOperationException
                | IllegalArgumentException
                | NullPointerException
                | DateTimeException otherProgram) {
            return Optional.empty();
        }
    }

    private static Line read(JsonObject json) {
        return switch (text(json, "line")) {
            case "begun" -> new Begun(intent(json));
            case "done" -> new Done(id(json));
            case "reached" ->
                new Reached(Fingerprint.of(text(json, "commander")), json.getLong("counter", 0), position(json));
            default -> throw new IllegalArgumentException("a line of a later version");
        };
    }

    private static Intent intent(JsonObject json) {
        return new Intent(
                id(json),
                json.getLong("counter", 0),
                text(json, "sha256"),
                text(json, "channel"),
                Act.valueOf(text(json, "act")),
                text(json, "name"),
                Optional.ofNullable(json.get("code")).flatMap(code -> ResultCode.of(code.asString())),
                text(json, "words"),
                position(json));
    }

    private static CommandId id(JsonObject json) {
        return new CommandId(text(json, "commander"), new Ulid(text(json, "ulid")));
    }

    private static String text(JsonObject json, String key) {
        return Objects.requireNonNull(json.get(key), key).asString();
    }

    private static Position position(JsonObject json) {
        return json.get("at") == null
                ? Position.START
                : new Position(Instant.parse(text(json, "at")), text(json, "file"));
    }
}
