package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of driver that a profile may name: what each measures or sets, and what it can honestly say. */
public enum DriverKind {
    /** Broadcom states ±5 °C for the sensor of the Raspberry Pi's chips, and other makers no better. */
    CPU_TEMPERATURE("cpu-temperature", WiringForm.NONE, of(Quantity.CPU_TEMPERATURE, -40, 150, "5")),
    /** Linux allows at most 2^22 processes. */
    LOAD("load", WiringForm.NONE, of(Quantity.SYSTEM_LOAD, 0, 1 << 22, "0")),
    MEMORY("memory", WiringForm.NONE, of(Quantity.MEMORY_AVAILABLE, 0, Limits.EXACT_INTEGER, "0")),
    STORAGE("storage", WiringForm.NONE, of(Quantity.STORAGE_FREE, 0, Limits.EXACT_INTEGER, "0")),
    /** A hundred years. */
    UPTIME("uptime", WiringForm.NONE, of(Quantity.UPTIME, 0, 100L * 365 * 24 * 3600, "0")),
    NETWORK(
            "network",
            WiringForm.NETWORK_INTERFACE,
            of(Quantity.NETWORK_RECEIVED, 0, Limits.EXACT_INTEGER, "0"),
            of(Quantity.NETWORK_SENT, 0, Limits.EXACT_INTEGER, "0")),
    /** IEEE 802.11 asks for ±5 dB of a received power indicator. */
    WIFI_SIGNAL("wifi-signal", WiringForm.NETWORK_INTERFACE, of(Quantity.SIGNAL_STRENGTH, -120, 0, "5")),

    /** Maxim's data sheet: ±0.5 °C from -10 to 85 °C; ±2 °C over all. */
    DS18B20("ds18b20", WiringForm.ONE_WIRE, of(Quantity.AIR_TEMPERATURE, -55, 125, "0.5")),
    /** Bosch's data sheet: ±1 °C, ±3 %, ±1 hPa. */
    BME280(
            "bme280",
            WiringForm.I2C_CHIP,
            of(Quantity.AIR_TEMPERATURE, -40, 85, "1"),
            of(Quantity.RELATIVE_HUMIDITY, 0, 100, "3"),
            of(Quantity.AIR_PRESSURE, 300, 1100, "1")),
    BMP280(
            "bmp280",
            WiringForm.I2C_CHIP,
            of(Quantity.AIR_TEMPERATURE, -40, 85, "1"),
            of(Quantity.AIR_PRESSURE, 300, 1100, "1")),
    DHT11(
            "dht11",
            WiringForm.KERNEL_DEVICE,
            of(Quantity.AIR_TEMPERATURE, 0, 50, "2"),
            of(Quantity.RELATIVE_HUMIDITY, 0, 100, "5")),
    DHT22(
            "dht22",
            WiringForm.KERNEL_DEVICE,
            of(Quantity.AIR_TEMPERATURE, -40, 80, "0.5"),
            of(Quantity.RELATIVE_HUMIDITY, 0, 100, "5")),
    SHT3X(
            "sht3x",
            WiringForm.I2C_CHIP,
            of(Quantity.AIR_TEMPERATURE, -40, 125, "0.3"),
            of(Quantity.RELATIVE_HUMIDITY, 0, 100, "3")),
    /** ROHM's data sheet gives a factor of 0.96 to 1.44 between chips; the margin is that of an ordinary room. */
    BH1750("bh1750", WiringForm.I2C_CHIP, of(Quantity.ILLUMINANCE, 0, 121_557, "100")),
    LM75("lm75", WiringForm.I2C_CHIP, of(Quantity.AIR_TEMPERATURE, -55, 125, "2")),
    TMP102("tmp102", WiringForm.I2C_CHIP, of(Quantity.AIR_TEMPERATURE, -55, 150, "2")),
    /** Bus voltage up to 32 V (26 V safely); current and power depend on the shunt, 0.1 ohm on the common boards. */
    INA219(
            "ina219",
            WiringForm.I2C_CHIP,
            of(Quantity.VOLTAGE, 0, 32, "0.05"),
            of(Quantity.CURRENT, -400, 400, "0.01"),
            of(Quantity.POWER, 0, 12_800, "0.1")),

    BUTTON("button", WiringForm.GPIO_INPUT, onOff(Quantity.ON_OFF)),
    CONTACT("contact", WiringForm.GPIO_INPUT, onOff(Quantity.CONTACT)),
    MOTION("motion", WiringForm.GPIO_INPUT, onOff(Quantity.MOTION)),

    RELAY("relay", WiringForm.GPIO_OUTPUT, onOff(Quantity.ON_OFF)),
    LED("led", WiringForm.GPIO_OUTPUT, onOff(Quantity.ON_OFF)),
    PWM("pwm", WiringForm.PWM, of(Quantity.LEVEL, 0, 100, "0")),
    SERVO("servo", WiringForm.SERVO, of(Quantity.ANGLE, 0, 180, "2")),

    /** A way out: what it measures, in which range and how exactly, only the profile can say. */
    I2C_REGISTERS("i2c-registers", WiringForm.I2C_REGISTER, numbers()),
    /** Another one. */
    SCRIPT("script", WiringForm.PROGRAM, anything());

    /** One quantity as a kind of driver gives it. */
    private record Offer(Quantity quantity, Range range, BigDecimal accuracy) {}

    private static final class Limits {
        /** Above 2^53 - 1 a JSON number is no longer exact for every reader (RFC 8259 section 6). */
        static final long EXACT_INTEGER = (1L << 53) - 1;
    }

    private static final EnumSet<DriverKind> ACTUATORS = EnumSet.of(RELAY, LED, PWM, SERVO);
    private static final EnumSet<DriverKind> OPEN_ENDED = EnumSet.of(I2C_REGISTERS, SCRIPT);

    private final String id;
    private final WiringForm form;
    private final List<Offer> offers;

    DriverKind(String id, WiringForm form, Offer... offers) {
        this.id = id;
        this.form = form;
        this.offers = List.of(offers);
    }

    private static Offer of(Quantity quantity, long least, long most, String accuracy) {
        return new Offer(quantity, Range.of(least, most), new BigDecimal(accuracy));
    }

    private static Offer onOff(Quantity quantity) {
        return of(quantity, 0, 1, "0");
    }

    private static Offer[] numbers() {
        return Stream.of(anything())
                .filter(offer -> offer.quantity().unit().isPresent())
                .toArray(Offer[]::new);
    }

    private static Offer[] anything() {
        return Arrays.stream(Quantity.values())
                .map(quantity -> quantity.unit()
                        .map(unit -> of(quantity, -Limits.EXACT_INTEGER, Limits.EXACT_INTEGER, "0"))
                        .orElseGet(() -> onOff(quantity)))
                .toArray(Offer[]::new);
    }

    /** The name that profiles and {@code mau:driver} use. */
    public String id() {
        return id;
    }

    WiringForm form() {
        return form;
    }

    /** Whether it sets something; the others measure. */
    public boolean isActuator() {
        return ACTUATORS.contains(this);
    }

    /** Whether the range and accuracy of its numbers are for the profile to say. */
    boolean isOpenEnded() {
        return OPEN_ENDED.contains(this);
    }

    /** What it can measure or set; a channel takes one of them. */
    public List<Quantity> quantities() {
        return offers.stream().map(Offer::quantity).toList();
    }

    /** Whether {@code quantity} is one of its own. */
    public boolean offers(Quantity quantity) {
        return quantities().contains(quantity);
    }

    /** Where its values of one of its quantities must lie, in the unit of that quantity. */
    public Range range(Quantity quantity) {
        return offer(quantity).range();
    }

    /** How far they may be from the truth, in the same unit; 0 where the kernel counts exactly. */
    public BigDecimal accuracy(Quantity quantity) {
        return offer(quantity).accuracy();
    }

    private Offer offer(Quantity quantity) {
        return offers.stream()
                .filter(offer -> offer.quantity() == quantity)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " has no " + quantity.term()));
    }
}
