package org.maunode.device.wire.pi4j;

import java.util.Optional;
import java.util.function.Supplier;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.WireException;

/** Registers on the I2C buses through Pi4J's linuxfs provider, which needs no library of its own but JNA. */
public final class Pi4jI2c implements I2cBus, AutoCloseable {
    private final Supplier<Buses> opener;
    private Optional<Buses> buses = Optional.empty();

    /** Loads nothing yet. */
    public Pi4jI2c() {
        this(Buses::open);
    }

    Pi4jI2c(Supplier<Buses> opener) {
        this.opener = opener;
    }

    @Override
    public synchronized byte[] read(int bus, int address, int register, int count) {
        if (count < 1 || count > MAX_BYTES) {
            throw new IllegalArgumentException(count + " bytes of a register");
        }
        String what = "register 0x%02x of the chip at 0x%02x on i2c bus %d".formatted(register, address, bus);
        try {
            return Guarded.call(what, () -> opened().read(bus, address, register, count));
        } catch (WireException fault) {
            // Pi4J keeps a bus open that was unplugged; the next read begins anew.
            close();
            throw fault;
        }
    }

    private Buses opened() {
        Buses open = buses.orElseGet(opener);
        buses = Optional.of(open);
        return open;
    }

    @Override
    public synchronized void close() {
        buses.ifPresent(Buses::close);
        buses = Optional.empty();
    }
}
