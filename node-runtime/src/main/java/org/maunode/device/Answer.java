package org.maunode.device;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.maunode.device.driver.Driver;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;

/** What one read of a sensor gave. */
sealed interface Answer {
    Logger LOG = Logger.getLogger("org.maunode.device");

    record Value(Sample sample) implements Answer {}

    /** @param message for the log */
    record Fault(DriverException.Reason reason, String message) implements Answer {}

    /** Reads a sensor. A driver with a defect is a sensor that cannot be read: the others go on. */
    static Answer of(Driver driver) {
        try {
            return new Value(driver.read());
        } catch (DriverException fault) {
            return new Fault(fault.reason(), fault.getMessage());
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, driver.technique() + " met a defect", defect);
            return new Fault(DriverException.Reason.UNREADABLE, defect.toString());
        }
    }
}
