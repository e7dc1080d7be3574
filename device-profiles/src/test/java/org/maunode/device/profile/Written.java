package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Profiles as text, and what is wrong with them. */
final class Written {
    static final String LOAD =
            """
            {"title": "Load", "driver": "load", "measures": "systemLoad", "unit": "C62", "precision": 0.01, "deadBand": 0}\
            """;
    static final String PUMP =
            """
            {"title": "Pump", "driver": "relay", "wiring": {"pin": 17}, "sets": "onOff", "controllers": "gardeners", \
            "failSafe": false, "maxOnSeconds": 900, "minSwitchSeconds": 2}\
            """;
    static final String LAMP =
            """
            {"title": "Lamp", "driver": "pwm", "wiring": {"chip": "pwmchip0", "channel": 1}, "sets": "level", \
            "unit": "P1", "precision": 0.5, "controllers": "household", "failSafe": 10, "maxOnSeconds": 60}\
            """;
    static final String SOIL =
            """
            {"title": "Soil", "driver": "i2c-registers", "wiring": {"bus": 1, "address": "0x20", "register": "0x00", \
            "bytes": 2}, "measures": "level", "unit": "P1", "least": 0, "most": 100, "precision": 1, "deadBand": 1}\
            """;
    static final String SCRIPT =
            """
            {"title": "Rain", "driver": "script", "wiring": {"program": "/usr/local/bin/rain"}, "measures": "count", \
            "unit": "C62", "least": 0, "most": 1000, "precision": 1, "deadBand": 0}\
            """;

    private Written() {}

    static String profile(String channels) {
        return "{\"name\": \"p\", \"version\": 1, \"title\": \"P\", \"channels\": {" + channels + "}}";
    }

    /** A profile with one channel. */
    static Channel channel(String settings) {
        return parse(profile("\"it\": " + settings)).channels().getFirst();
    }

    /** The same text with one part written otherwise. */
    static String with(String text, String from, String to) {
        assertTrue(text.contains(from), text);
        return text.replace(from, to);
    }

    static Profile parse(String json) {
        return Profiles.parse("p.json", json.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> problems(String json) {
        return refusal(json).problems().stream().map(Problem::toString).toList();
    }

    /** What is wrong with a profile of this one channel, without the places. */
    static List<String> complaints(String settings) {
        return refusal(profile("\"it\": " + settings)).problems().stream()
                .map(problem -> problem.message() + "; " + problem.suggestion())
                .toList();
    }

    static ProfileException refusal(String json) {
        return assertThrows(ProfileException.class, () -> parse(json));
    }
}
