package org.maunode.device.driver;

import java.util.List;
import org.maunode.device.driver.KernelChip.Feature;
import org.maunode.device.driver.KernelChip.Interface;
import org.maunode.device.profile.DriverKind;
import org.maunode.device.profile.Quantity;

/**
 * Where the kernel shows the values of which chip. IIO counts in thousandths of a degree and of a percent, in
 * kilopascal and in lux; hwmon in thousandths of a degree, a percent, a volt and an ampere, and in millionths of a watt.
 */
final class Chips {
    private static final int KILO_TO_HECTO = 1;
    private static final int MILLI = -3;
    private static final int MICRO = -6;

    /** Every chip that the kernel's driver lm75 handles under a name of its own, and that speaks as an LM75 does. */
    private static final List<String> LM75 = List.of(
            "lm75",
            "lm75a",
            "lm75b",
            "ds75",
            "ds1775",
            "ds7505",
            "pct2075",
            "tmp75",
            "tmp75b",
            "tmp75c",
            "tmp100",
            "tmp101",
            "tmp105",
            "tmp112",
            "tmp175",
            "tmp275",
            "adt75",
            "max6625",
            "max6626",
            "mcp980x",
            "stds75",
            "stlm75",
            "tcn75",
            "g751",
            "at30ts74");

    private Chips() {}

    /** Whether the kind is a chip of the kernel's on an I2C bus. */
    static boolean isI2cChip(DriverKind kind) {
        return switch (kind) {
            case BME280, BMP280, BH1750, SHT3X, LM75, TMP102, INA219 -> true;
            default -> false;
        };
    }

    /** @throws IllegalArgumentException if the kind is none of the kernel's chips */
    static Feature feature(DriverKind kind, Quantity quantity) {
        return switch (kind) {
            case BME280 -> iio(List.of("bme280"), quantity);
            case BMP280 -> iio(List.of("bmp280", "bme280"), quantity);
            case DHT11, DHT22 -> iio(List.of("dht11", "dht22"), quantity);
            case BH1750 -> iio(List.of("bh1750"), quantity);
            case SHT3X -> hwmon(List.of("sht3x", "sts3x"), quantity);
            case LM75 -> hwmon(LM75, quantity);
            case TMP102 -> hwmon(List.of("tmp102"), quantity);
            case INA219 -> hwmon(List.of("ina219"), quantity);
            default -> throw new IllegalArgumentException(kind.id() + " is no chip of the kernel's");
        };
    }

    private static Feature iio(List<String> names, Quantity quantity) {
        return switch (quantity) {
            case AIR_TEMPERATURE -> new Feature(Interface.IIO, names, "in_temp", MILLI);
            case RELATIVE_HUMIDITY -> new Feature(Interface.IIO, names, "in_humidityrelative", MILLI);
            case AIR_PRESSURE -> new Feature(Interface.IIO, names, "in_pressure", KILO_TO_HECTO);
            case ILLUMINANCE -> new Feature(Interface.IIO, names, "in_illuminance", 0);
            default -> throw new IllegalArgumentException("no IIO chip of ours measures " + quantity.term());
        };
    }

    private static Feature hwmon(List<String> names, Quantity quantity) {
        return switch (quantity) {
            case AIR_TEMPERATURE -> new Feature(Interface.HWMON, names, "temp1", MILLI);
            case RELATIVE_HUMIDITY -> new Feature(Interface.HWMON, names, "humidity1", MILLI);
            case VOLTAGE -> new Feature(Interface.HWMON, names, "in1", MILLI);
            case CURRENT -> new Feature(Interface.HWMON, names, "curr1", MILLI);
            case POWER -> new Feature(Interface.HWMON, names, "power1", MICRO);
            default -> throw new IllegalArgumentException("no hwmon chip of ours measures " + quantity.term());
        };
    }
}
