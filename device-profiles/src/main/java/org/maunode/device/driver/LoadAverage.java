package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.Optional;
import org.maunode.device.wire.KernelFiles;

/** Processes that run or want to, averaged over a minute: the first field of {@code /proc/loadavg} (proc(5)). */
record LoadAverage(KernelFiles kernel) implements Probe {
    static final String PATH = "/proc/loadavg";

    static Optional<Probe> find(KernelFiles kernel) {
        return kernel.exists(PATH) ? Optional.of(new LoadAverage(kernel)) : Optional.empty();
    }

    @Override
    public BigDecimal measure() {
        return KernelNumber.first(kernel, PATH);
    }

    @Override
    public String technique() {
        return "Linux load average over 1 minute";
    }
}
