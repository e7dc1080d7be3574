package org.maunode.device.driver;

import java.util.Optional;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Quantity;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.Wires;

/** The catalogue of drivers: every kind that a profile may name, and nothing else. */
public final class Drivers {
    private Drivers() {}

    /**
     * Opens the driver of a channel, if the machine behind {@code wires} has the sensor at this moment. It reads what
     * sensors there are, and none of their values; a channel that is absent now may be asked for again later.
     */
    public static Opened open(SensorChannel channel, Wires wires) {
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
        return switch (channel.driver()) {
            case CPU_TEMPERATURE -> CpuTemperature.find(wires.kernel());
            case LOAD -> LoadAverage.find(wires.kernel());
            case MEMORY -> MemoryAvailable.find(wires.kernel());
            case STORAGE -> Optional.of(new StorageFree(wires.disk()));
            case UPTIME -> Uptime.find(wires.kernel());
            case NETWORK -> NetworkBytes.find(wires.kernel(), counter(channel.quantity()));
        };
    }

    private static NetworkBytes.Counter counter(Quantity quantity) {
        return quantity == Quantity.NETWORK_RECEIVED ? NetworkBytes.Counter.RECEIVED : NetworkBytes.Counter.SENT;
    }

    private static String wanted(DriverKind kind) {
        return switch (kind) {
            case CPU_TEMPERATURE -> "CPU temperature sensor";
            case LOAD -> LoadAverage.PATH;
            case MEMORY -> MemoryAvailable.PATH;
            case STORAGE -> "disk";
            case UPTIME -> Uptime.PATH;
            case NETWORK -> "physical network interface";
        };
    }
}
