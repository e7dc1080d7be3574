package org.maunode.ble.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.maunode.ble.session.Scripted.acks;
import static org.maunode.ble.session.Scripted.data;
import static org.maunode.ble.session.Scripted.write;
import static org.maunode.ble.session.Side.CENTRAL;
import static org.maunode.ble.session.Side.PERIPHERAL;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on its way, what is held, and who waits for whom. */
class FlowControlTest {
    private static final byte[] MEGABYTE = Transfer.bytes(1 << 20, 7);

    /** BLE-SES-28: 32 frames of 509 bytes, 63 of 244 or fewer, four fewer of one stream; 16 KiB at most. */
    @ParameterizedTest
    @CsvSource({"509, 32", "489, 33", "261, 62", "260, 63", "244, 63", "20, 63"})
    void keepsNoMoreOnItsWayThanTheLimit(int frame, int most) {
        Scripted central = Scripted.centralWithFramesOf(frame);
        central.say(data(PERIPHERAL, 0, "call"));
        central.said();
        List<Frame> alone = fill(central.session().call().orElseThrow(), central);
        assertEquals(most - 4, count(alone));
        List<Frame> other = fill(central.session().accept().orElseThrow(), central);
        assertEquals(most, count(alone) + count(other));
        int bytes = IntStream.concat(sizes(alone), sizes(other)).sum();
        assertTrue(bytes <= Limits.BYTES_IN_FLIGHT, bytes + " bytes on their way");
        central.say(acks(CENTRAL, 1, 63));
        assertEquals(1, count(central.said()));
    }

    private static List<Frame> fill(Call call, Scripted engine) {
        List<Frame> said = new ArrayList<>();
        while (call.write(MEGABYTE, 0, MEGABYTE.length) > 0) {
            said.addAll(engine.said());
        }
        return said;
    }

    private static int count(List<Frame> frames) {
        return (int) frames.stream().filter(frame -> frame instanceof Data).count();
    }

    private static IntStream sizes(List<Frame> frames) {
        return frames.stream().mapToInt(frame -> frame.length() + Check.LENGTH);
    }

    /** BLE-SES-20, 29: a reader that stops holds back the writer at the other end; nothing grows meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {23, 185, 247, 517})
    void holdsTheWriterBackWhileNobodyReads(int mtu) {
        Pair pair = Pair.atMtu(mtu, Faults.NONE, 3);
        pair.open(10_000);
        Call call = pair.central().call().orElseThrow();
        int[] written = {0};
        pair.work(() -> written[0] += call.write(MEGABYTE, written[0], MEGABYTE.length - written[0]));
        pair.run(30_000);
        int payload = Math.min(mtu - 3, Limits.LARGEST_FRAME) - Data.OVERHEAD;
        assertTrue(written[0] <= 32 * payload + Limits.UNSENT_BYTES, written[0] + " taken");
        int held = written[0];
        pair.run(120_000);
        assertEquals(held, written[0]);
        assertEquals(Session.State.OPEN, pair.central().state());
        Call answering = pair.peripheral().accept().orElseThrow();
        pair.work(() -> written[0] += call.write(MEGABYTE, written[0], MEGABYTE.length - written[0]));
        answering.read(new byte[100_000], 0, 100_000);
        pair.run(1_000);
        assertTrue(written[0] > held);
    }

    /** BLE-SES-2: a reader that never reads the one stream does not slow the other. */
    @Test
    void letsOneStreamPassWhileNobodyReadsTheOther() {
        Pair pair = Pair.open();
        Call stuck = pair.central().call().orElseThrow();
        Call flowing = pair.peripheral().call().orElseThrow();
        write(flowing, "x");
        pair.run(100);
        Transfer transfer = new Transfer(flowing, pair.central().accept().orElseThrow(), MEGABYTE, 1_000);
        pair.work(() -> {
            stuck.write(MEGABYTE, 0, MEGABYTE.length);
            transfer.work();
        });
        pair.run(20_000, transfer::isDone);
        assertEquals(MEGABYTE.length + 1, transfer.arrived().length);
    }

    /** BLE-SES-2: every frame of the one stream is lost, and the other goes on with the share that is kept for it. */
    @Test
    void letsOneStreamPassWhileTheOtherIsLost() {
        Pair pair = Pair.open();
        Call lost = pair.central().call().orElseThrow();
        Call flowing = pair.peripheral().call().orElseThrow();
        write(flowing, "x");
        pair.run(100);
        Call to = pair.central().accept().orElseThrow();
        to.read(new byte[1], 0, 1);
        byte[] answer = Transfer.bytes(50_000, 2);
        Transfer transfer = new Transfer(to, flowing, answer, 1_000);
        pair.air().lose(frame -> frame[0] < 0x60 && frame[0] >= 0x40);
        pair.work(() -> {
            lost.write(MEGABYTE, 0, MEGABYTE.length);
            transfer.work();
        });
        pair.run(6_000, transfer::isDone);
        assertArrayEquals(answer, transfer.arrived());
    }

    /** BLE-SES-21: a window of one frame is slow, and works. */
    @Test
    void worksWithTheSmallestWindowAndFrames() {
        SessionOptions smallest = new SessionOptions(23, 20, 20, 1);
        Pair pair = new Pair(smallest, smallest, Faults.losing(10), 5);
        pair.open(20_000);
        Call call = pair.central().call().orElseThrow();
        write(call, "x");
        pair.run(1_000);
        Transfer transfer = new Transfer(call, pair.peripheral().accept().orElseThrow(), Transfer.bytes(1_000, 1), 10);
        pair.work(transfer::work);
        pair.run(120_000, transfer::isDone);
        assertEquals(1_001, transfer.arrived().length);
    }

    /** BLE-SES-5: bytes counted on the link, one way, a megabyte without loss at MTU 247. */
    @Test
    void spendsAtMostFivePercentOnEverythingButPayload() {
        Pair pair = Pair.open();
        Call call = pair.central().call().orElseThrow();
        write(call, "x");
        pair.run(1_000);
        Call to = pair.peripheral().accept().orElseThrow();
        long before = pair.air().bytesTo(PERIPHERAL);
        long back = pair.air().bytesTo(CENTRAL);
        Transfer transfer = new Transfer(call, to, MEGABYTE, 1_000);
        pair.work(transfer::work);
        pair.run(60_000, transfer::isDone);
        long forth = pair.air().bytesTo(PERIPHERAL) - before;
        assertEquals(0.979, MEGABYTE.length / (double) forth, 0.001);
        long all = forth + pair.air().bytesTo(CENTRAL) - back;
        assertTrue(MEGABYTE.length >= 0.97 * all, all + " bytes on the link");
    }

    /** BLE-SES-5: a full frame of 244 bytes carries at least 232 of payload even with both acknowledgements aboard. */
    @Test
    void fillsEveryFullFrame() {
        Data full = new Data(CENTRAL, 0, false, List.of(), new byte[244 - Data.OVERHEAD - 2 * Ack.LENGTH]);
        Data laden = full.carrying(List.of(new Ack(CENTRAL, 0, 0), new Ack(PERIPHERAL, 0, 0)));
        assertEquals(244, laden.length() + Check.LENGTH);
        assertTrue(laden.payload().length >= 0.95 * 244);
    }
}
