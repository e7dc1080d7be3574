package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;

/**
 * The processor's temperature, from the thermal zone that is most surely the processor's, else from its hwmon chip.
 * Zones of the mainboard, the battery or the radio are left alone: a wrong temperature is worse than none.
 */
final class CpuTemperature implements Probe {
    private static final String ZONES = "/sys/class/thermal/";
    private static final String CHIPS = "/sys/class/hwmon/";

    /** Beginnings of zone types, best first: Intel; Raspberry Pi and most ARM boards; whole chips; Rockchip. */
    private static final List<String> ZONE_TYPES = List.of("x86_pkg_temp", "cpu", "soc", "bigcore", "package");

    /** Names of hwmon chips, best first: Intel, AMD, and the ARM boards' thermal zones shown through hwmon. */
    private static final List<String> CHIP_NAMES =
            List.of("coretemp", "k10temp", "zenpower", "cpu_thermal", "soc_thermal");

    /** Both interfaces count in thousandths of a degree (kernel: sysfs-class-thermal, hwmon/sysfs-interface). */
    private static final int MILLI = 3;

    /** Where the temperature stands, and what the kernel calls it. */
    private record Source(String path, String name) {}

    private final KernelFiles kernel;
    private Source source;

    private CpuTemperature(KernelFiles kernel, Source source) {
        this.kernel = kernel;
        this.source = source;
    }

    static Optional<Probe> find(KernelFiles kernel) {
        return locate(kernel).map(source -> new CpuTemperature(kernel, source));
    }

    @Override
    public BigDecimal measure() {
        try {
            return read();
        } catch (WireException e) {
            // A module that was loaded anew gets another number: look for it once, then it is a fault.
            source = locate(kernel).orElseThrow(() -> e);
            return read();
        }
    }

    @Override
    public String technique() {
        return source.name;
    }

    private BigDecimal read() {
        return KernelNumber.only(kernel, source.path).movePointLeft(MILLI);
    }

    private static Optional<Source> locate(KernelFiles kernel) {
        return zone(kernel).or(() -> chip(kernel));
    }

    private static Optional<Source> zone(KernelFiles kernel) {
        ToIntFunction<String> rank = type -> indexOf(ZONE_TYPES, type.toLowerCase(Locale.ROOT)::startsWith);
        return best(named(kernel, ZONES, "thermal_zone", "/type", "/temp"), rank)
                .map(found -> new Source(found.path, "Linux thermal zone " + found.name));
    }

    private static Optional<Source> chip(KernelFiles kernel) {
        ToIntFunction<String> rank = name -> indexOf(CHIP_NAMES, name::equals);
        return best(named(kernel, CHIPS, "hwmon", "/name", "/temp1_input"), rank)
                .map(found -> new Source(found.path, "Linux hwmon chip " + found.name));
    }

    /** Entries of {@code directory} that say what they are and have a temperature, in the kernel's order. */
    private static Stream<Source> named(
            KernelFiles kernel, String directory, String prefix, String nameFile, String valueFile) {
        return children(kernel, directory).stream()
                .filter(entry -> entry.startsWith(prefix) && kernel.exists(directory + entry + valueFile))
                .map(entry -> new Source(directory + entry + valueFile, line(kernel, directory + entry + nameFile)));
    }

    private static Optional<Source> best(Stream<Source> sources, ToIntFunction<String> rank) {
        return sources.filter(source -> rank.applyAsInt(source.name) >= 0)
                .min(Comparator.comparingInt(source -> rank.applyAsInt(source.name)));
    }

    private static int indexOf(List<String> preferences, Predicate<String> matches) {
        return preferences.stream()
                .filter(matches)
                .findFirst()
                .map(preferences::indexOf)
                .orElse(-1);
    }

    private static List<String> children(KernelFiles kernel, String directory) {
        try {
            return kernel.children(directory);
        } catch (WireException unreadable) {
            return List.of();
        }
    }

    /** A zone that will not say what it is, is none of ours. */
    private static String line(KernelFiles kernel, String path) {
        try {
            return kernel.text(path).strip();
        } catch (WireException unreadable) {
            return "";
        }
    }
}
