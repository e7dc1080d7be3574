package org.maunode.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.maunode.ble.gatt.Central;
import org.maunode.ble.gatt.Peripheral;

/**
 * By which radios a peer takes part. Nothing of them is made before it is needed.
 *
 * @param frame the longest frame that is sent, in bytes, although a link would take longer ones
 * @param peripheral makes the adapter by which others find and call this peer; empty if they are not to
 * @param central makes the adapter that looks for others when somebody is sought; empty if nobody is to be sought
 * @param extras what any app may read beside what is Mau's
 */
public record Radios(
        int frame,
        Optional<Supplier<Peripheral>> peripheral,
        Optional<Supplier<Central>> central,
        List<Peripheral.Readable> extras) {
    public Radios {
        Objects.requireNonNull(peripheral);
        Objects.requireNonNull(central);
        extras = List.copyOf(extras);
    }

    /** The same radios, by which any app may read these too. */
    Radios with(List<Peripheral.Readable> values) {
        return new Radios(frame, peripheral, central, values);
    }
}
