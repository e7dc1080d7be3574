package org.maunode.device.wire.pi4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2CConfigBuilder;
import com.pi4j.plugin.mock.provider.i2c.MockI2C;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import org.junit.jupiter.api.Test;
import org.maunode.device.wire.I2cBus;
import org.maunode.device.wire.WireException;

/** Our buses on Pi4J, with its own mock at the end. */
final class Pi4jI2cTest {
    private int opened;

    private Buses buses() {
        opened++;
        MockI2CProvider provider = MockI2CProvider.newInstance();
        Context context =
                Pi4J.newContextBuilder().add(provider).disableShutdownHook().build();
        Buses buses = new Buses(context, provider);
        MockI2C chip = (MockI2C) provider.create(I2CConfigBuilder.newInstance(context)
                .id("mau-i2c-1-32")
                .bus(1)
                .device(0x20)
                .build());
        chip.writeRegister(0x0a, new byte[] {1, 2, 3});
        buses.put("mau-i2c-1-32", chip);
        return buses;
    }

    @Test
    void readsTheRegisterOfTheChip() {
        try (Pi4jI2c i2c = new Pi4jI2c(this::buses)) {
            assertArrayEquals(new byte[] {1, 2}, i2c.read(1, 0x20, 0x0a, 2));
            assertEquals(1, opened);
        }
    }

    @Test
    void aChipThatGivesTooLittleIsAFaultAndTheBusIsOpenedAnew() {
        try (Pi4jI2c i2c = new Pi4jI2c(this::buses)) {
            WireException fault = assertThrows(WireException.class, () -> i2c.read(1, 0x20, 0x0b, 2));
            assertTrue(fault.getMessage().contains("bytes instead of 2"), fault.getMessage());
            assertArrayEquals(new byte[] {1, 2, 3}, i2c.read(1, 0x20, 0x0a, 3));
            assertEquals(2, opened);
        }
    }

    @Test
    void aBusThatIsNotThereIsAFault() {
        try (Pi4jI2c real = new Pi4jI2c()) {
            WireException fault = assertThrows(WireException.class, () -> real.read(250, 0x20, 0, 1));
            assertTrue(
                    fault.getMessage().startsWith("register 0x00 of the chip at 0x20 on i2c bus 250"),
                    fault.getMessage());
        }
    }

    @Test
    void asksForNoMoreThanOneTransactionCanGive() {
        try (Pi4jI2c i2c = new Pi4jI2c(this::buses)) {
            assertThrows(IllegalArgumentException.class, () -> i2c.read(1, 0x20, 0, I2cBus.MAX_BYTES + 1));
            assertThrows(IllegalArgumentException.class, () -> i2c.read(1, 0x20, 0, 0));
            assertEquals(0, opened);
        }
    }
}
