package org.maunode.device.profile;

/** The forms of wiring that drivers take, and whether a profile must say it. */
enum WiringForm {
    /** There is nothing to say. */
    NONE(true, "{}"),
    NETWORK_INTERFACE(true, "{\"interface\": \"wlan0\"}"),
    ONE_WIRE(true, "{\"id\": \"28-0316a2795eff\"}"),
    KERNEL_DEVICE(true, "{\"device\": \"dht11@4\"}"),
    I2C_CHIP(true, "{\"bus\": 1, \"address\": \"0x76\"}"),
    I2C_REGISTER(false, "{\"bus\": 1, \"address\": \"0x20\", \"register\": \"0x00\", \"bytes\": 2}"),
    GPIO_INPUT(false, "{\"pin\": 17}"),
    GPIO_OUTPUT(false, "{\"pin\": 17}"),
    PWM(false, "{\"chip\": \"pwmchip0\", \"channel\": 0}"),
    SERVO(false, "{\"chip\": \"pwmchip0\", \"channel\": 0}"),
    PROGRAM(false, "{\"program\": \"/usr/local/bin/name\"}");

    private final boolean isOptional;
    private final String example;

    WiringForm(boolean isOptional, String example) {
        this.isOptional = isOptional;
        this.example = example;
    }

    boolean isOptional() {
        return isOptional;
    }

    /** What a profile may write. */
    String example() {
        return example;
    }

    boolean admits(Wiring wiring) {
        return switch (wiring) {
            case Wiring.Any _ -> isOptional;
            case Wiring.NetworkInterface _ -> this == NETWORK_INTERFACE;
            case Wiring.OneWire _ -> this == ONE_WIRE;
            case Wiring.KernelDevice _ -> this == KERNEL_DEVICE;
            case Wiring.I2cChip _ -> this == I2C_CHIP;
            case Wiring.I2cRegister _ -> this == I2C_REGISTER;
            case Wiring.GpioLine _ -> this == GPIO_INPUT || this == GPIO_OUTPUT;
            case Wiring.PwmOutput _ -> this == PWM;
            case Wiring.ServoOutput _ -> this == SERVO;
            case Wiring.Program _ -> this == PROGRAM;
        };
    }
}
