package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.Optional;
import org.maunode.device.wire.KernelFiles;

/** Bytes that programs can still get without swapping: {@code MemAvailable} of {@code /proc/meminfo} (proc(5)). */
record MemoryAvailable(KernelFiles kernel) implements Probe {
    static final String PATH = "/proc/meminfo";

    private static final String LABEL = "MemAvailable:";
    private static final String UNIT = " kB";
    private static final BigDecimal BYTES_PER_KB = BigDecimal.valueOf(1024);

    static Optional<Probe> find(KernelFiles kernel) {
        return kernel.exists(PATH) ? Optional.of(new MemoryAvailable(kernel)) : Optional.empty();
    }

    @Override
    public BigDecimal measure() {
        String text = kernel.text(PATH);
        String line =
                text.lines().filter(each -> each.startsWith(LABEL)).findFirst().orElse("");
        if (!line.endsWith(UNIT)) {
            throw KernelNumber.malformed(PATH, line);
        }
        String number = line.substring(LABEL.length(), line.length() - UNIT.length());
        return KernelNumber.parse(PATH, number.strip()).multiply(BYTES_PER_KB);
    }

    @Override
    public String technique() {
        return "Linux estimate of memory available without swapping";
    }
}
