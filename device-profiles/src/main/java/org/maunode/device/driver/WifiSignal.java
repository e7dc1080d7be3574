package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;

/**
 * How strong the access point is heard: the level in {@code /proc/net/wireless}, which lists interfaces that are
 * connected (iwconfig(8)).
 */
record WifiSignal(KernelFiles kernel, Wiring wiring) implements Probe {
    static final String PATH = "/proc/net/wireless";

    private static final int HEADINGS = 2;
    private static final int LEVEL = 2;

    static Optional<Probe> find(KernelFiles kernel, Wiring wiring) {
        WifiSignal probe = new WifiSignal(kernel, wiring);
        return kernel.exists(PATH) && probe.line().isPresent() ? Optional.of(probe) : Optional.empty();
    }

    @Override
    public BigDecimal measure() {
        String line = line().orElseThrow(() ->
                new DriverException(DriverException.Reason.VANISHED, "no wireless interface is connected: " + PATH));
        List<String> fields =
                List.of(line.substring(line.indexOf(':') + 1).strip().split(" +"));
        return fields.size() > LEVEL ? level(line, fields.get(LEVEL)) : malformed(line);
    }

    @Override
    public String technique() {
        return "Linux wireless signal level";
    }

    private Optional<String> line() {
        return kernel.text(PATH)
                .lines()
                .skip(HEADINGS)
                .map(String::strip)
                .filter(this::isMeant)
                .findFirst();
    }

    private boolean isMeant(String line) {
        return wiring instanceof Wiring.NetworkInterface(String name)
                ? line.startsWith(name + ":")
                : line.contains(":");
    }

    /** The kernel marks a value that is new since the last look with a point: {@code -53.} */
    private static BigDecimal level(String line, String text) {
        String digits = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        BigDecimal level = KernelNumber.parse(PATH, digits);
        return level.scale() == 0 ? level : malformed(line);
    }

    private static BigDecimal malformed(String line) {
        throw KernelNumber.malformed(PATH, line);
    }
}
