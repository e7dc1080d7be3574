package org.maunode.device.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.maunode.device.vocabulary.Documents.example;
import static org.maunode.device.vocabulary.Documents.structure;

import com.eclipsesource.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.maunode.device.profile.Setting;

/** What a node says of its actuators, and of commands to them. */
final class StateAndResultTest {
    private static final String EVERY_KEY_OF_A_RESULT = "@context, @id, @type, name, description, identifier, agent,"
            + " instrument, object, actionStatus, startTime, endTime, result, mau:command, mau:commandSha256,"
            + " mau:resultCode";

    @Test
    void aStateIsBuiltAsTheWorkedExampleIs() {
        JsonObject state = Orders.json(Orders.state(Orders.PUMP, Setting.ON).toJson());
        assertEquals(structure(example("3-relay-state.jsonld")), structure(state));
        assertEquals("on since 2026-11-23T08:16:02Z until 2026-11-23T08:26:02Z", state.getString("description", ""));
        assertEquals(Orders.ID.address(), state.get("mau:causedBy").asObject().getString("@id", ""));
    }

    @Test
    void aLevelHasItsUnit() {
        JsonObject state = Orders.json(
                Orders.state(Orders.VENT, new Setting.Level(BigDecimal.TEN)).toJson());
        assertEquals(10, state.getInt("value", 0));
        assertEquals("P1", state.getString("unitCode", ""));
    }

    @Test
    void aStateThatNobodyCommandedSaysWhy() {
        State state = new State(
                Scene.NODE,
                Orders.PUMP,
                Setting.OFF,
                Orders.START,
                1,
                "the node started",
                Optional.empty(),
                Optional.empty());
        JsonObject document = Orders.json(state.toJson());
        assertEquals("off since 2026-11-23T08:16:00Z: the node started", document.getString("description", ""));
        assertNull(document.get("mau:causedBy"));
        assertNull(document.get("mau:autoOffAt"));
    }

    @Test
    void aResultHasThePartsOfTheWorkedExample() {
        JsonObject result = Orders.json(Orders.result(ResultCode.APPLIED).toJson());
        assertEquals(String.join(", ", example("5-result.jsonld").names()), String.join(", ", result.names()));
        assertEquals(EVERY_KEY_OF_A_RESULT, String.join(", ", result.names()));
        assertEquals("Done: the pump is on until 08:26:02", result.getString("description", ""));
        assertEquals("CompletedActionStatus", result.getString("actionStatus", ""));
        assertEquals("2026-11-23T08:26:02Z", result.get("result").asObject().getString("mau:autoOffAt", ""));
    }

    @Test
    void aRefusalSaysSo() {
        JsonObject expected = example("6-result-refused.jsonld");
        for (ResultCode code : ResultCode.values()) {
            JsonObject result = Orders.json(Orders.result(code).toJson());
            assertEquals(code.word(), result.getString("mau:resultCode", ""));
            assertEquals(Optional.of(code), ResultCode.of(code.word()));
            if (!code.isSuccess()) {
                assertEquals(structure(expected.get("error")), structure(result.get("error")));
                assertEquals("FailedActionStatus", result.getString("actionStatus", ""));
            }
        }
    }

    @Test
    void oneResultNamesSeveralCommandsButNotMoreThanItMay() {
        for (int others : new int[] {1, CommandResult.MOST_NAMED - 1, 10_000}) {
            JsonObject result = Orders.json(Orders.together(others).toJson());
            assertEquals(
                    Math.min(others + 1, CommandResult.MOST_NAMED),
                    result.get("mau:command").asArray().size());
        }
    }

    @Test
    void aNodeDescribesItsActuatorsAndOffersTheirCommands() {
        JsonObject node = Orders.json(Scene.node(Scene.pi(), Orders.ACTUATORS));
        assertEquals("Raspberry Pi 3 Model B with 0 sensors and 2 actuators", node.getString("description", ""));
        JsonObject expected = example("1-node.jsonld");
        JsonObject pump = node.get("additionalProperty").asArray().get(0).asObject();
        JsonObject model = expected.get("additionalProperty").asArray().get(1).asObject();
        assertEquals(structure(model.remove("value")), structure(pump), "the value is in the channel's own file");
        assertEquals(
                structure(expected.get("potentialAction").asArray().get(0)),
                structure(node.get("potentialAction").asArray().get(0)));
        assertEquals(3, node.get("potentialAction").asArray().size());
    }
}
