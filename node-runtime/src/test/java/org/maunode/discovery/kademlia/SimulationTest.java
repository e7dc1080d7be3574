package org.maunode.discovery.kademlia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The small sister of docs/kademlia-simulation.md. KD-42, KD-64. */
class SimulationTest {
    private static final PrintStream NOWHERE =
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    @Test
    void liveNodesAreFoundThoughAFifthLiesAndCallsGetLostAndNodesComeAndGo() {
        Measures measures = new SimulatedWorld(new Scenario(300, 20, 5, 120, 15, 500, 3, 42)).run();
        assertTrue(measures.lookups() > 450, measures.lookups() + " lookups");
        assertTrue(measures.success() > 0.99, "found " + measures.success());
        assertEquals(0, measures.impostors());
        assertTrue(measures.meanHops() < 3, "hops " + measures.meanHops());
        assertTrue(measures.meanMessages() < 20, "messages " + measures.meanMessages());
        Measures.Quality end = measures.qualities().getLast();
        assertTrue(end.live() > 0.8, "live " + end.live());
        assertTrue(end.liars() < 0.2, "liars " + end.liars());
        assertTrue(end.complete() > 0.85, "complete " + end.complete());
    }

    @Test
    void theSameSeedGivesTheSameReport() {
        String report = report("7");
        assertTrue(report.contains("| 60 | 20 % | 3 | 7 |"), report);
        assertEquals(report, report("7"));
        assertNotEquals(report, report("8"));
    }

    private static String report(String seed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arguments = {"--nodes", "60", "--lookups", "50", "--minutes", "15", "--seed", seed};
        Simulation.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8), NOWHERE);
        return out.toString(StandardCharsets.UTF_8);
    }
}
