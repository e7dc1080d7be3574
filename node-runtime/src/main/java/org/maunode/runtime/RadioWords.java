package org.maunode.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.maunode.ble.bluez.Pairing;
import org.maunode.ble.gatt.BluetoothAddress;
import org.maunode.ble.session.Limits;
import org.maunode.runtime.RadioOptions.PairingOptions;
import org.maunode.runtime.RadioOptions.Wanted;

/** What the command line says of the radio. */
final class RadioWords {
    private static final int WINDOW = 120;
    private static final int LONGEST_WINDOW = 3600;

    private final Function<String, Optional<String>> values;

    private RadioWords(Function<String, Optional<String>> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param values of options that have one
     * @param bare whether an option without one is there
     * @throws UsageException if they make no sense
     */
    static RadioOptions read(Function<String, Optional<String>> values, Predicate<String> bare) {
        RadioWords words = new RadioWords(values);
        return new RadioOptions(wanted(bare), words.adapter(), words.frame(), words.pairing());
    }

    private static Wanted wanted(Predicate<String> bare) {
        if (bare.test("--ble") && bare.test("--no-ble")) {
            throw new UsageException("--ble and --no-ble are given both");
        }
        return bare.test("--no-ble") ? Wanted.NO : bare.test("--ble") ? Wanted.YES : Wanted.IF_THERE;
    }

    private Optional<BluetoothAddress> adapter() {
        try {
            return values.apply("--ble-adapter").map(BluetoothAddress::parse);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--ble-adapter: " + malformed.getMessage());
        }
    }

    private int frame() {
        return number("--ble-frame", Limits.SMALLEST_FRAME, Limits.LARGEST_FRAME)
                .orElse(Limits.PREFERRED_FRAME);
    }

    private Optional<Integer> number(String option, int least, int most) {
        return values.apply(option).map(text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, as for a number out of range.
            }
            throw new UsageException(option + " " + text + ": not a number between " + least + " and " + most);
        });
    }

    private Optional<PairingOptions> pairing() {
        Optional<String> how = values.apply("--ble-pairing");
        Optional<Path> display = values.apply("--ble-display").map(Path::of);
        Pairing.Bonds bonds = values.apply("--ble-bonds").map(RadioWords::bonds).orElse(Pairing.Bonds.KEPT);
        Duration window =
                Duration.ofSeconds(number("--ble-window", 1, LONGEST_WINDOW).orElse(WINDOW));
        how.ifPresentOrElse(word -> check(word, display), this::requireNothingOfPairing);
        return how.map(_ -> new PairingOptions(display, bonds, window));
    }

    private void requireNothingOfPairing() {
        List.of("--ble-display", "--ble-bonds", "--ble-window").forEach(option -> {
            if (values.apply(option).isPresent()) {
                throw new UsageException(option + " means nothing without --ble-pairing");
            }
        });
    }

    private static void check(String how, Optional<Path> display) {
        switch (how) {
            case "none" -> {
                if (display.isPresent()) {
                    throw new UsageException("--ble-display: --ble-pairing none shows nothing");
                }
            }
            case "passkey" -> {
                if (display.isEmpty()) {
                    throw new UsageException("--ble-pairing passkey needs --ble-display FILE");
                }
            }
            default -> throw new UsageException("--ble-pairing " + how + ": not none or passkey");
        }
    }

    private static Pairing.Bonds bonds(String what) {
        return switch (what) {
            case "keep" -> Pairing.Bonds.KEPT;
            case "refuse" -> Pairing.Bonds.DROPPED;
            default -> throw new UsageException("--ble-bonds " + what + ": not keep or refuse");
        };
    }
}
