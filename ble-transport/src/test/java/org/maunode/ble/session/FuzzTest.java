package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.maunode.ble.session.SessionException.Reason;

/**
 * Real traffic, mutated and sealed again, so that it gets past the check and into the engine. An engine may refuse a frame with a
 * reason or go on; nothing else may happen. {@code -Dfuzz.rounds=N} runs longer; a failure names its seed.
 */
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 4_000);
    private static final int FRAMES_A_ROUND = 30;
    private static final int MOST_ANSWERS = 40;

    @Test
    void refusesOrGoesOnWhateverItHears() {
        List<byte[]> bodies = recorded();
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        for (int seed = 0; seed < ROUNDS; seed++) {
            Optional<Reason> reason = round(seed, bodies);
            reason.ifPresent(why -> reasons.merge(why, 1, Integer::sum));
        }
        List<Reason> reached = List.of(
                Reason.MALFORMED,
                Reason.ACK_OF_UNSENT,
                Reason.CREDIT_OVERFLOW,
                Reason.BEYOND_CREDIT,
                Reason.CONFLICTING_REPEAT,
                Reason.UNCALLED,
                Reason.AFTER_END);
        assertTrue(reasons.keySet().containsAll(reached), () -> "past the first check: " + reasons);
    }

    private static Optional<Reason> round(int seed, List<byte[]> bodies) {
        Random random = new Random(seed);
        Scripted engine = random.nextBoolean() ? Scripted.peripheral() : Scripted.central();
        Check check = Scripted.check(random.nextBoolean() ? Side.CENTRAL : Side.PERIPHERAL);
        int at = random.nextInt(bodies.size());
        try {
            for (int i = 0; i < FRAMES_A_ROUND; i++) {
                byte[] body = bodies.get((at + i) % bodies.size());
                byte[] heard = random.nextInt(3) == 0 ? mutated(body, random) : body;
                engine.receive((Frame.isGreeting(heard[0]) ? Check.GREETING : check).seal(heard));
                work(engine, random);
            }
            return Optional.empty();
        } catch (SessionException refused) {
            assertEquals(Session.State.CLOSED, engine.session().state(), "seed " + seed);
            assertTrue(engine.said().size() <= 1, "seed " + seed);
            return Optional.of(refused.reason());
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed, failure);
        }
    }

    private static void work(Scripted engine, Random random) {
        engine.pass(random.nextInt(60));
        assertTrue(engine.said().size() <= MOST_ANSWERS);
        assertTrue(engine.session().deadline().orElse(Long.MAX_VALUE) > engine.now());
        Stream.of(engine.session().accept(), engine.session().call())
                .flatMap(Optional::stream)
                .forEach(call -> use(call, random));
    }

    private static void use(Call call, Random random) {
        call.write(new byte[300], 0, random.nextInt(300));
        if (random.nextBoolean()) {
            call.finish();
        }
        if (call.readable() > 0) {
            call.read(new byte[300], 0, 300);
        }
    }

    private static byte[] mutated(byte[] body, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(body, Math.max(1, body.length + random.nextInt(-3, 4)));
            case 1 -> last(body);
            case 2 -> generous(body);
            default -> scattered(body.clone(), random);
        };
    }

    /** Ends a call, or opens it again. */
    private static byte[] last(byte[] body) {
        byte[] changed = body.clone();
        changed[0] ^= (byte) ((body[0] & Frame.DATA) >> 2);
        return changed;
    }

    /** Gives all the credit that fits the field. */
    private static byte[] generous(byte[] body) {
        byte[] changed = body.clone();
        int at = (body[0] & Frame.DATA) == 0 ? 2 : 3;
        if (at < changed.length) {
            changed[at] |= 0x3F;
        }
        return changed;
    }

    /** Changes up to three bytes, most of them in the header. */
    private static byte[] scattered(byte[] changed, Random random) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = Math.min(random.nextInt(changed.length), random.nextInt(8) % changed.length);
            changed[at] = (byte) (random.nextBoolean() ? changed[at] ^ 1 << random.nextInt(8) : random.nextInt());
        }
        return changed;
    }

    /** Everything that two engines say to each other over a bad link, without checks. */
    private static List<byte[]> recorded() {
        Pair pair = Pair.atMtu(60, Faults.everything(), 11);
        LossyLinkTest.FourFlows flows = new LossyLinkTest.FourFlows(pair, 2_000);
        pair.work(flows::work);
        pair.run(60_000, flows::isDone);
        return pair.air().sent().stream()
                .map(sent -> Arrays.copyOf(sent.frame(), sent.frame().length - Check.LENGTH))
                .toList();
    }

    /** BLE-SES-6: strict on input, exact on output. */
    @Test
    void writesWhatItReadsByteForByte() {
        Random random = new Random(2);
        List<byte[]> bodies = recorded();
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            byte[] body = mutated(bodies.get(random.nextInt(bodies.size())), random);
            try {
                assertArrayEquals(body, Frame.parse(ByteBuffer.wrap(body)).body());
                read++;
            } catch (SessionException refused) {
                assertTrue(List.of(Reason.MALFORMED, Reason.HELLO_INVALID).contains(refused.reason()));
            }
        }
        assertTrue(read > 100_000, read + " were read");
    }
}
