package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** PR-26: what comes with the module. */
final class ReadyProfilesTest {
    private static final List<String> NAMES = Profiles.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void isSoundAndCarriesItsOwnName(String name) {
        Profile profile = Profiles.ready(name);
        assertEquals(name, profile.name());
        assertEquals(profile, Profiles.named(name));
        assertTrue(profile.channels().stream()
                .noneMatch(channel -> channel.summary().isBlank()));
    }

    @Test
    void theGreenhouseIsMeasuredWateredAndAired() {
        Profile greenhouse = Profiles.ready("greenhouse");
        assertEquals(12, greenhouse.sensors().size());
        assertEquals(
                List.of("pump", "fan"),
                greenhouse.actuators().stream()
                        .map(channel -> channel.name().value())
                        .toList());
        assertTrue(greenhouse.actuators().stream()
                .allMatch(channel -> channel.safety().failSafe().equals(Setting.OFF)));
    }

    @Test
    void anUnknownNameIsToldWithTheNearest() {
        ProfileException refusal = assertThrows(ProfileException.class, () -> Profiles.named("greenhose"));
        assertEquals(ProfileException.Reason.UNREADABLE, refusal.reason());
        assertEquals(
                "greenhose:1:1: there is no ready profile \"greenhose\"; did you mean \"greenhouse\"?",
                refusal.getMessage());
    }

    @Test
    void aPathIsAFilesAndNeverAReadyOnes() {
        assertTrue(assertThrows(ProfileException.class, () -> Profiles.named("./host"))
                .getMessage()
                .contains("there is no such file"));
        assertTrue(assertThrows(ProfileException.class, () -> Profiles.named("host.json"))
                .getMessage()
                .contains("there is no such file"));
        assertEquals(
                "host",
                Profiles.named(Path.of("src/main/resources/org/maunode/device/profile/host.json")
                                .toString())
                        .name());
    }
}
