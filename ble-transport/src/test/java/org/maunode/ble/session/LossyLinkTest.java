package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BLE-SES-1: bytes out are bytes in, in order, on both streams and in both directions, whatever the link does to frames. */
class LossyLinkTest {
    private static final int BOUND = 600_000;

    /** A call in each direction, each answered while it is asked: four flows at once. */
    static final class FourFlows {
        private final Pair pair;
        private final int length;
        private final List<Transfer> transfers = new ArrayList<>();
        private final Call[] calls = new Call[4];

        FourFlows(Pair pair, int length) {
            this.pair = pair;
            this.length = length;
        }

        void work() {
            for (Side side : Side.values()) {
                int at = 2 * side.bit();
                if (calls[at] == null) {
                    calls[at] = pair.of(side).call().orElse(null);
                    ask(at);
                }
                if (calls[at + 1] == null) {
                    calls[at + 1] = pair.of(side.other()).accept().orElse(null);
                    answer(at);
                }
            }
            transfers.forEach(Transfer::work);
        }

        /** The first byte of a call makes it known. */
        private void ask(int at) {
            Optional.ofNullable(calls[at]).ifPresent(call -> call.write(Transfer.bytes(1, at), 0, 1));
        }

        private void answer(int at) {
            if (calls[at + 1] != null) {
                calls[at + 1].read(new byte[1], 0, 1);
                transfers.add(new Transfer(calls[at], calls[at + 1], Transfer.bytes(length, at), 100));
                transfers.add(new Transfer(calls[at + 1], calls[at], Transfer.bytes(length, at + 1), 700));
            }
        }

        boolean isDone() {
            return transfers.size() == 4 && transfers.stream().allMatch(Transfer::isDone);
        }

        void check() {
            for (Transfer transfer : transfers) {
                assertArrayEquals(transfer.sent(), transfer.arrived());
            }
        }
    }

    static Stream<Arguments> links() {
        return Stream.of(
                        Faults.NONE,
                        Faults.losing(1),
                        Faults.losing(10),
                        Faults.losing(30),
                        Faults.losing(50),
                        Faults.reordering(),
                        new Faults(0, 30, 0, 0, 15, 0),
                        new Faults(0, 0, 0, 20, 15, 0),
                        new Faults(0, 0, 0, 0, 400, 0),
                        Faults.everything())
                .flatMap(faults -> IntStream.of(23, 185, 247, 517).boxed().flatMap(mtu -> Stream.of(1, 2, 3)
                        .map(seed -> Arguments.of(faults, mtu, seed))));
    }

    @ParameterizedTest
    @MethodSource("links")
    void deliversEveryByteOnceAndInOrder(Faults faults, int mtu, int seed) {
        Pair pair = Pair.atMtu(mtu, faults, seed);
        FourFlows flows = new FourFlows(pair, 12_000);
        pair.work(flows::work);
        pair.run(2 * BOUND, flows::isDone);
        flows.check();
    }

    /** BLE-SES-9. */
    @Test
    void deliversAtEveryMtu() {
        for (int mtu = Limits.SMALLEST_MTU; mtu <= Limits.LARGEST_MTU; mtu++) {
            Pair pair = Pair.atMtu(mtu, Faults.losing(5), mtu);
            FourFlows flows = new FourFlows(pair, 3_000);
            pair.work(flows::work);
            pair.run(BOUND, flows::isDone);
            flows.check();
            int longest = Math.min(mtu - Limits.ATT_HEADER, Limits.LARGEST_FRAME);
            assertTrue(pair.air().sent().stream().allMatch(sent -> sent.frame().length <= longest), "MTU " + mtu);
        }
    }

    /** Any two settings over any link; {@code -Dlinks=N} tries more. A failure names its seed. */
    @Test
    void deliversWithAnySettingsOverAnyLink() {
        for (int seed = 0; seed < Integer.getInteger("links", 300); seed++) {
            Random random = new Random(seed);
            Faults faults = new Faults(
                    random.nextInt(35),
                    random.nextInt(30),
                    random.nextInt(60),
                    random.nextInt(15),
                    1 + random.nextInt(200),
                    1 + random.nextInt(300));
            int mtu = random.nextInt(Limits.SMALLEST_MTU, Limits.LARGEST_MTU + 1);
            Pair pair = new Pair(anyOptions(mtu, random), anyOptions(mtu, random), faults, seed);
            FourFlows flows = new FourFlows(pair, 3_000);
            pair.work(flows::work);
            pair.run(BOUND, flows::isDone);
            flows.check();
        }
    }

    private static SessionOptions anyOptions(int mtu, Random random) {
        return new SessionOptions(
                mtu,
                random.nextInt(Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME + 1),
                random.nextInt(Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME + 1),
                random.nextInt(1, Limits.LARGEST_WINDOW + 1));
    }
}
