package org.maunode.device.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the board says about itself: its device tree on an ARM board, its DMI table on a PC. */
public final class BoardIdentity {
    /** Characters of a model or serial number; the rest is cut off. */
    public static final int MAX_LENGTH = 100;

    private static final String TREE = "/sys/firmware/devicetree/base/";
    private static final String DMI = "/sys/class/dmi/id/";

    /** What makers leave in the DMI table when they fill in nothing. */
    private static final Set<String> NOTHING_SAID = Set.of(
            "default string",
            "none",
            "not applicable",
            "not specified",
            "o.e.m.",
            "system manufacturer",
            "system product name",
            "to be filled by o.e.m.",
            "unknown");

    private final KernelFiles kernel;

    public BoardIdentity(KernelFiles kernel) {
        this.kernel = kernel;
    }

    /** For example {@code Raspberry Pi Zero 2 W Rev 1.0}; empty where nobody says. */
    public Optional<String> model() {
        return line(TREE + "model").or(this::dmiModel);
    }

    /** The serial number that the board's device tree shows to everyone; a PC shows it to root alone. */
    public Optional<String> serialNumber() {
        return line(TREE + "serial-number");
    }

    private Optional<String> dmiModel() {
        String model = Stream.of("sys_vendor", "product_name")
                .flatMap(name -> line(DMI + name).stream())
                .collect(Collectors.joining(" "));
        return Optional.of(model).filter(text -> !text.isEmpty());
    }

    private Optional<String> line(String path) {
        try {
            return kernel.exists(path) ? Optional.of(clean(kernel.text(path))).filter(this::says) : Optional.empty();
        } catch (WireException unreadable) {
            return Optional.empty();
        }
    }

    private boolean says(String text) {
        return !text.isEmpty() && !NOTHING_SAID.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Device tree strings end in NUL, DMI strings in a line feed; neither is part of a name. */
    private static String clean(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", " ").strip();
        return printable.substring(0, Math.min(printable.length(), MAX_LENGTH));
    }
}
