package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.identity.Fingerprint;

class NodeOptionsTest {
    private static final String FPR = "caeb72ddee0703e1b0d0334f88afa037955d532a";

    @Test
    void aNodeThatIsToldNothingHasSensibleOptions() {
        NodeOptions options = NodeOptions.parse(List.of());
        assertEquals(Path.of("mau-home").toAbsolutePath(), options.home());
        assertEquals(6275, options.port());
        assertEquals(Optional.empty(), options.bind());
        assertEquals(Optional.empty(), options.readers());
        assertEquals(NodeLog.Verbosity.INFO, options.verbosity());
    }

    @Test
    void readsBothSpellingsOfAnOption() {
        assertEquals(0, NodeOptions.parse(List.of("--port", "0")).port());
        assertEquals(65535, NodeOptions.parse(List.of("--port=65535")).port());
        assertEquals(
                Optional.of("family"),
                NodeOptions.parse(List.of("--for=family", "--no-discovery", "--log", "DEBUG"))
                        .readers());
    }

    @Test
    void takesTheAddressesOfSeveralPeers() {
        String other = FPR.replace('c', 'd');
        var peers = NodeOptions.parse(List.of("--peer", FPR + "@[::1]:7000", "--peer=" + other + "@shed"))
                .peers();
        assertEquals("::1", peers.get(Fingerprint.of(FPR)).getHostString());
        assertEquals(6275, peers.get(Fingerprint.of(other)).getPort());
    }

    @ParameterizedTest
    @CsvSource({
        "--port=65536, not a number between 0 and 65535",
        "--port=-1, not a number between 0 and 65535",
        "--port=x, not a number between 0 and 65535",
        "--port, needs a value",
        "--home=, needs a value",
        "--log=loud, 'not error, warn, info, debug or trace'",
        "--peer=abc@host, is not 40 hexadecimal digits",
        "--peer=" + FPR + ", not FINGERPRINT@HOST:PORT",
        "--peer=" + FPR + "@host:0, has no port",
        "--colour, unknown option --colour",
        "--no-discovery=1, unknown option --no-discovery",
        "serve, unknown option serve",
    })
    void saysWhichWordIsWrongAndWhy(String word, String why) {
        var refused = assertThrows(UsageException.class, () -> NodeOptions.parse(List.of(word)));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void refusesAnOptionGivenTwice() {
        assertThrows(UsageException.class, () -> NodeOptions.parse(List.of("--port", "1", "--port", "2")));
    }
}
