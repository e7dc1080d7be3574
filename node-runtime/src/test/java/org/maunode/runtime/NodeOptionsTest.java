package org.maunode.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maunode.device.WritePolicy;
import org.maunode.device.profile.ProfileException;
import org.maunode.identity.Contact;
import org.maunode.identity.Fingerprint;
import org.maunode.identity.HostAndPort;
import org.maunode.runtime.NetworkOptions.Way;

class NodeOptionsTest {
    private static final String FPR = "caeb72ddee0703e1b0d0334f88afa037955d532a";

    @Test
    void aNodeThatIsToldNothingHasSensibleOptions() {
        NodeOptions options = NodeOptions.parse(List.of());
        assertEquals(Path.of("mau-home").toAbsolutePath(), options.home());
        assertEquals(new InetSocketAddress(6275), options.network().bind());
        assertEquals(EnumSet.allOf(Way.class), options.network().ways());
        assertEquals(Optional.empty(), options.readers());
        assertEquals(NodeLog.Verbosity.INFO, options.verbosity());
    }

    @Test
    void readsAProfileAndWhetherItsBoardIsReal() {
        DeviceOptions plain = NodeOptions.parse(List.of()).devices();
        assertEquals("host", plain.profile().name());
        assertEquals(DeviceOptions.Board.REAL, plain.board());
        DeviceOptions greenhouse = NodeOptions.parse(List.of("--profile", "greenhouse", "--simulate"))
                .devices();
        assertEquals(2, greenhouse.profile().actuators().size());
        assertEquals(DeviceOptions.Board.SIMULATED, greenhouse.board());
        assertThrows(ProfileException.class, () -> NodeOptions.parse(List.of("--profile=grenhouse")));
    }

    @Test
    void readingsAreWrittenAsOftenAsIsSaidAndNoLessOftenThanTheStoreHas() {
        assertEquals(WritePolicy.DEFAULT, NodeOptions.parse(List.of()).devices().writing());
        assertEquals(
                Duration.ofSeconds(240),
                NodeOptions.parse(List.of("--write-every", "240"))
                        .devices()
                        .writing()
                        .every());
        for (String wrong : List.of("241", "-1", "1m", "")) {
            assertThrows(UsageException.class, () -> NodeOptions.parse(List.of("--write-every", wrong)), wrong);
        }
    }

    @Test
    void readsBothSpellingsOfAnOption() {
        assertEquals(
                0, NodeOptions.parse(List.of("--port", "0")).network().bind().getPort());
        assertEquals(
                65535,
                NodeOptions.parse(List.of("--port=65535")).network().bind().getPort());
        assertEquals(
                Optional.of("family"),
                NodeOptions.parse(List.of("--for=family", "--no-discovery", "--log", "DEBUG"))
                        .readers());
    }

    @Test
    void takesTheAddressesOfSeveralPeers() {
        String other = FPR.replace('c', 'd');
        var peers = NodeOptions.parse(List.of("--peer", FPR + "@[::1]:7000", "--peer=" + other + "@shed"))
                .network()
                .given();
        assertEquals("::1", peers.get(Fingerprint.of(FPR)).getHostString());
        assertEquals(6275, peers.get(Fingerprint.of(other)).getPort());
    }

    @Test
    void leavesOutWhatItIsToldToLeaveOut() {
        assertEquals(
                Set.of(Way.LOCAL_NETWORK, Way.OVERLAY),
                NodeOptions.parse(List.of("--no-upnp")).network().ways());
        assertEquals(
                Set.of(),
                NodeOptions.parse(List.of("--no-discovery", "--no-upnp"))
                        .network()
                        .ways());
    }

    @Test
    void takesWaysIntoTheNetworkAndItsOwnAddressOutside() {
        NetworkOptions network = NodeOptions.parse(List.of(
                        "--bootstrap",
                        FPR + "@one.example:1",
                        "--bootstrap=" + FPR + "@[::1]",
                        "--announce=me.example:443"))
                .network();
        assertEquals(
                List.of(FPR + "@one.example:1", FPR + "@[::1]:6275"),
                network.bootstrap().stream().map(Contact::toString).toList());
        assertEquals("me.example:443", HostAndPort.format(network.announced().orElseThrow()));
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
        "--bootstrap=" + FPR + ", not FINGERPRINT@HOST:PORT",
        "--announce=host:x, has no port",
        "--bind=no.such.host.invalid, no address of this machine",
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
