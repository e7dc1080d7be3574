package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.List;

/** The kinds of driver that a profile may name: what each measures, and what it can honestly say. */
public enum DriverKind {
    /** Broadcom states ±5 °C for the sensor of the Raspberry Pi's chips, and other makers no better. */
    CPU_TEMPERATURE("cpu-temperature", Range.of(-40, 150), 5, Quantity.CPU_TEMPERATURE),
    /** Linux allows at most 2^22 processes. */
    LOAD("load", Range.of(0, 1 << 22), 0, Quantity.SYSTEM_LOAD),
    MEMORY("memory", Range.of(0, Limits.EXACT_INTEGER), 0, Quantity.MEMORY_AVAILABLE),
    STORAGE("storage", Range.of(0, Limits.EXACT_INTEGER), 0, Quantity.STORAGE_FREE),
    /** A hundred years. */
    UPTIME("uptime", Range.of(0, 100L * 365 * 24 * 3600), 0, Quantity.UPTIME),
    NETWORK("network", Range.of(0, Limits.EXACT_INTEGER), 0, Quantity.NETWORK_RECEIVED, Quantity.NETWORK_SENT);

    private static final class Limits {
        /** Above 2^53 - 1 a JSON number is no longer exact for every reader (RFC 8259 section 6). */
        static final long EXACT_INTEGER = (1L << 53) - 1;
    }

    private final String id;
    private final Range range;
    private final BigDecimal accuracy;
    private final List<Quantity> quantities;

    DriverKind(String id, Range range, int accuracy, Quantity... quantities) {
        this.id = id;
        this.range = range;
        this.accuracy = BigDecimal.valueOf(accuracy);
        this.quantities = List.of(quantities);
    }

    /** The name that profiles and {@code mau:driver} use. */
    public String id() {
        return id;
    }

    /** Where its values must lie, in the unit of its quantity. */
    public Range range() {
        return range;
    }

    /** How far its values may be from the truth, in the unit of its quantity; 0 where the kernel counts exactly. */
    public BigDecimal accuracy() {
        return accuracy;
    }

    /** What it can measure; a channel takes one of them. */
    public List<Quantity> quantities() {
        return quantities;
    }
}
