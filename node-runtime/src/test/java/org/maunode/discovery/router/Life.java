package org.maunode.discovery.router;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.maunode.discovery.router.RouterState.Mapped;

/** A node at a router, both in memory, from its start to its end. */
final class Life {
    static final int PORT = 6275;
    static final Duration HOUR = Duration.ofHours(1);
    static final MappingNonce NONCE = MappingNonce.of("secret".getBytes(StandardCharsets.UTF_8));

    final FakeWires wires = new FakeWires();
    final List<RouterState> told = new ArrayList<>();
    final RandomGenerator random = new Random(6886);

    /** Lives for so long, and gives back what it has. */
    void live(Duration time) {
        wires.stopAt(time);
        Keeper keeper = new Keeper(new MappingPlan(PORT, NONCE), wires, told::add, random);
        keeper.run();
        wires.farewell();
        keeper.giveBack();
    }

    /** The router speaks these and no others. */
    void speaks(MappingProtocol... protocols) {
        wires.router.speaks.clear();
        Collections.addAll(wires.router.speaks, protocols);
    }

    static Mapped mapped(int outside, MappingProtocol by) {
        return new Mapped(new InetSocketAddress(Ipv4.parse("11.22.33.1"), outside), by, HOUR);
    }

    static void assertBetween(long least, long most, long value) {
        assertTrue(least <= value && value <= most, value + " is not in " + least + ".." + most);
    }
}
