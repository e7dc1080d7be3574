package org.maunode.device.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maunode.device.profile.Setting;
import org.maunode.device.vocabulary.Command;
import org.maunode.store.PowerCut;

/**
 * The power fails before and after each step of carrying out a command: each write of journal, state and result, and the
 * move of the actuator; then the node starts again.
 */
class OnceTest {
    private static final int MOST_STEPS = 120;

    @TempDir
    private Path root;

    /** CM-14 and CM-15. */
    @Test
    void aCommandIsCarriedOutAtMostOnceAndAnsweredWhereverThePowerFails() {
        try (Greenhouse house = new Greenhouse(root)) {
            house.clerk.begin();
            for (boolean done : List.of(false, true)) {
                int k = 1;
                while (isCutShort(house, k, done)) {
                    k++;
                }
                assertTrue(k > 15 && k < MOST_STEPS, "steps: " + k);
            }
        }
    }

    private boolean isCutShort(Greenhouse house, int k, boolean done) {
        house.restart();
        long before = house.pump.times("on");
        long sequence = sequence(house);
        Command command = house.on("pump");
        house.send(command);
        boolean lost = cut(house, PowerCut.at(k, done));
        long moved = house.pump.times("on") - before;
        house.restart();
        house.look();
        String code = house.code(command);
        assertTrue(Set.of("applied", "fault").contains(code), k + ": " + code);
        assertTrue(house.pump.times("on") - before <= 1, k + " " + done + ": carried out twice");
        assertTrue(!code.equals("applied") || house.pump.times("on") - before == 1, k + ": said, and not done");
        assertTrue(moved == 0 || !house.pump.last().equals("on") || !lost, k + ": left on");
        assertTrue(sequence(house) >= sequence, "the sequence went back");
        assertEquals(house.pump.last().equals("on"), house.state("pump").getBoolean("value", false), k + " " + done);
        return lost;
    }

    private static long sequence(Greenhouse house) {
        return house.own("pump.json").isPresent() ? house.state("pump").getLong("mau:sequence", 0) : 0;
    }

    private static boolean cut(Greenhouse house, PowerCut luck) {
        return PowerCut.cutShort(() -> {
            house.restart(luck);
            house.clerk.begin();
            house.look();
        });
    }

    /** CM-15: what was decided is said as it was decided. */
    @Test
    void aRefusalThatWasDecidedIsSaidAfterTheRestart() {
        try (Greenhouse house = new Greenhouse(root)) {
            house.clerk.begin();
            boolean cutShort = true;
            for (int k = 1; cutShort; k++) {
                house.restart();
                Command command = house.on("cellar");
                house.send(command);
                cutShort = cut(house, PowerCut.at(k, k % 2 == 0));
                house.restart();
                house.look();
                assertEquals("unknown-channel", house.code(command), "step " + k);
                house.counter--;
                Command again = house.on("pump");
                assertEquals("replayed", house.obeys(again), "its counter is spent, step " + k);
                house.passes(Duration.ofMinutes(3));
            }
            assertEquals(0, house.pump.times("on"));
        }
    }

    /** CM-15: cuts upon cuts, also while what the last one left open is answered. */
    @Test
    void manyCommandsAndManyCuts() {
        Random random = new Random(20261123);
        try (Greenhouse house = new Greenhouse(root)) {
            house.clerk.begin();
            List<Command> sent = new ArrayList<>();
            for (int round = 0; round < 40; round++) {
                house.restart();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    Command command = random.nextInt(3) > 0 ? house.on("pump") : house.off("pump");
                    house.send(command);
                    sent.add(command);
                }
                for (int cuts = random.nextInt(3); cuts >= 0; cuts--) {
                    cut(house, PowerCut.at(1 + random.nextInt(70), random.nextBoolean()));
                }
                house.passes(Duration.ofSeconds(10));
            }
            house.restart();
            house.look();
            for (Command command : sent) {
                assertTrue(Set.of("applied", "unchanged", "fault").contains(house.code(command)), house.code(command));
            }
            long wanted = sent.stream().filter(OnceTest::isOn).count();
            assertTrue(house.pump.times("on") <= wanted, house.pump.times("on") + " of " + wanted);
        }
    }

    private static boolean isOn(Command command) {
        return command.setting().equals(Setting.ON);
    }
}
