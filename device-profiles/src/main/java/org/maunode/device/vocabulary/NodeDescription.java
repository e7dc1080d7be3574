package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Setting;
import org.maunode.device.wire.BoardIdentity;

/**
 * The node's description of itself as a document: an {@code IndividualProduct} of schema.org that is also a
 * {@code mau:Node}, with one {@code mau:SensorChannel} for each sensor that it has, one
 * {@code mau:ActuatorChannel} for each actuator, and what may be asked of that.
 *
 * @param runtimeVersion of the software that speaks
 * @param transports the wires over which the node answers: {@code https}, {@code ble}
 * @param channels those of the profile's channels that this machine really has
 */
public record NodeDescription(
        NodeId node,
        Profile profile,
        BoardIdentity board,
        String runtimeVersion,
        List<String> transports,
        List<Channel> channels) {

    public NodeDescription {
        Objects.requireNonNull(node);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(board);
        Objects.requireNonNull(runtimeVersion);
        transports = List.copyOf(transports);
        channels = List.copyOf(channels);
    }

    /** JSON-LD, with its keys in a fixed order: an unchanged node gives equal text. */
    public String toJson() {
        JsonObject document = LinkedData.document(node.nodeAddress())
                .add("@type", LinkedData.types("IndividualProduct", Term.NODE))
                .add("name", node.name())
                .add("description", sentence())
                .add("identifier", identifier());
        board.serialNumber().ifPresent(number -> document.add("serialNumber", number));
        board.model().ifPresent(model -> document.add("model", model));
        document.add(Term.RUNTIME_VERSION.key(), runtimeVersion)
                .add(Term.PROFILE.key(), profile.id())
                .add(Term.TRANSPORTS.key(), Json.array(transports.toArray(String[]::new)))
                .add("additionalProperty", describedChannels());
        JsonArray actions = actions();
        if (!actions.isEmpty()) {
            document.add("potentialAction", actions);
        }
        return LinkedData.text(document);
    }

    private String sentence() {
        List<ActuatorChannel> actuators = actuators();
        String sensors = counted(channels.size() - actuators.size(), "sensor");
        return board.model().orElse("Linux machine") + " with " + sensors
                + (actuators.isEmpty() ? "" : " and " + counted(actuators.size(), "actuator"));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private List<ActuatorChannel> actuators() {
        return channels.stream()
                .filter(ActuatorChannel.class::isInstance)
                .map(ActuatorChannel.class::cast)
                .toList();
    }

    private JsonObject identifier() {
        return LinkedData.typed("PropertyValue")
                .add("propertyID", "openpgp4fpr")
                .add("value", node.fingerprint());
    }

    private JsonArray describedChannels() {
        JsonArray described = new JsonArray();
        channels.forEach(channel -> described.add(
                switch (channel) {
                    case SensorChannel sensor -> describe(sensor);
                    case ActuatorChannel actuator -> describe(actuator);
                }));
        return described;
    }

    private JsonObject describe(SensorChannel sensor) {
        return begin(sensor, Term.SENSOR_CHANNEL)
                .add(Term.PERIOD_SECONDS.key(), sensor.period().toSeconds())
                .add(Term.FILE.key(), node.fileOf(sensor.name()));
    }

    private JsonObject describe(ActuatorChannel actuator) {
        JsonObject channel = begin(actuator, Term.ACTUATOR_CHANNEL);
        switch (actuator.safety().failSafe()) {
            case Setting.OnOff(boolean on) -> channel.add(Term.FAIL_SAFE.key(), on);
            case Setting.Level(BigDecimal level) -> channel.add(Term.FAIL_SAFE.key(), LinkedData.number(level));
        }
        return channel.add(
                        Term.MAX_ON_SECONDS.key(), actuator.safety().longestOn().toSeconds())
                .add(Term.FILE.key(), node.fileOf(actuator.name()));
    }

    private static JsonObject begin(Channel channel, Term type) {
        JsonObject described = LinkedData.reference("#" + channel.name())
                .add("@type", LinkedData.types("PropertyValue", type))
                .add("name", channel.title())
                .add("propertyID", Term.of(channel.quantity()));
        channel.quantity().unit().ifPresent(unit -> described
                .add("unitCode", unit.code())
                .add("minValue", LinkedData.number(channel.range().least()))
                .add("maxValue", LinkedData.number(channel.range().most())));
        return described.add(Term.DRIVER.key(), channel.driver().id());
    }

    private JsonArray actions() {
        JsonArray actions = new JsonArray();
        actuators().forEach(actuator -> Invitation.to(actuator).forEach(actions::add));
        return actions;
    }
}
