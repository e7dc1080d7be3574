package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.maunode.device.profile.ActuatorChannel;

/** The commands that a node's description offers, each with what may be filled in. */
final class Invitation {
    private static final String INPUT = "-input";

    private Invitation() {}

    static List<JsonObject> to(ActuatorChannel channel) {
        String title = channel.title().toLowerCase(Locale.ROOT);
        return channel.quantity().unit().isPresent()
                ? List.of(timed(offer(Act.UPDATE, "Set the " + title, channel), channel)
                        .add(Term.SET_VALUE.key() + INPUT, level(channel))
                        .add("target", target()))
                : List.of(
                        timed(offer(Act.ACTIVATE, "Turn the " + title + " on", channel), channel)
                                .add("target", target()),
                        offer(Act.DEACTIVATE, "Turn the " + title + " off", channel));
    }

    private static JsonObject offer(Act act, String name, ActuatorChannel channel) {
        return new JsonObject()
                .add("@type", LinkedData.types(act.type(), Term.COMMAND_CLASS))
                .add("name", name)
                .add("object", LinkedData.reference("#" + channel.name()));
    }

    private static JsonObject timed(JsonObject offer, ActuatorChannel channel) {
        return offer.add(
                Term.DURATION_SECONDS.key() + INPUT,
                LinkedData.typed("PropertyValueSpecification")
                        .add("valueName", Term.DURATION_SECONDS.key())
                        .add("valueRequired", false)
                        .add("minValue", 1)
                        .add("maxValue", channel.safety().longestOn().toSeconds()));
    }

    private static JsonObject level(ActuatorChannel channel) {
        return LinkedData.typed("PropertyValueSpecification")
                .add("valueName", Term.SET_VALUE.key())
                .add("valueRequired", true)
                .add("minValue", LinkedData.number(channel.range().least()))
                .add("maxValue", LinkedData.number(channel.range().most()));
    }

    private static JsonObject target() {
        return LinkedData.typed("EntryPoint")
                .add("urlTemplate", "/p2p/{sender}/cmd-{ulid}.json.pgp")
                .add("contentType", "application/ld+json")
                .add("httpMethod", "GET");
    }
}
