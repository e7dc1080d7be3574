package org.maunode.runtime;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.maunode.ble.gatt.Peripheral.Readable;
import org.maunode.ble.gatt.StandardValues;
import org.maunode.device.Readers;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.ChannelName;
import org.maunode.device.profile.SensorChannel;
import org.maunode.device.sampling.Observed;
import org.maunode.device.sampling.Quality;
import org.maunode.device.wire.BoardIdentity;
import org.maunode.device.wire.KernelFiles;

/**
 * What a node offers by Bluetooth LE to any app that knows nothing of Mau (BLE-GATT-50): the readings that are public anyway
 * and have a characteristic of the Bluetooth SIG, one each, and what the public description says of the board. What is
 * sealed is not among it: whoever is near could read it. Thread-safe.
 */
final class StandardReadings {
    /** The name of the channel whose level is that of the board's battery; others are those of tanks and soils. */
    private static final String BATTERY = "battery";

    private static final int PASCAL_PER_HECTOPASCAL = 100;

    private final DeviceOptions options;
    private final Readers readers;
    private volatile Function<ChannelName, Optional<Observed>> latest = _ -> Optional.empty();

    /** @param readers of what the profile leaves open */
    StandardReadings(DeviceOptions options, Readers readers) {
        this.options = Objects.requireNonNull(options);
        this.readers = Objects.requireNonNull(readers);
    }

    /** From now on there are values. */
    void comeFrom(Devices devices) {
        latest = devices::latest;
    }

    /** All of it, in the profile's order; values that are not known now are offered as unknown. */
    List<Readable> offered() {
        List<Readable> offered = new ArrayList<>(isOpen() ? board() : List.of());
        Set<UUID> taken = new HashSet<>();
        options.profile().sensors().stream()
                .filter(this::isPublic)
                .flatMap(sensor -> characteristic(sensor).stream())
                .filter(readable -> taken.add(readable.characteristic()))
                .forEach(offered::add);
        return offered;
    }

    private boolean isOpen() {
        return readers instanceof Readers.Everyone;
    }

    private boolean isPublic(Channel channel) {
        return Readers.of(channel, readers) instanceof Readers.Everyone;
    }

    private List<Readable> board() {
        List<Readable> board = new ArrayList<>();
        board.add(StandardValues.softwareRevision(Version.current()));
        model().map(StandardValues::modelNumber).ifPresent(board::add);
        return board;
    }

    /** A simulated temperature looks like any other: the model is where an app can see what it reads. */
    private Optional<String> model() {
        return switch (options.board()) {
            case SIMULATED -> Optional.of("Simulated board");
            case REAL -> new BoardIdentity(KernelFiles.under(Path.of("/"))).model();
        };
    }

    private Optional<Readable> characteristic(SensorChannel sensor) {
        DoubleSupplier value = () -> value(sensor.name());
        return switch (sensor.quantity()) {
            case AIR_TEMPERATURE -> Optional.of(StandardValues.temperature(value));
            case RELATIVE_HUMIDITY -> Optional.of(StandardValues.humidity(value));
            case AIR_PRESSURE ->
                Optional.of(StandardValues.pressure(() -> value.getAsDouble() * PASCAL_PER_HECTOPASCAL));
            case LEVEL ->
                sensor.name().value().equals(BATTERY)
                        ? Optional.of(StandardValues.batteryLevel(value))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** These characteristics cannot say that a value is old: one that was not just measured is not known. */
    private double value(ChannelName sensor) {
        return latest.apply(sensor).map(StandardReadings::number).orElse(Double.NaN);
    }

    private static double number(Observed observed) {
        return observed instanceof Observed.Measured measured
                        && measured.quality() != Quality.STALE
                        && measured.sample() instanceof Sample.Amount(BigDecimal amount)
                ? amount.doubleValue()
                : Double.NaN;
    }
}
