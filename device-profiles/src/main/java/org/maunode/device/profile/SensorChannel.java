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
        ChannelName name, String title, DriverKind driver, Quantity quantity, Duration period, Resolution resolution)
        implements Channel {

    /** The period where a profile names none. */
    public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(10);

    public SensorChannel {
        Objects.requireNonNull(name);
        Objects.requireNonNull(title);
        Objects.requireNonNull(resolution);
        if (!driver.quantities().contains(quantity)) {
            throw new IllegalArgumentException(driver.id() + " does not measure " + quantity.term());
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period " + period);
        }
    }

    /** The values that this channel can give. */
    public Range range() {
        return driver.range();
    }

    /** How far a published value may be from the truth: the sensor's own error, or what rounding adds if that is more. */
    public BigDecimal marginOfError() {
        BigDecimal rounding = resolution.precision().divide(BigDecimal.TWO);
        return driver.accuracy().max(rounding);
    }

    /** One line for people: what is measured, how often, and when it is published. */
    public String summary() {
        return "%s, every %s, published %s".formatted(title, Unit.SECOND.spell(seconds()), occasion());
    }

    private BigDecimal seconds() {
        return BigDecimal.valueOf(period.toSeconds());
    }

    private String occasion() {
        BigDecimal band = resolution.deadBand();
        String amount = quantity.unit().map(unit -> unit.spell(band)).orElse("");
        return band.signum() == 0 ? "at every change" : "when it moved by more than " + amount;
    }
}
