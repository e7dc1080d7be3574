package org.maunode.device.wire;

/** The machine's I2C buses, for chips that no driver of the kernel holds. */
@FunctionalInterface
public interface I2cBus {
    /** Bytes of one read; SMBus has no longer block. */
    int MAX_BYTES = 32;

    /**
     * Writes the number of a register and reads what stands there, in one transaction.
     *
     * @param bus the number in {@code /dev/i2c-1}
     * @param address of 7 bits
     * @param count 1 to {@link #MAX_BYTES}
     * @return {@code count} bytes
     * @throws WireException if the chip does not answer, or the kernel does not give the bus
     */
    byte[] read(int bus, int address, int register, int count);

    /** Of a machine without I2C, or of a program that was not given any. */
    static I2cBus none() {
        return new NoWires();
    }
}
