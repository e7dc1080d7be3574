package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.discovery.router.RouterException.Reason;

/** RT-33. */
class LocationTest {
    private static final Location ROOT = Location.parse("http://192.168.1.1:5000/dev/root.xml");

    @Test
    void addressesOfRoutersAreRead() {
        assertEquals(new Location(Ipv4.parse("192.168.1.1"), 5000, "/dev/root.xml"), ROOT);
        assertEquals(
                new Location(Ipv4.parse("192.168.1.1"), 80, "/igd.xml?a=b&c=%20"),
                Location.parse("HTTP://192.168.1.1/igd.xml?a=b&c=%20"));
        assertEquals("/", Location.parse("http://192.168.1.1:65535").path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/rootDesc.xml",
                "https://192.168.1.1/",
                "ftp://192.168.1.1/",
                "http://router/",
                "http://192.168.1.1.example.org/",
                "http://192.168.1.1@11.22.33.44/",
                "http://user@192.168.1.1/",
                "http://192.168.1.1:0/",
                "http://192.168.1.1:65536/",
                "http://192.168.1.1:/",
                "http://192.168.1.256/",
                "http://192.168.1/",
                "http://192.168.01.1/",
                "http://0300.0250.1.1/",
                "http://3232235777/",
                "http://[fe80::1]/",
                "http://192.168.1.1/a b",
                "http://192.168.1.1/a\r\nHost: x",
                "http://192.168.1.1/#here",
                "http://192.168.1.1\\@x/",
                "http://192.168.1.1/\u00e9",
                "http://192.168.1.1?x",
                " http://192.168.1.1/"
            })
    void everythingElseIsRefused(String text) {
        Failing.with(Reason.MALFORMED, () -> Location.parse(text));
    }

    @Test
    void anAddressHas512Characters() {
        String root = "http://192.168.1.1/";
        assertEquals(
                512 - root.length() + 1,
                Location.parse(root + "a".repeat(512 - root.length())).path().length());
        Failing.with(Reason.OVER_LIMIT, () -> Location.parse(root + "a".repeat(513 - root.length())));
        Failing.with(Reason.OVER_LIMIT, () -> ROOT.resolve("/" + "a".repeat(512)));
    }

    @Test
    void referencesLeadToTheSameHostAndPort() {
        assertEquals("/ctl", ROOT.resolve("/ctl").path());
        assertEquals("/dev/ctl", ROOT.resolve("ctl").path());
        assertEquals("/x", ROOT.resolve("http://192.168.1.1:5000/x").path());
        assertEquals(ROOT.address(), ROOT.resolve("../ctl").address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.168.1.1:5001/x",
                "http://192.168.1.2:5000/x",
                "http://192.168.1.1/x",
                "https://192.168.1.1:5000/x",
                "http://11.22.33.44:5000/x",
                "gopher://192.168.1.1:5000/x",
                "//11.22.33.44/x",
                "",
                "x y",
                "/x\r\ny",
                "/x#y"
            })
    void othersAreRefused(String reference) {
        Failing.with(Reason.MALFORMED, () -> ROOT.resolve(reference));
    }
}
