package org.maunode.device.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BoardIdentityTest {
    private static final String MODEL = "/sys/firmware/devicetree/base/model";

    private final FakeKernelFiles kernel = new FakeKernelFiles();
    private final BoardIdentity board = new BoardIdentity(kernel);

    @Test
    void readsTheModelOfARaspberryPi() {
        BoardIdentity pi = new BoardIdentity(FakeKernelFiles.recorded("raspberry-pi-3"));
        assertEquals(Optional.of("Raspberry Pi 3 Model B"), pi.model());
        assertEquals(Optional.empty(), pi.serialNumber());
    }

    @Test
    void readsASerialNumberWithoutItsNul() {
        kernel.write("/sys/firmware/devicetree/base/serial-number", "10000000a1b2c3d4\0");
        assertEquals(Optional.of("10000000a1b2c3d4"), board.serialNumber());
    }

    @Test
    void joinsMakerAndProductOfAPc() {
        kernel.write("/sys/class/dmi/id/sys_vendor", "LENOVO\n")
                .write("/sys/class/dmi/id/product_name", "20XWCTO1WW\n");
        assertEquals(Optional.of("LENOVO 20XWCTO1WW"), board.model());
    }

    @Test
    void saysNothingWhereTheMakerSaidNothing() {
        kernel.write("/sys/class/dmi/id/sys_vendor", "To Be Filled By O.E.M.\n")
                .write("/sys/class/dmi/id/product_name", "\n");
        assertEquals(Optional.empty(), board.model());
        assertEquals(Optional.empty(), new BoardIdentity(FakeKernelFiles.recorded("virtual-server")).model());
    }

    @Test
    void saysNothingWhereReadingFails() {
        kernel.write(MODEL, "Pi\0").refuse(MODEL);
        assertEquals(Optional.empty(), board.model());
    }

    @Test
    void cutsWhatIsLongAndDropsWhatIsNotPrintable() {
        kernel.write(MODEL, "a\u0007b" + "x".repeat(200));
        assertEquals(Optional.of("a b" + "x".repeat(BoardIdentity.MAX_LENGTH - 3)), board.model());
    }
}
