package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maunode.device.profile.Safety;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.CommandException.Reason;

/** A document to a {@link Command}, part by part. */
final class CommandReader {
    /** Times that any clock of ours could mean. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final String STATUS = "PotentialActionStatus";
    private static final String SCHEMA_ORG = "https://schema.org/";

    private final JsonObject document;

    CommandReader(JsonObject document) {
        this.document = document;
    }

    Command read() {
        requireContext();
        requireStatus();
        CommandId id = id();
        String recipient = recipient();
        Act act = act();
        Instant start = time("startTime").orElseThrow(() -> missing("startTime"));
        return new Command(
                id,
                recipient,
                channel(recipient),
                act,
                setting(act),
                unitCode(act),
                duration(),
                start,
                time(Term.EXPIRES.key()).orElse(start.plus(Command.VALIDITY)),
                counter(),
                name(act));
    }

    /** A reader of JSON-LD would take {@code mau:} for whatever the context says. */
    private void requireContext() {
        JsonValue context = member(document, "@context").orElseThrow(() -> missing("@context"));
        if (!LinkedData.isContext(context)) {
            throw malformed("@context", "is not the one of this vocabulary");
        }
    }

    private void requireStatus() {
        Optional<String> status = string(document, "actionStatus", "actionStatus");
        if (status.filter(word -> !word.equals(STATUS) && !word.equals(SCHEMA_ORG + STATUS))
                .isPresent()) {
            throw malformed("actionStatus", "is not " + STATUS);
        }
    }

    private CommandId id() {
        String address = required(document, "@id", "@id");
        CommandId id = CommandId.parse(address)
                .orElseThrow(() -> malformed("@id", "is not /p2p/FINGERPRINT/cmd-ULID.json.pgp"));
        if (!required(document, "identifier", "identifier").equals(id.ulid().value())) {
            throw malformed("identifier", "is not the ULID of @id");
        }
        requireAgent(id.author());
        return id;
    }

    private void requireAgent(String author) {
        Optional<String> agent = object("agent").flatMap(who -> string(who, "identifier", "agent/identifier"));
        if (agent.filter(who -> !who.equals(author)).isPresent()) {
            throw malformed("agent/identifier", "is not the fingerprint in @id");
        }
    }

    private String recipient() {
        String recipient = required(document, Term.RECIPIENT.key(), Term.RECIPIENT.key());
        if (!CommandId.isFingerprint(recipient)) {
            throw malformed(Term.RECIPIENT.key(), "is not 40 hexadecimal digits in lower case");
        }
        return recipient;
    }

    private String channel(String recipient) {
        JsonObject object = object("object").orElseThrow(() -> missing("object"));
        String address = required(object, "@id", "object/@id");
        String node = "/p2p/" + recipient + "/" + NodeId.DOCUMENT + ".pgp#";
        if (!address.startsWith(node) || address.length() == node.length()) {
            throw malformed("object/@id", "is no channel of " + Term.RECIPIENT.key());
        }
        String channel = address.substring(node.length());
        if (channel.length() > Command.MAX_CHANNEL) {
            throw overLimit("object/@id", "names a channel of more than " + Command.MAX_CHANNEL + " characters");
        }
        return channel;
    }

    /** One action of schema.org, and ours. */
    private Act act() {
        JsonValue types = member(document, "@type").orElseThrow(() -> missing("@type"));
        if (!types.isArray() || types.asArray().size() != 2) {
            throw malformed("@type", "is not an action of schema.org and " + Term.COMMAND_CLASS.key());
        }
        List<String> words = types.asArray().values().stream()
                .filter(JsonValue::isString)
                .map(JsonValue::asString)
                .toList();
        if (!words.contains(Term.COMMAND_CLASS.key())) {
            throw malformed("@type", "lacks " + Term.COMMAND_CLASS.key());
        }
        return words.stream()
                .flatMap(word -> Act.of(word).stream())
                .findFirst()
                .orElseThrow(() ->
                        malformed("@type", "has no ActivateAction, DeactivateAction, UpdateAction or ControlAction"));
    }

    private Setting setting(Act act) {
        return switch (act) {
            case ACTIVATE -> switched(act, Setting.ON);
            case DEACTIVATE -> switched(act, Setting.OFF);
            case UPDATE, CONTROL -> value();
        };
    }

    private Setting switched(Act act, Setting setting) {
        if (document.get(Term.SET_VALUE.key()) != null) {
            throw malformed(Term.SET_VALUE.key(), "does not belong to " + act.type());
        }
        return setting;
    }

    private Setting value() {
        String place = Term.SET_VALUE.key() + "/value";
        JsonValue value = member(wanted(), "value").orElseThrow(() -> missing(place));
        if (value.isBoolean()) {
            return new Setting.OnOff(value.asBoolean());
        }
        if (!value.isNumber()) {
            throw malformed(place, "is neither a number nor true or false");
        }
        return new Setting.Level(new BigDecimal(value.toString()));
    }

    private JsonObject wanted() {
        return object(Term.SET_VALUE.key()).orElseThrow(() -> missing(Term.SET_VALUE.key()));
    }

    private Optional<String> unitCode(Act act) {
        return act.isSwitch() ? Optional.empty() : string(wanted(), "unitCode", Term.SET_VALUE.key() + "/unitCode");
    }

    private Optional<Duration> duration() {
        return member(document, Term.DURATION_SECONDS.key())
                .map(value -> whole(value, Term.DURATION_SECONDS.key(), Command.MAX_COUNTER))
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, Safety.MAX_ON.toSeconds())));
    }

    private long counter() {
        JsonValue counter = member(document, Term.COUNTER.key()).orElseThrow(() -> missing(Term.COUNTER.key()));
        return whole(counter, Term.COUNTER.key(), Command.MAX_COUNTER);
    }

    private String name(Act act) {
        String name = string(document, "name", "name").orElse(act.type());
        if (name.length() > Command.MAX_NAME) {
            throw overLimit("name", "is longer than " + Command.MAX_NAME + " characters");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw malformed("name", "is more than one line of text");
        }
        return name;
    }

    private Optional<Instant> time(String key) {
        return string(document, key, key).map(text -> instant(text, key));
    }

    private static Instant instant(String text, String key) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // Said below, as for a time that no clock shows.
        }
        throw malformed(key, "is no time from 1970 to 2200, written as 2026-11-23T08:16:00Z");
    }

    private static long whole(JsonValue value, String key, long most) {
        if (value.isNumber()) {
            BigDecimal number = new BigDecimal(value.toString());
            boolean inRange = number.signum() > 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
            if (inRange && number.stripTrailingZeros().scale() <= 0) {
                return number.longValueExact();
            }
        }
        throw malformed(key, "is not a whole number from 1 to " + most);
    }

    private Optional<JsonObject> object(String key) {
        return member(document, key).map(value -> {
            if (!value.isObject()) {
                throw malformed(key, "is not an object");
            }
            return value.asObject();
        });
    }

    private static String required(JsonObject in, String key, String place) {
        return string(in, key, place).orElseThrow(() -> missing(place));
    }

    private static Optional<String> string(JsonObject in, String key, String place) {
        return member(in, key).map(value -> {
            if (!value.isString()) {
                throw malformed(place, "is not text");
            }
            return value.asString();
        });
    }

    private static Optional<JsonValue> member(JsonObject in, String key) {
        return Optional.ofNullable(in.get(key));
    }

    private static CommandException missing(String place) {
        return new CommandException(Reason.MISSING, place, "is missing");
    }

    private static CommandException malformed(String place, String what) {
        return new CommandException(Reason.MALFORMED, place, what);
    }

    private static CommandException overLimit(String place, String what) {
        return new CommandException(Reason.OVER_LIMIT, place, what);
    }
}
