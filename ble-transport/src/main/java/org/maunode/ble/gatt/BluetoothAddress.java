package org.maunode.ble.gatt;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The address of a Bluetooth device, or of an adapter: six bytes. It names, and proves nothing: phones change theirs every
 * quarter of an hour.
 *
 * @param text {@code 00:AA:01:00:00:23}, in capitals as BlueZ writes it
 */
public record BluetoothAddress(String text) implements Comparable<BluetoothAddress> {
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2}){5}");

    public BluetoothAddress {
        Objects.requireNonNull(text);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no Bluetooth address, as in 00:AA:01:00:00:23");
        }
    }

    /**
     * Reads an address in letters of either case.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static BluetoothAddress parse(String text) {
        return new BluetoothAddress(text.toUpperCase(Locale.ROOT));
    }

    @Override
    public int compareTo(BluetoothAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
