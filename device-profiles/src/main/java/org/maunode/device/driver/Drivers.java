package org.maunode.device.driver;

import java.util.Optional;
import org.maunode.device.driver.NetworkBytes.Counter;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** The catalogue of drivers: every kind of sensor that a profile may name, and nothing else. */
public final class Drivers {
    /** A DHT loses bits whenever an interrupt delays the kernel. */
    private static final int DHT_ATTEMPTS = 3;

    private Drivers() {}

    /**
     * Opens the driver of a channel. What every machine has or has not, its processor's temperature or its network, is
     * absent where it is not there at this moment, and may be asked for again later. What the profile says to hang on
     * the board is always ready: it may fail, with {@link DriverException.Reason#VANISHED} while it is not there, and
     * begins to answer when it is plugged in. No value is read.
     */
    public static Opened open(SensorChannel channel, Wires wires) {
        return channel.device().wiring() instanceof Wiring.GpioLine line
                ? new Opened.Ready(new InputLine(wires.gpio(), line))
                : asked(channel, wires);
    }

    private static Opened asked(SensorChannel channel, Wires wires) {
        String wanted = wanted(channel.driver());
        try {
            return probe(channel, wires)
                    .<Opened>map(probe -> new Opened.Ready(new CheckedDriver(channel, probe)))
                    .orElseGet(() -> new Opened.Absent("this machine has no " + wanted));
        } catch (WireException e) {
            return new Opened.Absent("this machine does not show its " + wanted + ": " + e.getMessage());
        }
    }

    private static Optional<Probe> probe(SensorChannel channel, Wires wires) {
        KernelFiles kernel = wires.kernel();
        Wiring wiring = channel.device().wiring();
        return switch (channel.driver()) {
            case CPU_TEMPERATURE -> CpuTemperature.find(kernel);
            case LOAD -> LoadAverage.find(kernel);
            case MEMORY -> MemoryAvailable.find(kernel);
            case STORAGE -> Optional.of(new StorageFree(wires.disk()));
            case UPTIME -> Uptime.find(kernel);
            case NETWORK -> NetworkBytes.find(kernel, wiring, counter(channel.quantity()));
            case WIFI_SIGNAL -> WifiSignal.find(kernel, wiring);
            default -> Optional.of(wired(channel, wires));
        };
    }

    private static Probe wired(SensorChannel channel, Wires wires) {
        Wiring wiring = channel.device().wiring();
        return switch (channel.driver()) {
            case DS18B20 -> new OneWireTemperature(wires.kernel(), wiring);
            case BME280, BMP280, BH1750, SHT3X, LM75, TMP102, INA219 -> chip(channel, wires);
            case DHT11, DHT22 -> new Persistent(chip(channel, wires), DHT_ATTEMPTS);
            case I2C_REGISTERS -> new RegisterValue(wires.i2c(), (Wiring.I2cRegister) wiring);
            case SCRIPT -> new ProgramAnswer(wires.programs(), (Wiring.Program) wiring);
            default -> throw new IllegalArgumentException(channel.driver().id() + " measures nothing");
        };
    }

    private static Probe chip(SensorChannel channel, Wires wires) {
        return new KernelChip(
                wires.kernel(),
                Chips.feature(channel.driver(), channel.quantity()),
                channel.device().wiring());
    }

    private static Counter counter(Quantity quantity) {
        return quantity == Quantity.NETWORK_RECEIVED ? Counter.RECEIVED : Counter.SENT;
    }

    private static String wanted(DriverKind kind) {
        return switch (kind) {
            case CPU_TEMPERATURE -> "CPU temperature sensor";
            case LOAD -> LoadAverage.PATH;
            case MEMORY -> MemoryAvailable.PATH;
            case STORAGE -> "disk";
            case UPTIME -> Uptime.PATH;
            case NETWORK -> "physical network interface";
            case WIFI_SIGNAL -> "wireless network";
            default -> kind.id();
        };
    }
}
