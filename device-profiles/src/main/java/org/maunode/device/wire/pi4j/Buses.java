package org.maunode.device.wire.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfigBuilder;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.plugin.linuxfs.provider.i2c.LinuxFsI2CProvider;
import java.util.HashMap;
import java.util.Map;
import org.maunode.device.wire.WireException;
import org.maunode.device.wire.WireException.Reason;

/** The I2C buses that Pi4J has open. The first use of this class loads Pi4J. */
final class Buses {
    private final Context context;
    private final I2CProvider provider;
    private final Map<String, I2C> chips = new HashMap<>();

    /** @param context that has the provider */
    Buses(Context context, I2CProvider provider) {
        this.context = context;
        this.provider = provider;
    }

    /** The provider is added by hand: the automatic context would look for it by reflection. */
    static Buses open() {
        I2CProvider provider = LinuxFsI2CProvider.newInstance();
        return new Buses(
                Pi4J.newContextBuilder().add(provider).disableShutdownHook().build(), provider);
    }

    /** A chip that is open already. */
    void put(String id, I2C chip) {
        chips.put(id, chip);
    }

    byte[] read(int bus, int address, int register, int count) {
        byte[] bytes = new byte[count];
        int given = chip(bus, address).readRegister(register, bytes);
        if (given < count) {
            throw new WireException(Reason.UNREADABLE, "the chip gave " + given + " bytes instead of " + count);
        }
        return bytes;
    }

    private I2C chip(int bus, int address) {
        return chips.computeIfAbsent(
                "mau-i2c-" + bus + "-" + address,
                id -> provider.create(I2CConfigBuilder.newInstance(context)
                        .id(id)
                        .bus(bus)
                        .device(address)
                        .build()));
    }

    void close() {
        context.shutdown();
    }
}
