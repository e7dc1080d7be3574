package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RT-3, RT-10, RT-11, RT-20, RT-23, RT-24, RT-26 at a real router: miniupnpd, in networks that this test makes. */
class MiniupnpdTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HOUR = "3600";
    /** The shortest lease that is taken. */
    private static final String SHORT = "8";

    private static final String OUTSIDE = "/11.22.33.1";

    private Home home;

    @BeforeEach
    void moveIn() throws IOException, InterruptedException {
        home = new Home();
        assumeTrue(home.whyNot().isEmpty(), home.whyNot());
    }

    @AfterEach
    void moveOut() throws IOException {
        home.close();
    }

    @Test
    void eachProtocolLetsCallersInAndGivesThePortBackAtSigterm() throws Exception {
        router("enable_natpmp=yes", "enable_upnp=yes");
        mapsAndGivesBack("4441", "PCP");
        mapsAndGivesBack("4442", "NAT_PMP");
        mapsAndGivesBack("4443", "UPNP");
    }

    private void mapsAndGivesBack(String port, String protocol) throws Exception {
        try (Talker node = home.node(port, HOUR, protocol)) {
            node.await("mapped " + OUTSIDE + ":" + port + " by " + MappingProtocol.valueOf(protocol), SOON);
            assertEquals(port + " 192.168.77.2:" + port, home.says("mappings"));
            String greeting = "in_network outside bash -c 'head -n 1 <>/dev/tcp/11.22.33.1/" + port + "'";
            assertEquals(MapPort.GREETING, home.says(greeting));
            node.terminate();
            node.await("closed", SOON);
            assertEquals("", home.says("mappings"));
        }
    }

    @Test
    void ofARouterThatSpeaksAllPcpIsAsked() throws Exception {
        router("enable_natpmp=yes", "enable_upnp=yes");
        try (Talker node = home.node("4444", HOUR, "PCP", "NAT_PMP", "UPNP")) {
            node.await("mapped " + OUTSIDE + ":4444 by PCP", SOON);
        }
    }

    @Test
    void ofARouterWithUpnpAloneUpnpIsAsked() throws Exception {
        router("enable_natpmp=no", "enable_upnp=yes");
        try (Talker node = home.node("4444", HOUR, "PCP", "NAT_PMP", "UPNP")) {
            node.await("mapped " + OUTSIDE + ":4444 by UPnP", SOON);
        }
    }

    @Test
    void leasesAreRenewedByEachProtocol() throws Exception {
        router("enable_natpmp=yes", "enable_upnp=yes");
        try (Talker pcp = home.node("4441", SHORT, "PCP");
                Talker natPmp = home.node("4442", SHORT, "NAT_PMP");
                Talker upnp = home.node("4443", SHORT, "UPNP")) {
            pcp.await("mapped", SOON);
            natPmp.await("mapped", SOON);
            upnp.await("mapped", SOON);
            routerLogs(3, "PCP MAP: added mapping TCP 4441");
            routerLogs(3, "NAT-PMP port mapping request : 4442");
            routerLogs(3, "AddPortMapping: ext port 4443");
            // A router that renews a mapping makes it anew; what it logs is that it was asked.
            assertTrue(home.does("await 2 is_mapped 4441 && await 2 is_mapped 4442 && await 2 is_mapped 4443"));
        }
    }

    @Test
    void aPortOfAnotherMachineIsLeftToIt() throws Exception {
        router("enable_natpmp=yes", "enable_upnp=yes");
        try (Talker neighbour = home.node("4444", HOUR, "PCP")) {
            neighbour.await("mapped " + OUTSIDE + ":4444", SOON);
            assertTrue(home.does("in_network client ip addr add 192.168.77.3/24 dev to-router"));
            assertTrue(home.does("in_network client ip route change 192.168.77.0/24 dev to-router src 192.168.77.3"));
            try (Talker upnp = home.node("4444", HOUR, "UPNP")) {
                upnp.await("mapped " + OUTSIDE + ":4445 by UPnP", SOON);
                assertEquals("4444 192.168.77.2:4444 4445 192.168.77.3:4444", home.says("mappings | sort | xargs"));
            }
            try (Talker pcp = home.node("4444", HOUR, "PCP")) {
                String line = pcp.await("mapped", SOON);
                assertFalse(line.contains(":4444 "), line);
                assertTrue(home.does("is_mapped 4444"));
            }
        }
    }

    @Test
    void mappingsReappearAfterTheRouterStartedAnew() throws Exception {
        router("enable_natpmp=yes", "enable_upnp=yes");
        try (Talker pcp = home.node("4441", HOUR, "PCP");
                Talker natPmp = home.node("4442", HOUR, "NAT_PMP");
                Talker upnp = home.node("4443", SHORT, "UPNP")) {
            pcp.await("mapped", SOON);
            natPmp.await("mapped", SOON);
            upnp.await("mapped", SOON);
            // A router that has been up for less than the tolerance of its epoch cannot be told from one that just
            // started.
            routerLogs(2, "AddPortMapping: ext port 4443");
            assertTrue(home.does("start_miniupnpd enable_natpmp=yes enable_upnp=yes http_port=5001"));
            assertTrue(home.does("await 20 is_mapped 4441 && await 20 is_mapped 4442 && await 20 is_mapped 4443"));
        }
    }

    @Test
    void withoutARouterThatMapsThereIsNoneUntilTheNetworkIsAnother() throws Exception {
        assertTrue(home.does("add_home"));
        try (Talker node = home.node("4444", HOUR, "PCP", "NAT_PMP", "UPNP")) {
            node.await("none", SOON);
            assertTrue(home.does("start_miniupnpd enable_natpmp=yes enable_upnp=no"));
            node.tell("changed");
            node.await("mapped " + OUTSIDE + ":4444 by PCP", SOON);
        }
    }

    @Test
    void anotherRouterBeforeTheRouterIsSaid() throws Exception {
        String address = "outer_address=10.11.12.1 outside_address=10.11.12.9";
        String option = "ext_allow_private_ipv4=yes";
        boolean isAllowed = home.does(address + "; add_home && start_miniupnpd enable_natpmp=yes " + option);
        assumeTrue(isAllowed, "this miniupnpd does not know " + option);
        for (String protocol : new String[] {"PCP", "NAT_PMP", "UPNP"}) {
            try (Talker node = home.node("4444", HOUR, protocol)) {
                node.await("double nat /10.11.12.1:4444 by " + MappingProtocol.valueOf(protocol), SOON);
            }
        }
    }

    @Test
    void aRouterWithoutAnAddressOutsideRefuses() throws Exception {
        String address = "outer_address=10.11.12.1 outside_address=10.11.12.9";
        assertTrue(home.does(address + "; add_home && start_miniupnpd enable_natpmp=yes"));
        for (String protocol : new String[] {"PCP", "NAT_PMP", "UPNP"}) {
            try (Talker node = home.node("4444", HOUR, protocol)) {
                node.await("refused " + MappingProtocol.valueOf(protocol), SOON);
            }
        }
    }

    /** Waits until the router has logged this so often. */
    private void routerLogs(int times, String text) throws IOException, InterruptedException {
        String follow =
                "grep -m " + times + " -c '" + text + "' < <(timeout 20 tail -n +1 -f $miniupnpd_log 2>/dev/null)";
        assertEquals(Integer.toString(times), home.says(follow));
    }

    private void router(String... lines) throws IOException, InterruptedException {
        assertTrue(home.does("add_home && start_miniupnpd " + String.join(" ", lines)));
    }
}
