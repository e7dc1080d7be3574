package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;
import org.maunode.device.wire.WireException;

/** A sensor whose reads fail now and then as a matter of course: it is asked a few times before that is a fault. */
record Persistent(Probe probe, int attempts) implements Probe {

    @Override
    public BigDecimal measure() {
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                return probe.measure();
            } catch (WireException garbled) {
                if (garbled.reason() == WireException.Reason.VANISHED) {
                    throw garbled;
                }
            }
        }
        return probe.measure();
    }

    @Override
    public String technique() {
        return probe.technique();
    }

    /** The kernel's driver gives up after a second. */
    @Override
    public Duration patience() {
        return Duration.ofSeconds(attempts);
    }
}
