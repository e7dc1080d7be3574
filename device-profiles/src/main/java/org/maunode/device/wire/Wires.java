package org.maunode.device.wire;

import java.nio.file.Path;
import java.util.Objects;

/** Every wire of one machine that a driver may ask for. */
public record Wires(KernelFiles kernel, DiskSpace disk) {
    public Wires {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(disk);
    }

    /** The wires of the machine that runs this, with the disk that holds {@code home}. */
    public static Wires ofThisMachine(Path home) {
        return new Wires(KernelFiles.under(Path.of("/")), DiskSpace.holding(home));
    }
}
