package org.maunode.device.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;

/**
 * One value of a chip that a driver of the kernel reads. The chip is looked for by its name, or at its address, and anew
 * whenever its directory no longer has its name or does not answer: one that was unplugged comes back under another
 * number, and another chip may have its own by then.
 */
final class KernelChip implements Probe {
    /**
     * Which value of a chip, in which of the kernel's interfaces.
     *
     * @param names that the kernel gives the chips that will do
     * @param channel the beginning of the file's name: {@code in_temp}, {@code temp1}
     * @param exponent of ten that turns the kernel's unit into ours
     */
    record Feature(Interface where, List<String> names, String channel, int exponent) {}

    /** The kernel's interfaces for sensors (kernel: ABI/testing/sysfs-bus-iio, hwmon/sysfs-interface). */
    enum Interface {
        IIO("/sys/bus/iio/devices/", "iio:device", ""),
        HWMON("/sys/class/hwmon/", "hwmon", "hwmon/");

        private final String all;
        private final String prefix;
        private final String belowDevice;

        Interface(String all, String prefix, String belowDevice) {
            this.all = all;
            this.prefix = prefix;
            this.belowDevice = belowDevice;
        }
    }

    private static final String I2C_DEVICES = "/sys/bus/i2c/devices/";

    private final KernelFiles kernel;
    private final Feature feature;
    private final Wiring wiring;
    private Optional<String> directory = Optional.empty();

    KernelChip(KernelFiles kernel, Feature feature, Wiring wiring) {
        this.kernel = kernel;
        this.feature = feature;
        this.wiring = wiring;
    }

    @Override
    public BigDecimal measure() {
        if (directory.filter(this::isTheOne).isPresent()) {
            try {
                return read(directory.get());
            } catch (WireException moved) {
                directory = Optional.empty();
            }
        }
        String found = locate();
        directory = Optional.of(found);
        return read(found);
    }

    @Override
    public String technique() {
        return "%s through the kernel's %s interface"
                .formatted(
                        feature.names().getFirst().toUpperCase(Locale.ROOT),
                        feature.where().name().toLowerCase(Locale.ROOT));
    }

    private BigDecimal read(String chip) {
        String base = chip + "/" + feature.channel();
        BigDecimal value = kernel.exists(base + "_raw") && !kernel.exists(base + "_input")
                ? scaled(base)
                : KernelNumber.only(kernel, base + "_input");
        return value.scaleByPowerOfTen(feature.exponent());
    }

    /** {@code (raw + offset) * scale}, where the kernel leaves that to the reader. */
    private BigDecimal scaled(String base) {
        BigDecimal raw = KernelNumber.only(kernel, base + "_raw");
        return raw.add(optional(base + "_offset", BigDecimal.ZERO)).multiply(optional(base + "_scale", BigDecimal.ONE));
    }

    private BigDecimal optional(String path, BigDecimal otherwise) {
        return kernel.exists(path) ? KernelNumber.only(kernel, path) : otherwise;
    }

    private String locate() {
        return candidates()
                .filter(this::isTheOne)
                .findFirst()
                .orElseThrow(() -> new DriverException(
                        DriverException.Reason.VANISHED, "no " + feature.names().getFirst() + " in " + root()));
    }

    private Stream<String> candidates() {
        String root = root();
        return kernel.children(root).stream()
                .filter(entry -> entry.startsWith(feature.where().prefix))
                .map(entry -> root + entry);
    }

    private String root() {
        return wiring instanceof Wiring.I2cChip chip
                ? I2C_DEVICES + chip.kernelName() + "/" + feature.where().belowDevice
                : feature.where().all;
    }

    private boolean isTheOne(String candidate) {
        String name = name(candidate);
        return wiring instanceof Wiring.KernelDevice(String wanted)
                ? name.equals(wanted)
                : feature.names().stream().anyMatch(isNameOf(name));
    }

    /** A platform device has its node in the device tree behind an at sign: {@code dht11@4}. */
    private static Predicate<String> isNameOf(String name) {
        return each -> name.equals(each) || name.startsWith(each + "@");
    }

    private String name(String candidate) {
        try {
            return kernel.text(candidate + "/name").strip();
        } catch (WireException unreadable) {
            return "";
        }
    }
}
