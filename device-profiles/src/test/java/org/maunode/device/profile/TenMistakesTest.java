package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** PR-2 on a file as somebody might hand it in. */
final class TenMistakesTest {
    private static final Path FILE = Path.of("src/test/resources/org/maunode/device/profiles/ten-mistakes.json");

    @Test
    void areTenMessagesEachWithFileLineAndColumn() {
        String told =
                """
                FILE:5:15: there is no profile "hots" to include; did you mean "host"?; or put NAME.json beside this file
                FILE:9:17: unknown driver "bme820"; did you mean "bme280"?
                FILE:19:7: the unit of what is measured here is not "CEL" (°C); write "LUX" (lx)
                FILE:20:20: "precision" may not be 1e400; write a number from 0.000001 to 1000000000000000
                FILE:22:7: key "deadBand" stands here a second time; the first is in line 21: remove or rename one
                FILE:29:22: "controllers" may not be "../gardeners"; write the name of a group: printable, no slash, \
                no dot first, at most 255 bytes
                FILE:30:19: "failSafe" is text; write true or false, without quotes
                FILE:34:7: unknown key "titel"; did you mean "title"?
                FILE:36:7: line 17 of gpiochip0 is already used by channel "pump"; wire one of them elsewhere
                FILE:53:24: "periodSeconds" may not be 86401; write a number from 1 to 86400""";
        ProfileException refusal = assertThrows(ProfileException.class, () -> Profiles.load(FILE));
        assertEquals(10, refusal.problems().size());
        assertEquals(told.replace("FILE", FILE.toString()), refusal.getMessage());
    }
}
