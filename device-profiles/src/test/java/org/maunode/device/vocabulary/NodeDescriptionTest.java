package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.maunode.device.vocabulary.Documents.example;
import static org.maunode.device.vocabulary.Documents.structure;
import static org.maunode.device.vocabulary.Scene.SENSORS;
import static org.maunode.device.vocabulary.Scene.node;
import static org.maunode.device.vocabulary.Scene.pi;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.FakeKernelFiles;

final class NodeDescriptionTest {
    private final JsonObject document = Json.parse(node(pi(), SENSORS)).asObject();

    /** The example also has an actuator and the commands for it; this node has none. */
    @Test
    void isBuiltAsTheWorkedExampleIs() {
        JsonObject expected = example("1-node.jsonld");
        expected.get("additionalProperty").asArray().remove(1);
        expected.remove("potentialAction");
        assertEquals(structure(expected), structure(document));
    }

    @Test
    void saysWhatItIs() {
        assertEquals("Raspberry Pi 3 Model B with 8 sensors", document.getString("description", ""));
        assertEquals("host/2", document.getString("mau:profile", ""));
        assertEquals("10000000a1b2c3d4", document.getString("serialNumber", ""));
        assertEquals(Scene.FINGERPRINT, document.get("identifier").asObject().getString("value", ""));
    }

    @Test
    void leavesOutWhatItsBoardDoesNotTell() {
        BoardIdentity silent = new BoardIdentity(new FakeKernelFiles());
        JsonObject plain = Json.parse(node(silent, SENSORS.subList(0, 1))).asObject();
        assertEquals("Linux machine with 1 sensor", plain.getString("description", ""));
        assertNull(plain.get("model"));
        assertNull(plain.get("serialNumber"));
    }

    @Test
    void describesEachSensorThatTheMachineHas() {
        JsonObject storage = document.get("additionalProperty").asArray().get(3).asObject();
        assertEquals(
                "{\"@id\":\"#storage\",\"@type\":[\"PropertyValue\",\"mau:SensorChannel\"],\"name\":\"Storage left\","
                        + "\"propertyID\":\"mau:storageFree\",\"unitCode\":\"AD\",\"minValue\":0,"
                        + "\"maxValue\":9007199254740991,\"mau:driver\":\"storage\",\"mau:periodSeconds\":10,"
                        + "\"mau:file\":\"storage.json.pgp\"}",
                storage.toString());
        assertEquals(
                0,
                Json.parse(node(pi(), List.of()))
                        .asObject()
                        .get("additionalProperty")
                        .asArray()
                        .size());
    }

    @Test
    void isTheSameTextForTheSameNode() {
        assertEquals(node(pi(), SENSORS), node(pi(), SENSORS));
    }
}
