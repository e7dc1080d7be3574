package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.device.profile.Audience;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.Device;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.Resolution;
import org.maunode.device.profile.Scale;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;

/**
 * What a board says that it has. Nothing is probed: asking an unknown I2C address can upset what is there.
 *
 * @param sensors a channel for each value of each sensor that we know
 * @param strangers chips that the kernel knows and we do not, as {@code 1-0048 ads1015}
 */
public record Survey(
        List<SensorChannel> sensors,
        List<String> strangers,
        List<String> i2cBuses,
        List<String> gpioChips,
        List<String> pwmChips) {
    private static final String I2C = "/sys/bus/i2c/devices/";
    private static final String ONE_WIRE = "/sys/bus/w1/devices/";
    private static final String IIO = "/sys/bus/iio/devices/";
    private static final Pattern I2C_CHIP = Pattern.compile("([0-9]{1,3})-00([0-7][0-9a-f])");
    private static final Duration PERIOD = Duration.ofMinutes(1);

    public Survey {
        sensors = List.copyOf(sensors);
        strangers = List.copyOf(strangers);
        i2cBuses = List.copyOf(i2cBuses);
        gpioChips = List.copyOf(gpioChips);
        pwmChips = List.copyOf(pwmChips);
    }

    /** Looks at everything that the kernel shows at this moment. */
    public static Survey of(KernelFiles kernel) {
        Walk walk = new Walk(kernel);
        walk.oneWire();
        walk.i2c();
        walk.platform();
        return new Survey(
                walk.sensors,
                walk.strangers,
                walk.named(I2C, "i2c-"),
                walk.named("/sys/bus/gpio/devices/", "gpiochip"),
                walk.named("/sys/class/pwm/", "pwmchip"));
    }

    /** How finely a quantity is told, and how far it moves before that is news. */
    private static Resolution resolution(Quantity quantity) {
        return switch (quantity) {
            case RELATIVE_HUMIDITY -> resolution("0.5", "2");
            case AIR_PRESSURE -> resolution("0.1", "0.5");
            case ILLUMINANCE -> resolution("1", "50");
            case VOLTAGE, CURRENT -> resolution("0.01", "0.1");
            case POWER -> resolution("0.1", "1");
            default -> resolution("0.1", "0.3");
        };
    }

    private static Resolution resolution(String precision, String deadBand) {
        return new Resolution(new BigDecimal(precision), new BigDecimal(deadBand));
    }

    private static String word(Quantity quantity) {
        return switch (quantity) {
            case AIR_TEMPERATURE -> "temperature";
            case RELATIVE_HUMIDITY -> "humidity";
            case AIR_PRESSURE -> "pressure";
            case ILLUMINANCE -> "light";
            default -> quantity.term();
        };
    }

    /** One look around, which counts what it names. */
    private static final class Walk {
        private final KernelFiles kernel;
        private final List<SensorChannel> sensors = new ArrayList<>();
        private final List<String> strangers = new ArrayList<>();
        private final Map<String, Integer> names = new HashMap<>();

        Walk(KernelFiles kernel) {
            this.kernel = kernel;
        }

        void oneWire() {
            named(ONE_WIRE, "28-").forEach(id -> add(new Device(DriverKind.DS18B20, new Wiring.OneWire(id)), id));
        }

        void i2c() {
            for (String entry : children(I2C)) {
                Matcher form = I2C_CHIP.matcher(entry);
                if (form.matches()) {
                    chip(entry, Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2), 16));
                }
            }
        }

        private void chip(String entry, int bus, int address) {
            String name = text(I2C + entry + "/name");
            kind(name)
                    .ifPresentOrElse(
                            kind -> add(new Device(kind, new Wiring.I2cChip(bus, address)), entry),
                            () -> strangers.add((entry + " " + name).strip()));
        }

        /** A DHT22 covers what a DHT11 gives, and the kernel calls both dht11. */
        void platform() {
            for (String entry : named(IIO, "iio:device")) {
                String name = text(IIO + entry + "/name");
                if (name.startsWith("dht11")) {
                    add(new Device(DriverKind.DHT22, new Wiring.KernelDevice(name)), name);
                }
            }
        }

        private static Optional<DriverKind> kind(String name) {
            return Arrays.stream(DriverKind.values())
                    .filter(Chips::isI2cChip)
                    .filter(kind -> Chips.feature(kind, kind.quantities().getFirst())
                            .names()
                            .contains(name))
                    .findFirst();
        }

        private void add(Device device, String where) {
            for (Quantity quantity : device.driver().quantities()) {
                String word = word(quantity);
                int count = names.merge(word, 1, Integer::sum);
                DriverKind kind = device.driver();
                sensors.add(new SensorChannel(
                        new ChannelName(count == 1 ? word : word + "-" + count),
                        Character.toUpperCase(word.charAt(0)) + word.substring(1) + ", " + kind.id() + " " + where,
                        device,
                        new Scale(quantity, resolution(quantity), kind.range(quantity), kind.accuracy(quantity)),
                        PERIOD,
                        new Audience.OfTheNode()));
            }
        }

        List<String> named(String directory, String prefix) {
            return children(directory).stream()
                    .filter(name -> name.startsWith(prefix))
                    .toList();
        }

        private List<String> children(String directory) {
            try {
                return kernel.children(directory);
            } catch (WireException unreadable) {
                return List.of();
            }
        }

        private String text(String path) {
            try {
                return kernel.text(path).strip();
            } catch (WireException unreadable) {
                return "";
            }
        }
    }
}
