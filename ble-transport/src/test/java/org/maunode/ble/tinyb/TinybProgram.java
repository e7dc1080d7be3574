package org.maunode.ble.tinyb;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.GattException;
import org.maunode.ble.gatt.Link;
import org.maunode.ble.gatt.LinkListener;

/** A process of its own that uses TinyB as it is told, line by line: its crash would be no crash of the tests. */
final class TinybProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration ENDING = Duration.ofSeconds(2);

    private final Central central;
    private Optional<Link> link = Optional.empty();

    private TinybProgram(Central central) {
        this.central = central;
    }

    /** Arguments: the adapter, and where the kernel lists adapters. */
    public static void main(String[] arguments) throws IOException {
        Optional<BluetoothAddress> adapter = Optional.of(new BluetoothAddress(arguments[0]));
        switch (TinybCentral.load(adapter, (hci, peer) -> 185, Path.of(arguments[1]))) {
            case Loaded.Missing(String why) -> say("missing " + why);
            case Loaded.Ready(Central central) -> new TinybProgram(central).run();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private void run() throws IOException {
        say("ready");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            obey(line);
        }
        central.close();
        say("left " + left());
    }

    /** Threads of ours that do not end within the time that they have. */
    private static int left() {
        int left = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            left += thread.getName().startsWith("mau-") && !ends(thread) ? 1 : 0;
        }
        return left;
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(ENDING);
        } catch (InterruptedException interrupted) {
            return false;
        }
    }

    private void obey(String line) {
        try {
            switch (line) {
                case "scan" ->
                    central.scan(seen -> say("seen " + seen.address() + " "
                            + seen.hint().orElse("-") + " " + seen.name().orElse("-")));
                case "connect" -> connect();
                case "send" -> link.orElseThrow().send(new byte[] {1, 2, 3}, () -> {});
                case "close" -> link.orElseThrow().close();
                default -> say("what?");
            }
        } catch (GattException refused) {
            say(refused.reason() + " " + refused.getMessage());
        }
    }

    private void connect() {
        Central.Connection made = central.connect(new BluetoothAddress("00:AA:01:00:00:00"), new Saying(), PATIENCE);
        link = Optional.of(made.link());
        say("connected " + made.info().name() + " " + made.link().mtu());
    }

    private static final class Saying implements LinkListener {
        @Override
        public void received(byte[] frame) {
            say("received " + HexFormat.of().formatHex(frame));
        }

        @Override
        public void lost(String why) {
            say("lost " + why);
        }
    }
}
