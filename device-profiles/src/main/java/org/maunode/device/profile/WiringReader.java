package org.maunode.device.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The {@code wiring} of a channel, in the form that its driver takes. */
final class WiringReader {
    static final int MAX_ARGUMENTS = 16;
    static final int MAX_ARGUMENT = 200;
    static final int MAX_TIMEOUT_SECONDS = 60;
    static final int MAX_DEBOUNCE_MILLIS = 10_000;
    static final int MAX_LINE = 1023;
    static final int MAX_HERTZ = 100_000;

    private static final int DEFAULT_DEBOUNCE_MILLIS = 20;
    private static final int DEFAULT_TIMEOUT_SECONDS = 5;
    private static final int DEFAULT_HERTZ = 1000;
    private static final int DEFAULT_LEAST_MICROS = 1000;
    private static final int DEFAULT_MOST_MICROS = 2000;

    /** A servo's pulse; half a millisecond more or less than usual is found, more is a mistake. */
    private static final int LEAST_MICROS = 400;

    private static final int MOST_MICROS = 2600;

    private static final Range FACTOR =
            new Range(BigDecimal.valueOf(-1_000_000_000), BigDecimal.valueOf(1_000_000_000));

    private static final Predicate<String> INTERFACE =
            Pattern.compile("[!-.0-~]{1,15}").asMatchPredicate().and(name -> !name.equals(".") && !name.equals(".."));
    private static final Predicate<String> ONE_WIRE =
            Pattern.compile("(10|22|28|3b|42)-[0-9a-f]{12}").asMatchPredicate();
    private static final Predicate<String> DEVICE =
            Pattern.compile("[!-.0-~]{1,64}").asMatchPredicate();
    private static final Predicate<String> GPIO_CHIP =
            Pattern.compile("gpiochip[0-9]{1,3}").asMatchPredicate();
    private static final Predicate<String> PWM_CHIP =
            Pattern.compile("pwmchip[0-9]{1,3}").asMatchPredicate();
    private static final Predicate<String> BYTE =
            Pattern.compile("0x[0-9a-fA-F]{2}").asMatchPredicate();

    /** Addresses below and above are reserved (UM10204, section 3.1.12). */
    private static final Predicate<String> ADDRESS = BYTE.and(text -> hex(text) >= 0x08 && hex(text) <= 0x77);

    private static final Predicate<String> ABSOLUTE =
            path -> path.startsWith("/") && !path.endsWith("/") && path.length() <= 255 && path.indexOf(0) < 0;

    private final Fields channel;
    private final Problems problems;

    WiringReader(Fields channel, Problems problems) {
        this.channel = channel;
        this.problems = problems;
    }

    Optional<Wiring> read(Optional<DriverKind> driver) {
        boolean said = channel.offers("wiring");
        return driver.flatMap(kind -> said ? said(kind) : unsaid(kind));
    }

    private Optional<Wiring> unsaid(DriverKind kind) {
        if (!kind.form().isOptional()) {
            problems.add(
                    channel.place(),
                    "driver \"" + kind.id() + "\" needs \"wiring\"",
                    "add \"wiring\": " + kind.form().example());
            return Optional.empty();
        }
        return Optional.of(new Wiring.Any());
    }

    private Optional<Wiring> said(DriverKind kind) {
        if (kind.form() == WiringForm.NONE) {
            channel.refuse("wiring", "is nothing that driver \"" + kind.id() + "\" has", "remove it");
            return Optional.empty();
        }
        return channel.members("wiring")
                .map(object -> new Fields(object, problems))
                .flatMap(fields -> {
                    Optional<Wiring> wiring = read(kind.form(), fields);
                    fields.refuseOthers();
                    return wiring;
                });
    }

    private static Optional<Wiring> read(WiringForm form, Fields fields) {
        return switch (form) {
            case NONE -> Optional.empty();
            case NETWORK_INTERFACE ->
                fields.text("interface", INTERFACE, "write a name that \"ip link\" shows")
                        .map(Wiring.NetworkInterface::new);
            case ONE_WIRE ->
                fields.text("id", ONE_WIRE, "write it as /sys/bus/w1/devices shows it, 28- and 12 digits")
                        .map(Wiring.OneWire::new);
            case KERNEL_DEVICE ->
                fields.text("device", DEVICE, "write what /sys/bus/iio/devices/*/name shows")
                        .map(Wiring.KernelDevice::new);
            case I2C_CHIP -> chip(fields).map(chip -> chip);
            case I2C_REGISTER -> register(fields);
            case GPIO_INPUT -> input(fields);
            case GPIO_OUTPUT -> line(fields).map(line -> line);
            case PWM -> pwm(fields);
            case SERVO -> servo(fields);
            case PROGRAM -> program(fields);
        };
    }

    private static Optional<Wiring.I2cChip> chip(Fields fields) {
        Optional<Integer> bus = fields.whole("bus", 0, 255);
        Optional<String> address = fields.text("address", ADDRESS, "write \"0x08\" to \"0x77\", as i2cdetect shows it");
        return bus.flatMap(b -> address.map(a -> new Wiring.I2cChip(b, hex(a))));
    }

    private static Optional<Wiring> register(Fields fields) {
        Optional<Wiring.I2cChip> chip = chip(fields);
        Optional<String> register = fields.text("register", BYTE, "write \"0x00\" to \"0xff\"");
        Optional<Integer> bytes = fields.whole("bytes", 1, 4);
        Optional<Boolean> signed = flag(fields, "signed");
        Optional<Boolean> little = flag(fields, "littleEndian");
        Optional<Wiring.Encoding> encoding = signed.flatMap(s -> little.map(l -> encoding(s, l)));
        Optional<BigDecimal> factor = number(fields, "factor", BigDecimal.ONE);
        Optional<BigDecimal> offset = number(fields, "offset", BigDecimal.ZERO);
        return chip.flatMap(c -> register.flatMap(r -> bytes.flatMap(b -> encoding.flatMap(
                e -> factor.flatMap(f -> offset.map(o -> new Wiring.I2cRegister(c, hex(r), b, e, f, o)))))));
    }

    private static Wiring.Encoding encoding(boolean signed, boolean littleEndian) {
        if (littleEndian) {
            return signed ? Wiring.Encoding.SIGNED_LITTLE_ENDIAN : Wiring.Encoding.UNSIGNED_LITTLE_ENDIAN;
        }
        return signed ? Wiring.Encoding.SIGNED : Wiring.Encoding.UNSIGNED;
    }

    private static Optional<Wiring> input(Fields fields) {
        Optional<Wiring.GpioLine> line = line(fields);
        Optional<Wiring.Pull> pull =
                fields.offers("pull") ? fields.word("pull", Words.PULLS) : Optional.of(Wiring.Pull.NONE);
        Optional<Duration> debounce = whole(fields, "debounceMillis", 0, MAX_DEBOUNCE_MILLIS, DEFAULT_DEBOUNCE_MILLIS)
                .map(Duration::ofMillis);
        return line.flatMap(wired -> pull.flatMap(p -> debounce.map(d -> wired.asInput(p, d))));
    }

    private static Optional<Wiring.GpioLine> line(Fields fields) {
        Optional<String> chip = fields.offers("chip")
                ? fields.text("chip", GPIO_CHIP, "write a name that \"gpiodetect\" shows")
                : Optional.of("gpiochip0");
        Optional<Integer> pin = fields.whole("pin", 0, MAX_LINE);
        Optional<Boolean> activeLow = flag(fields, "activeLow");
        return chip.flatMap(c -> pin.flatMap(p -> activeLow.map(low -> Wiring.GpioLine.output(c, p, low))));
    }

    private static Optional<Wiring> pwm(Fields fields) {
        Optional<String> chip = pwmChip(fields);
        Optional<Integer> channel = fields.whole("channel", 0, 255);
        Optional<Integer> hertz = whole(fields, "hertz", 1, MAX_HERTZ, DEFAULT_HERTZ);
        return chip.flatMap(c -> channel.flatMap(n -> hertz.map(h -> new Wiring.PwmOutput(c, n, h))));
    }

    private static Optional<Wiring> servo(Fields fields) {
        Optional<String> chip = pwmChip(fields);
        Optional<Integer> channel = fields.whole("channel", 0, 255);
        Optional<Integer> least = whole(fields, "leastMicros", LEAST_MICROS, MOST_MICROS - 1, DEFAULT_LEAST_MICROS);
        int above = least.orElse(LEAST_MICROS) + 1;
        Optional<Integer> most = whole(fields, "mostMicros", above, MOST_MICROS, Math.max(above, DEFAULT_MOST_MICROS));
        return chip.flatMap(c -> channel.flatMap(
                n -> least.flatMap(l -> most.map(m -> new Wiring.ServoOutput(c, n, micros(l), micros(m))))));
    }

    private static Duration micros(int count) {
        return Duration.ofNanos(count * 1000L);
    }

    private static Optional<String> pwmChip(Fields fields) {
        return fields.text("chip", PWM_CHIP, "write a name that /sys/class/pwm shows, like \"pwmchip0\"");
    }

    private static Optional<Wiring> program(Fields fields) {
        Optional<String> path = fields.text("program", ABSOLUTE, "write the absolute path of a program");
        Optional<List<String>> arguments = fields.offers("arguments")
                ? fields.texts("arguments", MAX_ARGUMENTS, MAX_ARGUMENT)
                : Optional.of(List.of());
        Optional<Duration> timeout = whole(fields, "timeoutSeconds", 1, MAX_TIMEOUT_SECONDS, DEFAULT_TIMEOUT_SECONDS)
                .map(Duration::ofSeconds);
        return path.flatMap(p -> arguments.flatMap(a -> timeout.map(t -> new Wiring.Program(p, a, t))));
    }

    private static Optional<Boolean> flag(Fields fields, String key) {
        return fields.offers(key) ? fields.flag(key) : Optional.of(false);
    }

    private static Optional<BigDecimal> number(Fields fields, String key, BigDecimal otherwise) {
        return fields.offers(key) ? fields.number(key, FACTOR) : Optional.of(otherwise);
    }

    private static Optional<Integer> whole(Fields fields, String key, int least, int most, int otherwise) {
        return fields.offers(key) ? fields.whole(key, least, most) : Optional.of(otherwise);
    }

    private static int hex(String text) {
        return Integer.parseInt(text, 2, text.length(), 16);
    }
}
