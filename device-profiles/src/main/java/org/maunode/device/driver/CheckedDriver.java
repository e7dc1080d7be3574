package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;
import org.maunode.device.profile.Range;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.wire.WireException;

/** What every driver that is asked shares: one kind of failure, the sanity range, the channel's precision. */
record CheckedDriver(SensorChannel channel, Probe probe) implements Driver {

    @Override
    public Sample read() {
        try {
            return sample(sane(probe.measure()));
        } catch (WireException e) {
            throw DriverException.of(e);
        }
    }

    @Override
    public String technique() {
        return probe.technique();
    }

    @Override
    public Duration patience() {
        return probe.patience();
    }

    private Sample sample(BigDecimal value) {
        return channel.quantity().unit().isPresent()
                ? new Sample.Amount(channel.resolution().round(value))
                : new Sample.Switch(value.signum() != 0);
    }

    private BigDecimal sane(BigDecimal value) {
        Range range = channel.range();
        if (!range.contains(value)) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE,
                    "%s reads %s, outside %s to %s"
                            .formatted(
                                    channel.name(),
                                    value.toPlainString(),
                                    range.least().toPlainString(),
                                    range.most().toPlainString()));
        }
        return value;
    }
}
