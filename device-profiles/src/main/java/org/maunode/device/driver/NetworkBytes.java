package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;

/**
 * Bytes since the start over all physical interfaces: those that have a device behind them, so that what goes through
 * a bridge or a tunnel counts once; or of the one that the profile names. An interface that was unplugged takes its bytes with it.
 */
record NetworkBytes(KernelFiles kernel, Wiring wiring, Counter counter) implements Probe {
    private static final String INTERFACES = "/sys/class/net/";

    /** Which way the bytes went. */
    enum Counter {
        RECEIVED("rx_bytes", "received"),
        SENT("tx_bytes", "sent");

        private final String file;
        private final String word;

        Counter(String file, String word) {
            this.file = file;
            this.word = word;
        }
    }

    static Optional<Probe> find(KernelFiles kernel, Wiring wiring, Counter counter) {
        NetworkBytes probe = new NetworkBytes(kernel, wiring, counter);
        return probe.counted().isEmpty() ? Optional.empty() : Optional.of(probe);
    }

    @Override
    public BigDecimal measure() {
        List<String> interfaces = counted();
        if (interfaces.isEmpty()) {
            throw new DriverException(DriverException.Reason.VANISHED, "no such network interface is left");
        }
        return interfaces.stream().map(this::bytes).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public String technique() {
        String where = wiring instanceof Wiring.NetworkInterface(String name) ? name : "all physical interfaces";
        return "Linux counters of bytes " + counter.word + " over " + where;
    }

    private BigDecimal bytes(String name) {
        return KernelNumber.only(kernel, INTERFACES + name + "/statistics/" + counter.file);
    }

    private List<String> counted() {
        return kernel.children(INTERFACES).stream()
                .filter(name -> wiring instanceof Wiring.NetworkInterface(String wanted)
                        ? name.equals(wanted)
                        : kernel.exists(INTERFACES + name + "/device"))
                .toList();
    }
}
