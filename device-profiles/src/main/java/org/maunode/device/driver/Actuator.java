package org.maunode.device.driver;

import org.maunode.device.profile.Setting;

/**
 * An actuator that is open: it was put into its fail-safe state when it was opened. One thread uses it at a time.
 *
 * <p>It obeys at once and keeps no rules: for how long, how often and by whom it may be set is decided by whoever calls.
 */
public interface Actuator extends AutoCloseable {
    /**
     * Sets it, and returns when the kernel has accepted that. Setting it to what it is, does it again: after a fault the
     * same call may be repeated.
     *
     * @param setting one that the channel accepts; a number is rounded to the channel's precision
     * @throws DriverException if it is not sure that it is set; {@link #state} is then what was last known
     * @throws IllegalArgumentException if the channel does not accept it
     */
    void set(Setting setting);

    /** What it was set to last, by {@link #set} or by opening it. */
    Setting state();

    /** How it is driven, for people: {@code GPIO line 17 of gpiochip0}. */
    String technique();

    /** Puts it into its fail-safe state, if it still answers, and lets go of it. A second call does nothing. */
    @Override
    void close();
}
