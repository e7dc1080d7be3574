package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.profile.Setting;

/**
 * What somebody asks a node to do, as a document: an action of schema.org that is also a {@code mau:Command}.
 *
 * @param recipient fingerprint of the node that is meant, 40 hexadecimal digits in lower case
 * @param channel its channel, as the commander wrote it; there need not be one of that name
 * @param setting what the channel shall be set to
 * @param unitCode of a level, if the commander named one
 * @param duration how long, in whole seconds; empty for as long as the channel allows
 * @param start when the command was given
 * @param expires after which it must not be obeyed; {@link #VALIDITY} behind {@code start} where it is not said, and never
 *     more than {@link #MAX_VALIDITY} behind it
 * @param counter higher in each command of one key to one node; 1 to {@link #MAX_COUNTER}
 * @param name one line for people
 */
public record Command(
        CommandId id,
        String recipient,
        String channel,
        Act act,
        Setting setting,
        Optional<String> unitCode,
        Optional<Duration> duration,
        Instant start,
        Instant expires,
        long counter,
        String name) {

    /** How long a command is obeyed that does not say it itself. */
    public static final Duration VALIDITY = Duration.ofSeconds(60);

    /** How long a command is obeyed at most, whatever it says. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(1);

    /** Above 2^53 - 1 a JSON number is no longer exact for every reader (RFC 8259 section 6). */
    public static final long MAX_COUNTER = LinkedData.MAX_EXACT;

    /** Characters of a channel's name in a command; longer than any channel's. */
    static final int MAX_CHANNEL = 100;

    /** Characters of the line for people. */
    static final int MAX_NAME = 200;

    public Command {
        Objects.requireNonNull(id);
        Objects.requireNonNull(setting);
        Objects.requireNonNull(unitCode);
        Objects.requireNonNull(duration);
        Objects.requireNonNull(name);
        expires = earlier(expires, start.plus(MAX_VALIDITY));
        if (counter < 1 || counter > MAX_COUNTER) {
            throw new IllegalArgumentException("counter " + counter);
        }
        if (act.isSwitch() && !setting.equals(act == Act.ACTIVATE ? Setting.ON : Setting.OFF)) {
            throw new IllegalArgumentException(act.type() + " does not set " + setting);
        }
        if (channel.isEmpty() || channel.length() > MAX_CHANNEL || !CommandId.isFingerprint(recipient)) {
            throw new IllegalArgumentException("no channel of a node: " + channel + " of " + recipient);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Reads a command strictly: each part that a node goes by must be there once and be what it must be. Parts that are not
     * known are passed over.
     *
     * @throws DocumentException if it is no command; the message says where, and what is wrong
     */
    public static Command parse(byte[] utf8) {
        return new CommandReader(StrictJson.parse(utf8)).read();
    }

    /** JSON-LD, with its keys in a fixed order. */
    public String toJson() {
        JsonObject document = LinkedData.document(id.address())
                .add("@type", LinkedData.types(act.type(), Term.COMMAND_CLASS))
                .add("name", name)
                .add("identifier", id.ulid().value())
                .add("agent", LinkedData.typed("Person").add("identifier", id.author()))
                .add("object", LinkedData.reference(object()).add("@type", "PropertyValue"))
                .add("actionStatus", "PotentialActionStatus")
                .add("startTime", LinkedData.time(start))
                .add(Term.RECIPIENT.key(), recipient)
                .add(Term.EXPIRES.key(), LinkedData.time(expires))
                .add(Term.COUNTER.key(), counter);
        duration.ifPresent(time -> document.add(Term.DURATION_SECONDS.key(), time.toSeconds()));
        if (!act.isSwitch()) {
            document.add(Term.SET_VALUE.key(), value());
        }
        return LinkedData.text(document);
    }

    private String object() {
        return "/p2p/" + recipient + "/" + NodeId.DOCUMENT + ".pgp#" + channel;
    }

    private JsonObject value() {
        JsonObject value = LinkedData.typed("QuantitativeValue");
        LinkedData.addSetting(value, setting);
        unitCode.ifPresent(code -> value.add("unitCode", code));
        return value;
    }
}
