package org.maunode.device.driver;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.maunode.device.profile.Setting;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;

/**
 * A channel of a PWM chip through {@code /sys/class/pwm} (kernel: driver-api/pwm.rst): exported, given its period, its
 * pulse and then its power, all in nanoseconds. The chip that was unplugged and came back is exported anew.
 */
final class PwmDuty implements Lever {
    private static final String CHIPS = "/sys/class/pwm/";
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int SERVO_HERTZ = 50;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HALF_TURN = BigDecimal.valueOf(180);

    private final KernelFiles kernel;
    private final String chip;
    private final int channel;
    private final long period;
    private final Pulse pulse;

    /** How long the pulse of a value is, in nanoseconds. */
    private interface Pulse {
        long of(BigDecimal value);
    }

    private PwmDuty(KernelFiles kernel, String chip, int channel, long period, Pulse pulse) {
        this.kernel = kernel;
        this.chip = chip;
        this.channel = channel;
        this.period = period;
        this.pulse = pulse;
    }

    static Lever open(KernelFiles kernel, Wiring.PwmOutput pwm) {
        long period = SECOND / pwm.hertz();
        return new PwmDuty(kernel, pwm.chip(), pwm.channel(), period, percent -> share(percent, HUNDRED, 0, period));
    }

    static Lever open(KernelFiles kernel, Wiring.ServoOutput servo) {
        long least = servo.least().toNanos();
        long most = servo.most().toNanos();
        return new PwmDuty(
                kernel,
                servo.chip(),
                servo.channel(),
                SECOND / SERVO_HERTZ,
                degrees -> share(degrees, HALF_TURN, least, most));
    }

    private static long share(BigDecimal value, BigDecimal whole, long least, long most) {
        BigDecimal span = BigDecimal.valueOf(most - least);
        return least
                + value.multiply(span).divide(whole, 0, RoundingMode.HALF_EVEN).longValueExact();
    }

    @Override
    public void move(Setting setting) {
        long duty = setting instanceof Setting.Level(BigDecimal value) ? pulse.of(value) : 0;
        if (!kernel.exists(directory())) {
            kernel.set(CHIPS + chip + "/export", Integer.toString(channel));
            set("period", period);
        }
        set("duty_cycle", duty);
        set("enable", 1);
    }

    @Override
    public String technique() {
        return "PWM channel " + channel + " of " + chip;
    }

    /** The last pulse goes on: a servo that lets go would let fall what it holds. */
    @Override
    public void release() {
        // The kernel keeps an exported channel as it is.
    }

    private String directory() {
        return CHIPS + chip + "/pwm" + channel;
    }

    private void set(String attribute, long value) {
        kernel.set(directory() + "/" + attribute, Long.toString(value));
    }
}
