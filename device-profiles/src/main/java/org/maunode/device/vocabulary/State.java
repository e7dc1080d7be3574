package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Setting;

/**
 * The state of an actuator as a document: an {@code Observation} of schema.org that is also a {@code mau:State}.
 *
 * @param value what it is set to, as far as the node knows
 * @param since when it was set to it
 * @param sequence counts the channel's published states, from 1; it never goes back, not over a restart either
 * @param why the reason in words, behind the value: {@code the node stopped}; empty where there is nothing to add
 * @param cause the command that led to it
 * @param autoOffAt when it returns to its fail-safe state by itself
 */
public record State(
        NodeId node,
        ActuatorChannel channel,
        Setting value,
        Instant since,
        long sequence,
        String why,
        Optional<CommandId> cause,
        Optional<Instant> autoOffAt) {

    public State {
        Objects.requireNonNull(node);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(value);
        Objects.requireNonNull(since);
        Objects.requireNonNull(why);
        Objects.requireNonNull(cause);
        Objects.requireNonNull(autoOffAt);
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
    }

    /** JSON-LD, with its keys in a fixed order: equal states give equal text. */
    public String toJson() {
        JsonObject document = LinkedData.document(node.addressOf(channel.name()))
                .add("@type", LinkedData.types("Observation", Term.STATE))
                .add("name", channel.title())
                .add("description", sentence())
                .add("observationAbout", LinkedData.typed("Product").add("name", node.name()))
                .add("observationDate", LinkedData.time(since));
        addValue(document);
        document.add(Term.CHANNEL.key(), LinkedData.reference(node.partOf(channel.name())))
                .add(Term.SEQUENCE.key(), sequence);
        cause.ifPresent(command -> document.add(Term.CAUSED_BY.key(), LinkedData.reference(command.address())));
        autoOffAt.ifPresent(time -> document.add(Term.AUTO_OFF_AT.key(), LinkedData.time(time)));
        return LinkedData.text(document);
    }

    /** The state inside a command's result. */
    JsonObject brief() {
        JsonObject state = new JsonObject().add("@type", LinkedData.types("Observation", Term.STATE));
        addValue(state);
        state.add("observationDate", LinkedData.time(since));
        autoOffAt.ifPresent(time -> state.add(Term.AUTO_OFF_AT.key(), LinkedData.time(time)));
        return state;
    }

    private void addValue(JsonObject document) {
        document.add(
                "measuredProperty",
                LinkedData.reference(Term.of(channel.quantity())).add("@type", "Property"));
        LinkedData.addSetting(document, value);
        channel.quantity().unit().ifPresent(unit -> document.add("unitCode", unit.code())
                .add("unitText", unit.text()));
    }

    /** {@code on since 2026-11-23T08:16:02Z until 2026-11-23T08:26:02Z}. */
    private String sentence() {
        String until = autoOffAt.map(time -> " until " + LinkedData.time(time)).orElse("");
        String because = why.isEmpty() ? "" : ": " + why;
        return channel.say(value) + " since " + LinkedData.time(since) + until + because;
    }
}
