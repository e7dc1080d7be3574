package org.maunode.device.driver;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.I2cBus;

/** A register of a chip that has no driver. */
record RegisterValue(I2cBus bus, Wiring.I2cRegister wiring) implements Probe {

    @Override
    public BigDecimal measure() {
        Wiring.I2cChip chip = wiring.chip();
        byte[] bytes = bus.read(chip.bus(), chip.address(), wiring.register(), wiring.bytes());
        if (bytes.length != wiring.bytes()) {
            throw new DriverException(
                    DriverException.Reason.MALFORMED,
                    chip.kernelName() + " gives " + bytes.length + " bytes instead of " + wiring.bytes());
        }
        return new BigDecimal(number(bytes)).multiply(wiring.factor()).add(wiring.offset());
    }

    @Override
    public String technique() {
        return "register 0x%02x of the I2C chip at 0x%02x"
                .formatted(wiring.register(), wiring.chip().address());
    }

    private BigInteger number(byte[] bytes) {
        return switch (wiring.encoding()) {
            case UNSIGNED -> new BigInteger(1, bytes);
            case SIGNED -> new BigInteger(bytes);
            case UNSIGNED_LITTLE_ENDIAN -> new BigInteger(1, reversed(bytes));
            case SIGNED_LITTLE_ENDIAN -> new BigInteger(reversed(bytes));
        };
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return reversed;
    }
}
