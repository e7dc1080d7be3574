package org.maunode.ble.bluez;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.maunode.ble.dbus.BusAddress;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;
import org.maunode.ble.gatt.NodeInfo;
import org.maunode.ble.gatt.Peripheral;

/**
 * For the guest with real BlueZ: offers a node, says what happens on its output, and does what its input says:
 *
 * <pre>
 *   ServeInLab 00:AA:01:00:00:00 [none|display]
 *   flood COUNT BYTES OUTSTANDING    notifications to each central
 *   send HEX               one notification to each
 *   pair SECONDS           opens the pairing window
 *   cut                    closes every link
 *   quit
 * </pre>
 *
 * Each frame that comes is told by its length and first bytes; one that begins with {@code ee} is sent back.
 */
public final class ServeInLab {
    private static final long BEGAN = System.nanoTime();

    private final Queue<Link> links = new ConcurrentLinkedQueue<>();

    private ServeInLab() {}

    public static void main(String[] arguments) throws Exception {
        Optional<Pairing> pairing = arguments.length < 2 ? Optional.empty() : Optional.of(pairing(arguments[1]));
        BluezPeripheral.Options options = new BluezPeripheral.Options(
                BusAddress.system(System.getenv()), Optional.of(BluetoothAddress.parse(arguments[0])), pairing);
        try (BluezPeripheral peripheral = new BluezPeripheral(options, InstantSource.system())) {
            ServeInLab lab = new ServeInLab();
            peripheral.offer(offer(), lab::accepted);
            say("offered");
            lab.obey(peripheral);
        }
        say("closed threads=" + ours());
    }

    private static Pairing pairing(String how) {
        Pairing.Bonds bonds = how.endsWith("-drop") ? Pairing.Bonds.DROPPED : Pairing.Bonds.KEPT;
        if (how.startsWith("none")) {
            return Pairing.withoutDisplay(bonds);
        }
        return new Pairing(Pairing.Capability.DISPLAY, bonds, new Pairing.Display() {
            @Override
            public void show(String passkey) {
                say("passkey " + passkey);
            }

            @Override
            public void clear() {
                say("passkey gone");
            }
        });
    }

    private static Peripheral.Offer offer() {
        NodeInfo info = new NodeInfo("00112233445566778899aabbccddeeff01234567", "A node in the lab, with a name");
        return new Peripheral.Offer(
                info,
                List.of(
                        readable(0x180F, 0x2A19, "64"),
                        readable(0x181A, 0x2A6E, "ea0b"),
                        readable(0x181A, 0x2A6F, "8813")));
    }

    private static Peripheral.Readable readable(int service, int characteristic, String value) {
        return new Peripheral.Readable(
                uuid(service), uuid(characteristic), () -> HexFormat.of().parseHex(value));
    }

    private static UUID uuid(int assigned) {
        return UUID.fromString("%08x-0000-1000-8000-00805f9b34fb".formatted(assigned));
    }

    private LinkListener accepted(Link link) {
        links.add(link);
        say("accepted " + link.peer() + " mtu=" + link.mtu());
        return new LinkListener() {
            @Override
            public void received(byte[] frame) {
                say("received " + link.peer() + " bytes=" + frame.length + " "
                        + HexFormat.of().formatHex(frame, 0, Math.min(12, frame.length)));
                if (frame[0] == (byte) 0xee) {
                    link.send(frame, () -> say("taken " + frame.length));
                }
            }

            @Override
            public void lost(String why) {
                links.remove(link);
                say("lost " + link.peer() + " " + why);
            }
        };
    }

    private void obey(BluezPeripheral peripheral) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null && !line.equals("quit"); line = input.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "flood" ->
                    links.forEach(
                            link -> new Flood(link, number(words, 1), number(words, 2), number(words, 3)).begin());
                case "send" -> links.forEach(link -> link.send(HexFormat.of().parseHex(words[1]), () -> {}));
                case "pair" -> peripheral.openPairing(Duration.ofSeconds(Integer.parseInt(words[1])));
                case "cut" -> links.forEach(Link::close);
                default -> say("what? " + line);
            }
        }
    }

    private static int number(String[] words, int place) {
        return Integer.parseInt(words[place]);
    }

    /** Many notifications, each with its number. */
    private static final class Flood {
        private final Link link;
        private final Queue<byte[]> frames = new ArrayDeque<>();
        private final int most;
        private int outstanding;

        Flood(Link link, int count, int bytes, int most) {
            this.link = link;
            this.most = most;
            for (int number = 0; number < count; number++) {
                byte[] frame = new byte[bytes];
                frame[0] = (byte) (number >> 8);
                frame[1] = (byte) number;
                frames.add(frame);
            }
        }

        synchronized void begin() {
            say("flood " + frames.size());
            go();
        }

        private void go() {
            while (outstanding < most && !frames.isEmpty()) {
                outstanding++;
                link.send(frames.remove(), this::taken);
            }
        }

        private synchronized void taken() {
            outstanding--;
            go();
            if (outstanding == 0) {
                say("flooded");
            }
        }
    }

    private static String ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mau-"))
                .toList()
                .toString();
    }

    private static void say(String what) {
        System.out.printf("%6d %s%n", (System.nanoTime() - BEGAN) / 1_000_000, what);
    }
}
