package org.maunode.device.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;

/**
 * A channel that measures.
 *
 * @param period how often it is sampled, from 1 second to 1 day
 */
public record SensorChannel(
        ChannelName name, String title, Device device, Scale scale, Duration period, Audience readers)
        implements Channel {

    /** The period where a profile names none. */
    public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

    public SensorChannel {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(readers);
        if (device.driver().isActuator() || !device.driver().offers(scale.quantity())) {
            throw new IllegalArgumentException(device.driver().id() + " does not measure "
                    + scale.quantity().term());
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period " + period);
        }
    }

    /** One line for people: what is measured, how often, and when it is published. */
    @Override
    public String summary() {
        return "%s, every %s, published %s".formatted(title, Unit.SECOND.spell(seconds()), occasion());
    }

    private BigDecimal seconds() {
        return BigDecimal.valueOf(period.toSeconds());
    }

    private String occasion() {
        BigDecimal band = resolution().deadBand();
        String amount = quantity().unit().map(unit -> unit.spell(band)).orElse("");
        return band.signum() == 0 ? "at every change" : "when it moved by more than " + amount;
    }
}
