package org.maunode.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is allowed to a slow wire, and what one side gives fits what the other takes (CA-5, CA-13). */
class PatienceTest {
    @Test
    void aCallOverASlowWireHasMoreTimeAndTakesLessAhead() {
        DialerOptions patient = DialerOptions.DEFAULT.patient();
        assertEquals(Duration.ofSeconds(60), patient.connect());
        assertEquals(Duration.ofSeconds(120), patient.idle());
        assertEquals(48 * 1024, patient.window());
        assertEquals(4, patient.calls());
        assertEquals(DialerOptions.DEFAULT.maxListing(), patient.maxListing());
    }

    @Test
    void patienceTakesNothingAway() {
        DialerOptions generous =
                new DialerOptions(Duration.ofHours(1), Duration.ofHours(2), 1000, 2000, Tls.PROTOCOLS).patient();
        assertEquals(Duration.ofHours(1), generous.connect());
        assertEquals(Duration.ofHours(2), generous.idle());
        assertEquals(2000, generous.window());
    }

    @Test
    void callsAndWaitsFitWhatAServerLetsInAtOnce() {
        int most = Limits.CABLE.counts().streams();
        assertEquals(most, DialerOptions.DEFAULT.patient().calls() + ClientConnection.WAITS);
        assertTrue(Limits.CABLE.waiters().perConnection() >= ClientConnection.WAITS);
        assertTrue(Limits.CABLE.waiters().perConnection() < most);
        assertTrue(DialerOptions.DEFAULT.calls() + ClientConnection.WAITS
                < Limits.DEFAULT.counts().streams());
    }

    @Test
    void theCableAllowsNothingThatTheServerDoesNot() {
        Limits.Counts cable = Limits.CABLE.counts();
        Limits.Counts network = Limits.DEFAULT.counts();
        assertTrue(cable.connections() < network.connections() && cable.perOrigin() < network.perOrigin());
        assertTrue(cable.handshakes() < network.handshakes() && cable.streams() < network.streams());
        assertTrue(Limits.CABLE.sizes().chunk() < Limits.DEFAULT.sizes().chunk());
        assertEquals(Inlet.WINDOW, Limits.CABLE.sizes().window());
        assertEquals(Limits.DEFAULT.pushes().bytes(), Limits.CABLE.pushes().bytes());
    }
}
