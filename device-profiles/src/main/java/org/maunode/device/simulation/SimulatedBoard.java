package org.maunode.device.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maunode.device.profile.ActuatorChannel;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Device;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/**
 * A board with everything that a profile hangs on it, simulated where the wires end: the drivers are the real ones. The
 * files, lines and registers look as the kernel shows them.
 */
public final class SimulatedBoard {
    private static final long FREE_BYTES = 24_000_000_000L;

    private final World world;
    private final SimulatedFiles files = new SimulatedFiles();
    private final SimulatedLines lines = new SimulatedLines();
    private final Map<String, Supplier<byte[]>> registers = new HashMap<>();
    private final Map<String, Supplier<String>> programs = new HashMap<>();
    private final Map<Device, String> chips = new HashMap<>();

    /**
     * @param seed gives the same weather again
     * @param clock whose time passes on the board
     */
    public SimulatedBoard(Profile profile, long seed, InstantSource clock) {
        this.world = new World(seed, clock);
        files.says("/sys/firmware/devicetree/base/model", () -> "Simulated board");
        profile.sensors().forEach(this::hang);
        profile.actuators().forEach(this::hang);
    }

    /** The wires of the board. They may be used by several threads. */
    public Wires wires() {
        return new Wires(files, () -> FREE_BYTES, lines, this::register, this::answer);
    }

    private void hang(SensorChannel channel) {
        switch (channel.device().wiring()) {
            case Wiring.GpioLine line ->
                lines.shows(line.chip(), line.offset(), () -> world.isSo(channel) != line.activeLow());
            case Wiring.I2cRegister register ->
                registers.put(key(register.chip(), register.register()), () -> bytes(channel, register));
            case Wiring.Program program -> programs.put(program.path(), () -> answer(channel));
            default -> hangOnKernel(channel);
        }
    }

    private void hangOnKernel(SensorChannel channel) {
        switch (channel.driver()) {
            case CPU_TEMPERATURE ->
                files.says("/sys/class/thermal/thermal_zone0/type", () -> "cpu-thermal")
                        .says("/sys/class/thermal/thermal_zone0/temp", () -> whole(channel, 3));
            case LOAD -> files.says("/proc/loadavg", () -> fixed(channel, 2) + " 0.30 0.25 1/90 1234");
            case UPTIME -> files.says("/proc/uptime", () -> fixed(channel, 2) + " 0.00");
            case MEMORY -> files.says("/proc/meminfo", () -> "MemAvailable:     312000 kB");
            case NETWORK -> network(channel);
            case WIFI_SIGNAL ->
                files.says(
                        "/proc/net/wireless",
                        () -> "Inter-| sta-|   Quality\n face | tus | link level noise\n wlan0: 0000   57.  "
                                + whole(channel, 0) + ".  -256        0      0      0      0      0        0");
            case STORAGE -> {}
            case DS18B20 -> oneWire(channel);
            default -> chip(channel);
        }
    }

    private void network(SensorChannel channel) {
        String name = channel.device().wiring() instanceof Wiring.NetworkInterface(String wanted) ? wanted : "eth0";
        String file = channel.quantity() == Quantity.NETWORK_RECEIVED ? "rx_bytes" : "tx_bytes";
        files.says("/sys/class/net/" + name + "/device/uevent", () -> "DRIVER=simulated")
                .says("/sys/class/net/" + name + "/statistics/" + file, () -> whole(channel, 0));
    }

    private void oneWire(SensorChannel channel) {
        String id = channel.device().wiring() instanceof Wiring.OneWire(String wanted) ? wanted : "28-000000000001";
        files.says("/sys/bus/w1/devices/" + id + "/temperature", () -> whole(channel, 3));
    }

    /** The chip, one for all its channels, is there under its number, and under its address if it has one. */
    private void chip(SensorChannel channel) {
        boolean isHwmon =
                switch (channel.driver()) {
                    case SHT3X, LM75, TMP102, INA219 -> true;
                    default -> false;
                };
        String device = chips.computeIfAbsent(channel.device(), _ -> (isHwmon ? "hwmon" : "iio:device") + chips.size());
        place(channel, (isHwmon ? "/sys/class/hwmon/" : "/sys/bus/iio/devices/") + device);
        if (channel.device().wiring() instanceof Wiring.I2cChip chip) {
            place(channel, "/sys/bus/i2c/devices/" + chip.kernelName() + (isHwmon ? "/hwmon/" : "/") + device);
        }
    }

    private void place(SensorChannel channel, String directory) {
        String name = channel.device().wiring() instanceof Wiring.KernelDevice(String wanted)
                ? wanted
                : channel.driver() == DriverKind.DHT22
                        ? "dht11"
                        : channel.driver().id();
        files.says(directory + "/name", () -> name);
        Supplier<String> text =
                switch (channel.quantity()) {
                    case AIR_PRESSURE -> () -> fixed(world.value(channel) / 10, 9);
                    case ILLUMINANCE -> () -> whole(channel, 0);
                    case POWER -> () -> whole(channel, 6);
                    default -> () -> whole(channel, 3);
                };
        files.says(directory + "/" + file(channel.driver(), channel.quantity()), text);
    }

    private static String file(DriverKind driver, Quantity quantity) {
        return switch (quantity) {
            case AIR_PRESSURE -> "in_pressure_input";
            case ILLUMINANCE -> "in_illuminance_raw";
            case VOLTAGE -> "in1_input";
            case CURRENT -> "curr1_input";
            case POWER -> "power1_input";
            case RELATIVE_HUMIDITY -> driver == DriverKind.SHT3X ? "humidity1_input" : "in_humidityrelative_input";
            default ->
                switch (driver) {
                    case SHT3X, LM75, TMP102 -> "temp1_input";
                    default -> "in_temp_input";
                };
        };
    }

    private void hang(ActuatorChannel channel) {
        switch (channel.device().wiring()) {
            case Wiring.GpioLine line ->
                lines.drives(line.chip(), line.offset(), high -> world.turn(channel, high != line.activeLow()));
            case Wiring.PwmOutput pwm -> pulses(channel, pwm.chip(), pwm.channel());
            case Wiring.ServoOutput servo -> pulses(channel, servo.chip(), servo.channel());
            default -> throw new IllegalArgumentException("no actuator is wired as " + channel.device());
        }
    }

    private void pulses(Channel channel, String chip, int number) {
        String chipFiles = "/sys/class/pwm/" + chip;
        files.takes(chipFiles + "/export", () -> "", exported -> {
            if (exported.equals(Integer.toString(number))) {
                attribute(chipFiles + "/pwm" + number + "/period", _ -> {});
                attribute(chipFiles + "/pwm" + number + "/duty_cycle", duty -> world.turn(channel, !duty.equals("0")));
                attribute(chipFiles + "/pwm" + number + "/enable", _ -> {});
            }
        });
    }

    private void attribute(String path, Consumer<String> taken) {
        String[] value = {"0"};
        files.takes(path, () -> value[0], text -> {
            value[0] = text;
            taken.accept(text);
        });
    }

    private byte[] register(int bus, int address, int register, int count) {
        Supplier<byte[]> value = registers.get(key(new Wiring.I2cChip(bus, address), register));
        if (value == null) {
            throw new WireException(WireException.Reason.VANISHED, "nothing answers at 0x%02x".formatted(address));
        }
        return value.get();
    }

    private static String key(Wiring.I2cChip chip, int register) {
        return chip.kernelName() + " " + register;
    }

    /** The number whose factor and offset give the value back. */
    private byte[] bytes(Channel channel, Wiring.I2cRegister register) {
        BigDecimal value = BigDecimal.valueOf(world.value(channel)).subtract(register.offset());
        long number = value.divide(register.factor(), 0, RoundingMode.HALF_EVEN).longValue();
        byte[] bytes = new byte[register.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            int place = register.encoding().name().endsWith("LITTLE_ENDIAN") ? i : bytes.length - 1 - i;
            bytes[place] = (byte) (number >> 8 * i);
        }
        return bytes;
    }

    private String answer(String program, List<String> arguments, Duration timeout) {
        Supplier<String> text = programs.get(program);
        if (text == null) {
            throw new WireException(WireException.Reason.VANISHED, program + " is not there");
        }
        return text.get();
    }

    private String answer(SensorChannel channel) {
        return (channel.quantity().unit().isPresent() ? fixed(channel, 6) : world.isSo(channel) ? "on" : "off") + "\n";
    }

    private String whole(Channel channel, int exponent) {
        return BigDecimal.valueOf(world.value(channel))
                .scaleByPowerOfTen(exponent)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private String fixed(Channel channel, int decimals) {
        return fixed(world.value(channel), decimals);
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
