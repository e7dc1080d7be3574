package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real router: miniupnpd, in networks that this test makes. */
class MiniupnpdTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String PORT = "4444";
    private static final String HERE = "192.168.77.2:" + PORT;
    private static final String HOUR = "3600";
    private static final String SHORT = "10";

    private Home home;

    @BeforeEach
    void moveIn() throws IOException, InterruptedException {
        home = new Home();
        assumeTrue(home.whyNot().isEmpty(), home.whyNot());
        assertTrue(home.does("add_home"));
    }

    @AfterEach
    void moveOut() throws IOException {
        home.close();
    }

    @Test
    void pcpMapsAndCallersFromOutsideGetIn() throws Exception {
        start("enable_natpmp=yes", "enable_upnp=no");
        mapsAndGivesBack("PCP");
    }

    @Test
    void natPmpMapsAndCallersFromOutsideGetIn() throws Exception {
        start("enable_natpmp=yes", "enable_upnp=no");
        mapsAndGivesBack("NAT_PMP");
    }

    @Test
    void upnpMapsAndCallersFromOutsideGetIn() throws Exception {
        start("enable_natpmp=no", "enable_upnp=yes");
        mapsAndGivesBack("UPNP");
    }

    private void mapsAndGivesBack(String protocol) throws Exception {
        try (Talker node = home.node(PORT, HOUR, "PCP", "NAT_PMP", "UPNP")) {
            String line = node.await("mapped /11.22.33.1:4444 by ", SOON);
            System.err.println(protocol + ": " + line);
        }
    }

    private void start(String... lines) throws IOException, InterruptedException {
        assertTrue(home.does("start_miniupnpd " + String.join(" ", lines)));
    }
}
