package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.maunode.device.profile.Written.LAMP;
import static org.maunode.device.profile.Written.LOAD;
import static org.maunode.device.profile.Written.PUMP;
import static org.maunode.device.profile.Written.SCRIPT;
import static org.maunode.device.profile.Written.SOIL;
import static org.maunode.device.profile.Written.parse;
import static org.maunode.device.profile.Written.profile;
import static org.maunode.device.profile.Written.with;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class ProfileTextTest {
    private static final List<String> NAMES = Profiles.NAMES;

    private static void assertReadAgainTheSame(Profile profile) {
        assertEquals(profile, parse(ProfileText.of(profile)));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void isReadAgainTheSame(String name) {
        assertReadAgainTheSame(Profiles.ready(name));
    }

    @Test
    void saysEveryFormOfWiring() {
        assertReadAgainTheSame(parse(profile("\"a\": " + LOAD + ", \"b\": " + PUMP + ", \"c\": " + LAMP + ", \"d\": "
                + with(SOIL, "\"bytes\": 2", "\"bytes\": 2, \"signed\": true, \"littleEndian\": true, \"factor\": -0.5")
                + ", \"e\": " + with(SCRIPT, "rain\"", "rain\", \"arguments\": [\"-a\", \"b c\"]")
                + ", \"f\": {\"title\": \"T\", \"driver\": \"dht22\", \"wiring\": {\"device\": \"dht11@4\"},"
                + " \"measures\": \"airTemperature\", \"unit\": \"CEL\", \"precision\": 0.1, \"deadBand\": 0,"
                + " \"readers\": \"public\"}"
                + ", \"g\": {\"title\": \"T\", \"driver\": \"ds18b20\", \"wiring\": {\"id\": \"28-000000000001\"},"
                + " \"measures\": \"airTemperature\", \"unit\": \"CEL\", \"precision\": 0.1, \"deadBand\": 0,"
                + " \"readers\": \"family\"}"
                + ", \"h\": {\"title\": \"T\", \"driver\": \"button\", \"measures\": \"onOff\","
                + " \"wiring\": {\"pin\": 3, \"pull\": \"down\", \"activeLow\": true, \"debounceMillis\": 0}}"
                + ", \"i\": {\"title\": \"T\", \"driver\": \"servo\", \"sets\": \"angle\", \"unit\": \"DD\","
                + " \"precision\": 1, \"controllers\": \"g\", \"failSafe\": 90, \"maxOnSeconds\": 5,"
                + " \"wiring\": {\"chip\": \"pwmchip0\", \"channel\": 0, \"leastMicros\": 500}}"
                + ", \"j\": {\"title\": \"T\", \"driver\": \"network\", \"wiring\": {\"interface\": \"eth0\"},"
                + " \"measures\": \"networkSent\", \"unit\": \"AD\", \"precision\": 1, \"deadBand\": 0}")));
    }

    @Test
    void mayIncludeOthers() {
        String text = ProfileText.of(parse(profile("\"a\": " + LOAD)), List.of("host"));
        assertEquals(9, parse(text).channels().size());
    }
}
