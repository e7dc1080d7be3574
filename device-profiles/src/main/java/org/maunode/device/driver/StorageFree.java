package org.maunode.device.driver;

import java.math.BigDecimal;
import org.maunode.device.wire.DiskSpace;

/** Bytes left on the disk that holds the home directory. */
record StorageFree(DiskSpace disk) implements Probe {

    @Override
    public BigDecimal measure() {
        return BigDecimal.valueOf(disk.usableBytes());
    }

    @Override
    public String technique() {
        return "statvfs on the home directory";
    }
}
