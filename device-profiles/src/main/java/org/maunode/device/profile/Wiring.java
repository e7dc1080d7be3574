package org.maunode.device.profile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Where the chip, pin or program of a channel is. Names and numbers are the kernel's. */
public sealed interface Wiring {
    /** Wherever the driver finds it: the machine has one of the kind, or the first one is meant. */
    record Any() implements Wiring {}

    /** @param name as {@code ip link} shows it: {@code wlan0} */
    record NetworkInterface(String name) implements Wiring {}

    /** @param id as {@code /sys/bus/w1/devices} shows it: {@code 28-0316a2795eff} */
    record OneWire(String id) implements Wiring {}

    /** @param name of the kernel's IIO device, as its file {@code name} shows it: {@code dht11@4} */
    record KernelDevice(String name) implements Wiring {}

    /**
     * @param bus the number in {@code /dev/i2c-1}
     * @param address of 7 bits
     */
    record I2cChip(int bus, int address) implements Wiring {
        /** The name that the kernel gives the device: {@code 1-0076}. */
        public String kernelName() {
            return "%d-%04x".formatted(bus, address);
        }
    }

    /**
     * One register of a chip that has no driver: {@code value = number * factor + offset}.
     *
     * @param register its number, sent as one byte before it is read
     * @param bytes 1 to 4
     */
    record I2cRegister(I2cChip chip, int register, int bytes, Encoding encoding, BigDecimal factor, BigDecimal offset)
            implements Wiring {
        public I2cRegister {
            Objects.requireNonNull(chip);
            Objects.requireNonNull(encoding);
            Objects.requireNonNull(factor);
            Objects.requireNonNull(offset);
        }
    }

    /** How a register's bytes make a number. */
    enum Encoding {
        UNSIGNED,
        SIGNED,
        UNSIGNED_LITTLE_ENDIAN,
        SIGNED_LITTLE_ENDIAN
    }

    /**
     * A line of a GPIO chip.
     *
     * @param chip the kernel's name: {@code gpiochip0}
     * @param offset the line's number on that chip; on a Raspberry Pi the number behind "GPIO"
     * @param activeLow whether the low level means "on"
     * @param debounce an input must be still for this long before it counts; zero for outputs
     */
    record GpioLine(String chip, int offset, boolean activeLow, Pull pull, Duration debounce) implements Wiring {
        public GpioLine {
            Objects.requireNonNull(chip);
            Objects.requireNonNull(pull);
            Objects.requireNonNull(debounce);
        }

        static GpioLine output(String chip, int offset, boolean activeLow) {
            return new GpioLine(chip, offset, activeLow, Pull.NONE, Duration.ZERO);
        }

        GpioLine asInput(Pull resistor, Duration stillFor) {
            return new GpioLine(chip, offset, activeLow, resistor, stillFor);
        }
    }

    /** The resistor inside the chip that an open input hangs on. */
    enum Pull {
        NONE,
        UP,
        DOWN
    }

    /**
     * A channel of a PWM chip, whose duty says how much.
     *
     * @param chip the kernel's name: {@code pwmchip0}
     */
    record PwmOutput(String chip, int channel, int hertz) implements Wiring {
        public PwmOutput {
            Objects.requireNonNull(chip);
        }
    }

    /** A channel of a PWM chip that gives a servo 50 pulses a second, between these lengths for its two ends. */
    record ServoOutput(String chip, int channel, Duration least, Duration most) implements Wiring {
        public ServoOutput {
            Objects.requireNonNull(chip);
            Objects.requireNonNull(least);
            Objects.requireNonNull(most);
        }
    }

    /**
     * A program, run without a shell.
     *
     * @param path absolute
     */
    record Program(String path, List<String> arguments, Duration timeout) implements Wiring {
        public Program {
            Objects.requireNonNull(path);
            Objects.requireNonNull(timeout);
            arguments = List.copyOf(arguments);
        }
    }

    /** What a channel wired so needs, and may have to share. */
    default List<Claim> claims() {
        return switch (this) {
            case Any _, NetworkInterface _, OneWire _, KernelDevice _, Program _ -> List.of();
            case I2cChip chip -> List.of(Claim.shared(chip));
            case I2cRegister register -> List.of(Claim.shared(register.chip()));
            case GpioLine line -> List.of(Claim.exclusive("line " + line.offset() + " of " + line.chip()));
            case PwmOutput pwm -> List.of(Claim.exclusive("channel " + pwm.channel() + " of " + pwm.chip()));
            case ServoOutput servo -> List.of(Claim.exclusive("channel " + servo.channel() + " of " + servo.chip()));
        };
    }

    /**
     * @param what for people: {@code line 17 of gpiochip0}
     * @param isExclusive whether no second channel may use it; otherwise channels of the same driver may
     */
    record Claim(String what, boolean isExclusive) {
        static Claim shared(I2cChip chip) {
            return new Claim("address 0x%02x of i2c bus %d".formatted(chip.address(), chip.bus()), false);
        }

        static Claim exclusive(String what) {
            return new Claim(what, true);
        }
    }
}
