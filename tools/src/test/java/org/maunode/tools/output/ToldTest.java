package org.maunode.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldTest {
    private static Told told(String json) {
        return new Told(Json.parse(json).asObject());
    }

    @Test
    void whatIsThereIsRead() {
        Told told = told("{\"t\":\"x\",\"b\":true,\"n\":7,\"i\":\"2026-11-23T08:00:00Z\",\"o\":{\"t\":\"y\"},"
                + "\"l\":[{\"t\":\"z\"},7],\"s\":[\"a\",7,\"b\"]}");
        assertEquals("x", told.text("t"));
        assertTrue(told.is("b"));
        assertEquals(7, told.number("n"));
        assertEquals(Optional.of(Instant.parse("2026-11-23T08:00:00Z")), told.time("i"));
        assertEquals("y", told.object("o").orElseThrow().text("t"));
        assertEquals(
                List.of("z"), told.list("l").stream().map(one -> one.text("t")).toList());
        assertEquals(List.of("a", "b"), told.texts("s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"k\":null}", "{\"k\":false}"})
    void whatIsMissingOrOfAnotherKindIsEmpty(String json) {
        Told told = told(json);
        assertEquals("", told.text("k"));
        assertFalse(told.is("k"));
        assertEquals(0, told.number("k"));
        assertEquals(Optional.empty(), told.time("k"));
        assertEquals(Optional.empty(), told.object("k"));
        assertEquals(List.of(), told.list("k"));
        assertEquals(List.of(), told.texts("k"));
    }

    @Test
    void whatIsNoTimeIsNone() {
        assertEquals(Optional.empty(), told("{\"i\":\"yesterday\"}").time("i"));
    }

    @Test
    void aNumberMayHaveAFractionOrBeHuge() {
        assertEquals(1, told("{\"n\":1.5}").number("n"));
        assertEquals(Long.MAX_VALUE, told("{\"n\":1e300}").number("n"));
    }

    @Test
    void whatIsNoArrayHoldsNothing() {
        assertEquals(List.of(), Told.objects(Json.parse("{}")));
        assertEquals(List.of(), Told.objects(Json.NULL));
    }
}
