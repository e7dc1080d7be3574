package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.Optional;
import org.maunode.device.wire.KernelFiles;

/** Seconds since the kernel started: the first field of {@code /proc/uptime} (proc(5)). */
record Uptime(KernelFiles kernel) implements Probe {
    static final String PATH = "/proc/uptime";

    static Optional<Probe> find(KernelFiles kernel) {
        return kernel.exists(PATH) ? Optional.of(new Uptime(kernel)) : Optional.empty();
    }

    @Override
    public BigDecimal measure() {
        return KernelNumber.first(kernel, PATH);
    }

    @Override
    public String technique() {
        return "Linux uptime";
    }
}
