package org.maunode.device.wire;

import java.nio.file.Path;
import java.util.Objects;

/** Every wire of one machine that a driver may ask for. */
public record Wires(KernelFiles kernel, DiskSpace disk, GpioLines gpio, I2cBus i2c, Programs programs) {
    public Wires {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(disk);
        Objects.requireNonNull(gpio);
        Objects.requireNonNull(i2c);
        Objects.requireNonNull(programs);
    }

    /** Wires of the kernel's files alone. */
    public Wires(KernelFiles kernel, DiskSpace disk) {
        this(kernel, disk, GpioLines.none(), I2cBus.none(), Programs.none());
    }

    /** The wires of the machine that runs this, with the disk that holds {@code home}; without GPIO and I2C. */
    public static Wires ofThisMachine(Path home) {
        return new Wires(
                KernelFiles.under(Path.of("/")),
                DiskSpace.holding(home),
                GpioLines.none(),
                I2cBus.none(),
                new ChildPrograms());
    }

    /** The same machine with its GPIO and its I2C buses. */
    public Wires with(GpioLines lines, I2cBus buses) {
        return new Wires(kernel, disk, lines, buses, programs);
    }
}
