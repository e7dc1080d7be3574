package org.maunode.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
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
