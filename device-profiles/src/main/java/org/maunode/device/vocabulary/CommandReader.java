package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maunode.device.profile.Safety;
import org.maunode.device.profile.Setting;

/** A document to a {@link Command}, part by part. */
final class CommandReader {
    private static final String STATUS = "PotentialActionStatus";
    private static final String SCHEMA_ORG = "https://schema.org/";

    private final Part document;

    CommandReader(JsonObject document) {
        this.document = Part.document(document);
    }

    Command read() {
        document.requireContext();
        requireStatus();
        CommandId id = id();
        String recipient = recipient();
        Act act = act();
        Instant start = document.requiredTime("startTime");
        return new Command(
                id,
                recipient,
                channel(recipient),
                act,
                setting(act),
                unitCode(act),
                duration(),
                start,
                document.time(Term.EXPIRES.key()).orElse(start.plus(Command.VALIDITY)),
                document.requiredWhole(Term.COUNTER.key()),
                document.line("name", Command.MAX_NAME).orElse(act.type()));
    }

    private void requireStatus() {
        Optional<String> status = document.text("actionStatus");
        if (status.filter(word -> !word.equals(STATUS) && !word.equals(SCHEMA_ORG + STATUS))
                .isPresent()) {
            throw document.malformed("actionStatus", "is not " + STATUS);
        }
    }

    private CommandId id() {
        CommandId id = CommandId.parse(document.requiredText("@id"))
                .orElseThrow(() -> document.malformed("@id", "is not /p2p/FINGERPRINT/cmd-ULID.json.pgp"));
        if (!document.requiredText("identifier").equals(id.ulid().value())) {
            throw document.malformed("identifier", "is not the ULID of @id");
        }
        requireAgent(id.author());
        return id;
    }

    private void requireAgent(String author) {
        Optional<String> agent = document.part("agent").flatMap(who -> who.text("identifier"));
        if (agent.filter(who -> !who.equals(author)).isPresent()) {
            throw document.malformed("agent/identifier", "is not the fingerprint in @id");
        }
    }

    private String recipient() {
        String recipient = document.requiredText(Term.RECIPIENT.key());
        if (!CommandId.isFingerprint(recipient)) {
            throw document.malformed(Term.RECIPIENT.key(), "is not 40 hexadecimal digits in lower case");
        }
        return recipient;
    }

    private String channel(String recipient) {
        Part object = document.requiredPart("object");
        String address = object.requiredText("@id");
        String node = "/p2p/" + recipient + "/" + NodeId.DOCUMENT + ".pgp#";
        if (!address.startsWith(node) || address.length() == node.length()) {
            throw object.malformed("@id", "is no channel of " + Term.RECIPIENT.key());
        }
        String channel = address.substring(node.length());
        if (channel.length() > Command.MAX_CHANNEL) {
            throw object.overLimit("@id", "names a channel of more than " + Command.MAX_CHANNEL + " characters");
        }
        return channel;
    }

    /** One action of schema.org, and ours. */
    private Act act() {
        List<String> words = document.types();
        if (words.size() != 2) {
            throw document.malformed("@type", "is not an action of schema.org and " + Term.COMMAND_CLASS.key());
        }
        if (!words.contains(Term.COMMAND_CLASS.key())) {
            throw document.malformed("@type", "lacks " + Term.COMMAND_CLASS.key());
        }
        return words.stream()
                .flatMap(word -> Act.of(word).stream())
                .findFirst()
                .orElseThrow(() -> document.malformed(
                        "@type", "has no ActivateAction, DeactivateAction, UpdateAction or ControlAction"));
    }

    private Setting setting(Act act) {
        return switch (act) {
            case ACTIVATE -> switched(act, Setting.ON);
            case DEACTIVATE -> switched(act, Setting.OFF);
            case UPDATE, CONTROL -> value();
        };
    }

    private Setting switched(Act act, Setting setting) {
        if (document.member(Term.SET_VALUE.key()).isPresent()) {
            throw document.malformed(Term.SET_VALUE.key(), "does not belong to " + act.type());
        }
        return setting;
    }

    private Setting value() {
        JsonValue value = wanted().required("value");
        if (value.isBoolean()) {
            return new Setting.OnOff(value.asBoolean());
        }
        if (!value.isNumber()) {
            throw wanted().malformed("value", "is neither a number nor true or false");
        }
        return new Setting.Level(new BigDecimal(value.toString()));
    }

    private Part wanted() {
        return document.requiredPart(Term.SET_VALUE.key());
    }

    private Optional<String> unitCode(Act act) {
        return act.isSwitch() ? Optional.empty() : wanted().text("unitCode");
    }

    private Optional<Duration> duration() {
        return document.whole(Term.DURATION_SECONDS.key())
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, Safety.MAX_ON.toSeconds())));
    }
}
