package org.maunode.ble.line;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maunode.ble.air.Faults;

/** Bytes between programs at both ends of a line, over a radio that is unkind. */
class ExchangeTest {
    private static final int MEGABYTE = 1_000_000;
    private static final int FRAMES_OF_EXCHANGE = 200;

    /** BLE-SES-9, BLE-GATT-35: the radio in memory cuts longer notifications, as BlueZ does. */
    @ParameterizedTest
    @ValueSource(ints = {23, 185, 247, 517})
    void bytesComeBackAtEveryMtu(int mtu) throws Exception {
        exchange(mtu, Faults.NONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 185, 247, 517})
    void bytesComeBackWhateverTheAirDoes(int mtu) throws Exception {
        exchange(mtu, Faults.NONE.lost(5).twice(5).late(20).cut(3).garbage(10));
    }

    private static void exchange(int mtu, Faults faults) throws Exception {
        try (Neighbours neighbours = new Neighbours(mtu, Servant.echo())) {
            neighbours.air.mtu(mtu);
            neighbours.air.faults(faults);
            byte[] bytes = Ends.bytes(mtu * FRAMES_OF_EXCHANGE, mtu);
            Line line = neighbours.reach(Servant.nobody());
            assertArrayEquals(bytes, echoed(Neighbours.call(line), bytes));
            Line.Traffic traffic = line.traffic();
            assertEquals(bytes.length, traffic.bytesIn());
            assertEquals(bytes.length, traffic.bytesOut());
        }
    }

    static byte[] echoed(Socket far, byte[] bytes) throws IOException {
        try (far) {
            Thread.ofVirtual().start(() -> write(far, bytes));
            return far.getInputStream().readAllBytes();
        }
    }

    private static void write(Socket far, byte[] bytes) {
        try {
            far.getOutputStream().write(bytes);
            far.shutdownOutput();
        } catch (IOException _) {
            // The reader hears of it.
        }
    }

    @Test
    void bothSidesCallAtTheSameMoment() throws Exception {
        try (Neighbours neighbours = new Neighbours(3, Servant.echo())) {
            Line atPhone = neighbours.reach(Servant.echo());
            Line atBoard = neighbours.begun();
            byte[] there = Ends.bytes(200_000, 1);
            byte[] back = Ends.bytes(200_000, 2);
            FutureTask<byte[]> calling = new FutureTask<>(() -> echoed(Neighbours.call(atBoard), back));
            Thread.ofVirtual().start(calling);
            assertArrayEquals(there, echoed(Neighbours.call(atPhone), there));
            assertArrayEquals(back, calling.get());
        }
    }

    @Test
    void aMegabyteArrivesWholeThoughTheLinkIsCutTenTimes() throws Exception {
        byte[] file = Ends.bytes(MEGABYTE, 5);
        Servant server = far -> {
            int from = new DataInputStream(far.getInputStream()).readInt();
            far.getOutputStream().write(file, from, file.length - from);
            far.shutdownOutput();
        };
        try (Neighbours neighbours = new Neighbours(5, server)) {
            neighbours.air.faults(Faults.NONE.lost(1));
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            int lines = 0;
            for (; got.size() < file.length; lines++) {
                neighbours.air.cutAfter(lines < 10 ? 180 : Integer.MAX_VALUE);
                resume(neighbours.reach(Servant.nobody()), got);
            }
            assertArrayEquals(file, got.toByteArray());
            assertEquals(11, lines);
        }
    }

    private static void resume(Line line, ByteArrayOutputStream got) throws IOException {
        try (Socket far = Neighbours.call(line)) {
            new DataOutputStream(far.getOutputStream()).writeInt(got.size());
            InputStream in = far.getInputStream();
            byte[] some = new byte[8192];
            for (int read = in.read(some); read > 0; read = in.read(some)) {
                got.write(some, 0, read);
            }
        } catch (IOException _) {
            // The link was cut: from where it was, on another.
        }
        line.close();
    }

    /** 400 frames of 500 bytes a second, from a third party, in both directions. */
    @Test
    void foreignFramesNeitherCorruptNorEndIt() throws Exception {
        try (Neighbours neighbours = new Neighbours(6, Servant.echo())) {
            neighbours.air.faults(Faults.NONE.pace(Duration.ofMillis(2)));
            Line line = neighbours.reach(Servant.nobody());
            byte[] bytes = Ends.bytes(300_000, 6);
            try (ScheduledExecutorService third = Executors.newSingleThreadScheduledExecutor()) {
                AtomicInteger seed = new AtomicInteger();
                third.scheduleAtFixedRate(() -> flood(neighbours, seed.incrementAndGet()), 0, 2_500, MICROSECONDS);
                assertArrayEquals(bytes, echoed(Neighbours.call(line), bytes));
                third.shutdownNow();
            }
            assertTrue(line.traffic().dropped() > 100, () -> line.traffic().toString());
            assertTrue(neighbours.begun().traffic().dropped() > 100);
        }
    }

    private static void flood(Neighbours neighbours, int seed) {
        byte[] frame = Ends.bytes(500, seed);
        neighbours.air.notifies(Neighbours.BOARD, frame);
        neighbours.air.writes(Neighbours.PHONE, frame);
    }
}
