package org.maunode.device.sampling;

import java.time.Instant;
import org.maunode.device.driver.DriverException;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.SensorChannel;

/** What is known of a channel at one moment: what a published reading says. */
public sealed interface Observed {
    SensorChannel channel();

    /** When the value was measured; where there never was one, when the first attempt failed. */
    Instant at();

    Quality quality();

    /** A value, with the time at which it was measured. */
    record Measured(SensorChannel channel, Sample sample, Instant at, Quality quality) implements Observed {
        /** The same, as one that was not renewed in time. */
        Measured stale() {
            return new Measured(channel, sample, at, Quality.STALE);
        }
    }

    /** The sensor fails since {@code since}; the last good value stands. */
    record Lost(Measured last, DriverException.Reason reason, Instant since) implements Observed {
        @Override
        public SensorChannel channel() {
            return last.channel();
        }

        @Override
        public Instant at() {
            return last.at();
        }

        @Override
        public Quality quality() {
            return Quality.FAULT;
        }
    }

    /** The sensor has failed from the first attempt on: there is no value. */
    record Missing(SensorChannel channel, DriverException.Reason reason, Instant at) implements Observed {
        @Override
        public Quality quality() {
            return Quality.FAULT;
        }
    }
}
