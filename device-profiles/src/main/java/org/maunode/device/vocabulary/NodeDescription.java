package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.BoardIdentity;

/**
 * The node's description of itself as a document: an {@code IndividualProduct} of schema.org that is also a
 * {@code mau:Node}, with one {@code mau:SensorChannel} for each sensor that it has.
 *
 * @param runtimeVersion of the software that speaks
 * @param transports the wires over which the node answers: {@code https}, {@code ble}
 * @param sensors those of the profile's channels that this machine really has
 */
public record NodeDescription(
        NodeId node,
        Profile profile,
        BoardIdentity board,
        String runtimeVersion,
        List<String> transports,
        List<SensorChannel> sensors) {

    public NodeDescription {
        Objects.requireNonNull(node);
        Objects.requireNonNull(profile);
        Objects.requireNonNull(board);
        Objects.requireNonNull(runtimeVersion);
        transports = List.copyOf(transports);
        sensors = List.copyOf(sensors);
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
                .add("additionalProperty", channels());
        return LinkedData.text(document);
    }

    private String sentence() {
        String noun = sensors.size() == 1 ? " sensor" : " sensors";
        return board.model().orElse("Linux machine") + " with " + sensors.size() + noun;
    }

    private JsonObject identifier() {
        return LinkedData.typed("PropertyValue")
                .add("propertyID", "openpgp4fpr")
                .add("value", node.fingerprint());
    }

    private JsonArray channels() {
        JsonArray channels = new JsonArray();
        sensors.forEach(sensor -> channels.add(describe(sensor)));
        return channels;
    }

    private JsonObject describe(SensorChannel sensor) {
        JsonObject channel = LinkedData.reference("#" + sensor.name())
                .add("@type", LinkedData.types("PropertyValue", Term.SENSOR_CHANNEL))
                .add("name", sensor.title())
                .add("propertyID", Term.of(sensor.quantity()));
        sensor.quantity().unit().ifPresent(unit -> channel.add("unitCode", unit.code())
                .add("minValue", LinkedData.number(sensor.range().least()))
                .add("maxValue", LinkedData.number(sensor.range().most())));
        return channel.add(Term.DRIVER.key(), sensor.driver().id())
                .add(Term.PERIOD_SECONDS.key(), sensor.period().toSeconds())
                .add(Term.FILE.key(), node.fileOf(sensor.name()));
    }
}
