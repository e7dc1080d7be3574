package org.maunode.ble.gatt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.maunode.ble.gatt.Peripheral.Readable;

/**
 * Characteristics that the Bluetooth SIG assigned, so that any app shows them (BLE-GATT-50, 51; "GATT Specification Supplement").
 * A supplier that knows no value gives {@link Double#NaN}.
 */
public final class StandardValues {
    private static final int DEVICE_INFORMATION = 0x180A;
    private static final int ENVIRONMENTAL_SENSING = 0x181A;
    private static final int BATTERY = 0x180F;

    private static final byte[] UNKNOWN_TEMPERATURE = {0, (byte) 0x80};
    private static final byte[] UNKNOWN_HUMIDITY = {(byte) 0xff, (byte) 0xff};

    /** Their specifications keep no value for what is not known. */
    private static final byte[] NOTHING = {};

    private StandardValues() {}

    /**
     * @param celsius degrees
     */
    public static Readable temperature(DoubleSupplier celsius) {
        return readable(
                ENVIRONMENTAL_SENSING,
                0x2A6E,
                () -> number(2, celsius.getAsDouble() * 100, -27_315, 32_767, UNKNOWN_TEMPERATURE));
    }

    /**
     * @param percent relative
     */
    public static Readable humidity(DoubleSupplier percent) {
        return readable(
                ENVIRONMENTAL_SENSING,
                0x2A6F,
                () -> number(2, percent.getAsDouble() * 100, 0, 10_000, UNKNOWN_HUMIDITY));
    }

    /**
     * @param pascal absolute
     */
    public static Readable pressure(DoubleSupplier pascal) {
        return readable(
                ENVIRONMENTAL_SENSING, 0x2A6D, () -> number(4, pascal.getAsDouble() * 10, 0, 0xFFFF_FFFFL, NOTHING));
    }

    /**
     * @param percent of a full battery
     */
    public static Readable batteryLevel(DoubleSupplier percent) {
        return readable(BATTERY, 0x2A19, () -> number(1, percent.getAsDouble(), 0, 100, NOTHING));
    }

    public static Readable manufacturerName(String name) {
        return text(0x2A29, name);
    }

    public static Readable modelNumber(String model) {
        return text(0x2A24, model);
    }

    public static Readable softwareRevision(String version) {
        return text(0x2A28, version);
    }

    private static Readable text(int characteristic, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return readable(DEVICE_INFORMATION, characteristic, value::clone);
    }

    private static Readable readable(int service, int characteristic, Supplier<byte[]> value) {
        return new Readable(assigned(service), assigned(characteristic), value);
    }

    /** The UUID of a number that the Bluetooth SIG assigned. */
    public static UUID assigned(int number) {
        return UUID.fromString("%08x-0000-1000-8000-00805f9b34fb".formatted(number));
    }

    private static byte[] number(int bytes, double value, long least, long most, byte[] unknown) {
        boolean known = value >= least && value <= most;
        return known ? encoded(bytes, Math.round(value)) : unknown.clone();
    }

    private static byte[] encoded(int bytes, long number) {
        ByteBuffer all =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, number);
        byte[] encoded = new byte[bytes];
        all.get(0, encoded);
        return encoded;
    }
}
