package org.maunode.ble.line;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.maunode.ble.air.FakeAir;
import org.maunode.ble.air.Faults;
import org.maunode.ble.air.RawFrames;
import org.maunode.ble.bluez.BluezPeripheral;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;
import org.maunode.ble.radio.Centrals;

/**
 * What is left of a link's speed for the bytes of a call: floods frames with nothing on top, then carries as many bytes through a
 * line, both ways, in the same run, and prints both.
 *
 * <pre>
 *   air FRAME BYTES [MICROSECONDS]        a radio in memory, on which each frame takes so long (none: as fast as this machine)
 *   server ADAPTER [FRAME]                a node on BlueZ; prints "ready"; ends with its input
 *   client ADAPTER ADDRESS [FRAME BYTES [DBUS | TINYB | ANY]]  a central on BlueZ
 * </pre>
 */
final class Goodput {
    private static final NodeInfo NODE = new NodeInfo("00112233445566778899aabbccddeeff01234567", "goodput");
    private static final BluetoothAddress BOARD = new BluetoothAddress("00:AA:01:00:00:00");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CALL_PATIENCE = Duration.ofMinutes(5);
    private static final int ATT_HEADER = 3;
    private static final int ATTEMPTS = 5;

    private final Central central;
    private final BluetoothAddress node;
    private final int frame;
    private final int bytes;

    private Goodput(Central central, BluetoothAddress node, int frame, int bytes) {
        this.central = central;
        this.node = node;
        this.frame = frame;
        this.bytes = bytes;
    }

    public static void main(String... words) throws Exception {
        switch (words[0]) {
            case "air" -> air(number(words, 1, 509), number(words, 2, 1_000_000), number(words, 3, 0));
            case "server" -> serve(BluetoothAddress.parse(words[1]), number(words, 2, 509));
            case "client" -> client(words);
            default -> throw new IllegalArgumentException("air, server or client, not " + words[0]);
        }
    }

    private static void client(String... words) throws Exception {
        Centrals.Choice choice = Centrals.Choice.valueOf(words.length > 5 ? words[5] : "DBUS");
        BluetoothAddress adapter = BluetoothAddress.parse(words[1]);
        try (Central central = Centrals.open(Optional.of(adapter), choice, System.getenv())) {
            BluetoothAddress node = BluetoothAddress.parse(words[2]);
            new Goodput(central, node, number(words, 3, 509), number(words, 4, 300_000)).measure();
        }
    }

    private static int number(String[] words, int index, int otherwise) {
        return words.length > index ? Integer.parseInt(words[index]) : otherwise;
    }

    private static void air(int frame, int bytes, int micros) throws Exception {
        try (FakeAir air = new FakeAir(1);
                Carrier carrier = new Carrier(frame);
                Peripheral peripheral = air.peripheral(BOARD);
                Central central = air.central(new BluetoothAddress("00:AA:01:01:00:01"))) {
            air.faults(Faults.NONE.pace(Duration.ofNanos(micros * 1000L)));
            offer(peripheral, carrier);
            new Goodput(central, BOARD, frame, bytes).measure();
        }
    }

    private static void serve(BluetoothAddress adapter, int frame) throws Exception {
        BluezPeripheral.Options options =
                new BluezPeripheral.Options(BusAddress.system(System.getenv()), Optional.of(adapter), Optional.empty());
        try (Carrier carrier = new Carrier(frame);
                Peripheral peripheral = new BluezPeripheral(options, InstantSource.system())) {
            offer(peripheral, carrier);
            System.out.println("ready");
            System.in.transferTo(System.out);
        }
        System.out.println("cpu " + cpu());
    }

    private static void offer(Peripheral peripheral, Carrier carrier) {
        Servant servant = Goodput::serve;
        Peripheral.Acceptor sessions = carrier.answering(servant, line -> {});
        peripheral.offer(new Peripheral.Offer(NODE, List.of()), RawFrames.besides(sessions));
    }

    /** 'D' count(4): so many bytes down; 'U' count(4) bytes: up, and one back. */
    private static void serve(Socket far) throws IOException {
        DataInputStream in = new DataInputStream(far.getInputStream());
        int asked = in.read();
        int count = in.readInt();
        if (asked == 'D') {
            far.getOutputStream().write(new byte[count]);
        } else {
            in.skipNBytes(count);
            far.getOutputStream().write('!');
        }
    }

    private void measure() throws Exception {
        RawFrames.Counter down = new RawFrames.Counter();
        Central.Connection raw = connect(down);
        int size = Math.min(frame, raw.link().mtu() - ATT_HEADER);
        int frames = Math.ceilDiv(bytes, size);
        say("mtu " + raw.link().mtu() + ", frames of " + size + " bytes, " + bytes + " bytes");
        RawFrames.Count notified = RawFrames.notified(raw.link(), down, frames, size, RawFrames.asALine(size));
        say("raw notified", notified, 0);
        RawFrames.Count written = RawFrames.written(raw.link(), down, frames, size, RawFrames.asALine(size));
        say("raw written", written, 0);
        raw.link().close();
        down.ended(PATIENCE);
        try (Carrier carrier = new Carrier(frame)) {
            Line line = retrying(() -> carrier.reach(central, node, PATIENCE, Servant.nobody()))
                    .line();
            say("first byte after " + timed(line, 'D', 1).nanos() / 1_000_000 + " ms, the greeting included");
            say("line down", timed(line, 'D', bytes), notified.kibPerSecond());
            say("line up", timed(line, 'U', bytes), written.kibPerSecond());
            say(line.traffic().toString());
            line.close();
            say("ended: " + line.ended().toCompletableFuture().get());
        }
        say("cpu " + cpu());
    }

    private Central.Connection connect(RawFrames.Counter counter) {
        long start = System.nanoTime();
        Central.Connection connection = retrying(() -> central.connect(node, counter, PATIENCE));
        say("connected in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return connection;
    }

    /** A slow machine may need a second attempt until everything is loaded. */
    private static <T> T retrying(Supplier<T> attempt) {
        for (int left = ATTEMPTS - 1; left > 0; left--) {
            try {
                return attempt.get();
            } catch (GattException failed) {
                say("again: " + failed.getMessage());
            }
        }
        return attempt.get();
    }

    private static RawFrames.Count timed(Line line, char direction, int bytes) throws IOException {
        try (Socket far = call(line)) {
            DataOutputStream out = new DataOutputStream(far.getOutputStream());
            long start = System.nanoTime();
            out.write(direction);
            out.writeInt(bytes);
            if (direction == 'U') {
                out.write(new byte[bytes]);
            }
            far.getInputStream().skipNBytes(direction == 'U' ? 1 : bytes);
            return new RawFrames.Count(bytes, System.nanoTime() - start);
        }
    }

    private static Socket call(Line line) throws IOException {
        Ends ends = Ends.open();
        ends.far().setSoTimeout((int) CALL_PATIENCE.toMillis());
        line.call(ends.near());
        return ends.far();
    }

    private static void say(String what, RawFrames.Count count, double raw) {
        String ratio = raw > 0 ? "  %.1f %% of raw".formatted(100 * count.kibPerSecond() / raw) : "";
        say(String.format(
                Locale.ROOT,
                "%-12s %8d bytes %8.2f s %8.1f KiB/s%s",
                what,
                count.bytes(),
                count.nanos() / 1e9,
                count.kibPerSecond(),
                ratio));
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static String cpu() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toString)
                .orElse("unknown");
    }
}
