package org.maunode.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
    /** KW-11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.77.0.2:9999",
                "255.255.255.255:65535",
                "[2001:db8::7]:1",
                "[::ffff:10.0.0.1]:80",
                "example.org:6275",
                "x:1",
                "_a.b-c.d0:80",
            })
    void takesFromStrangersWhatItWouldWriteItself(String text) {
        assertEquals(text, HostAndPort.format(HostAndPort.told(text).orElseThrow()));
    }

    /** KW-11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "host",
                "10.0.0.1",
                "10.0.0.1:0",
                "10.0.0.1:080",
                "10.0.0.1:+80",
                "10.0.0.1:65536",
                "10.0.0.1:99999999999",
                "10.0.0.1:80 ",
                "10.0.0.1:8\n0",
                "010.0.0.1:80",
                "256.0.0.1:80",
                "127.1:80",
                "2130706433:80",
                "a.1:80",
                "::1:80",
                "[fe80::1%eth0]:80",
                "[10.0.0.1]:80",
                "[::1]",
                "[]:80",
                "a b:80",
                "a/b:80",
                "a..b:80",
                "-a:80",
                "user@host:80",
                "h\u00f6st:80",
                "caeb72ddee0703e1b0d0334f88afa037955d532a",
            })
    void takesNothingElseFromStrangers(String text) {
        assertEquals(Optional.empty(), HostAndPort.told(text));
    }

    @Test
    void takesFromStrangersNoLongerAddressThanAName() {
        String longest = "a".repeat(HostAndPort.MAX_TOLD - 3) + ":80";
        assertTrue(HostAndPort.told(longest).isPresent());
        assertEquals(Optional.empty(), HostAndPort.told("a" + longest));
    }

    @ParameterizedTest
    @CsvSource({
        "greenhouse.local:7000, greenhouse.local, 7000",
        "greenhouse.local, greenhouse.local, 6275",
        "10.0.0.7:1, 10.0.0.7, 1",
        "[fe80::1]:65535, fe80::1, 65535",
        "[::1], ::1, 6275",
        "::1, ::1, 6275",
    })
    void readsWhatPeopleWrite(String text, String host, int port) {
        var address = HostAndPort.parse(text);
        assertEquals(host, address.getHostString());
        assertEquals(port, address.getPort());
        assertTrue(address.isUnresolved(), "reading a name must not ask the network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "host:",
                "host:0",
                "host:65536",
                "host:-1",
                "host:x",
                "[::1",
                "::1]:5",
                "[]:5",
                "a[b]:5"
            })
    void saysWhatIsWrong(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> HostAndPort.parse(text));
        assertTrue(refused.getMessage().contains('"' + text + '"'), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:7000", "[::1]:6275"})
    void writesWhatItReads(String text) {
        assertEquals(text, HostAndPort.format(HostAndPort.parse(text)));
    }

    @Test
    void aPortLeftOutIsTheNodesOwn() {
        assertEquals("host:6275", HostAndPort.format(HostAndPort.parse("host")));
    }
}
