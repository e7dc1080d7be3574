package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.maunode.device.wire.KernelFiles;

/**
 * Bytes since the start over all physical interfaces: those that have a device behind them, so that what goes through
 * a bridge or a tunnel counts once. An interface that was unplugged takes its bytes with it.
 */
record NetworkBytes(KernelFiles kernel, Counter counter) implements Probe {
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

    static Optional<Probe> find(KernelFiles kernel, Counter counter) {
        NetworkBytes probe = new NetworkBytes(kernel, counter);
        return probe.physical().isEmpty() ? Optional.empty() : Optional.of(probe);
    }

    @Override
    public BigDecimal measure() {
        List<String> interfaces = physical();
        if (interfaces.isEmpty()) {
            throw new DriverException(DriverException.Reason.VANISHED, "no physical network interface is left");
        }
        return interfaces.stream().map(this::bytes).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public String technique() {
        return "Linux counters of bytes " + counter.word + " over all physical interfaces";
    }

    private BigDecimal bytes(String name) {
        return KernelNumber.only(kernel, INTERFACES + name + "/statistics/" + counter.file);
    }

    private List<String> physical() {
        return kernel.children(INTERFACES).stream()
                .filter(name -> kernel.exists(INTERFACES + name + "/device"))
                .toList();
    }
}
