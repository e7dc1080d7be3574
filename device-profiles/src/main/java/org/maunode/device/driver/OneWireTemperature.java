package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.KernelFiles;

/**
 * A thermometer of the DS18B20 family through the kernel's w1 driver (kernel: w1/slaves/w1_therm.rst). A read starts a
 * conversion and takes 0.75 s; the kernel checks the CRC.
 */
final class OneWireTemperature implements Probe {
    private static final String DEVICES = "/sys/bus/w1/devices/";
    private static final int MILLI = 3;
    private static final Duration CONVERSION = Duration.ofSeconds(1);

    /** What the chip says when it lost power before it had measured, and hardly ever because it is so hot. */
    private static final BigDecimal POWER_ON_VALUE = new BigDecimal("85.000");

    private static final BigDecimal NEAR_POWER_ON_VALUE = new BigDecimal("80");

    /** Family codes of the kernel's driver: DS18S20, DS1822, DS18B20, DS1825, DS28EA00. */
    private static final List<String> FAMILIES = List.of("10-", "22-", "28-", "3b-", "42-");

    /** What kernels before 5.10 show: the scratchpad twice, whether its CRC is right, and the temperature. */
    private static final Pattern OLD_FORM =
            Pattern.compile("[^\\n]* crc=[0-9a-f]{2} YES\\n[^\\n]* t=(-?[0-9]{1,6})\\n");

    private final KernelFiles kernel;
    private final Wiring wiring;
    private BigDecimal last = BigDecimal.ZERO;

    OneWireTemperature(KernelFiles kernel, Wiring wiring) {
        this.kernel = kernel;
        this.wiring = wiring;
    }

    @Override
    public BigDecimal measure() {
        String device = DEVICES + id();
        BigDecimal value = kernel.exists(device + "/temperature")
                ? KernelNumber.only(kernel, device + "/temperature").movePointLeft(MILLI)
                : old(device + "/w1_slave");
        if (value.compareTo(POWER_ON_VALUE) == 0 && last.compareTo(NEAR_POWER_ON_VALUE) < 0) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE, device + " gives 85 °C, its value before it has measured");
        }
        last = value;
        return value;
    }

    @Override
    public String technique() {
        return "DS18B20 through the kernel's w1 interface";
    }

    @Override
    public Duration patience() {
        return CONVERSION;
    }

    private BigDecimal old(String path) {
        String text = kernel.text(path);
        Matcher form = OLD_FORM.matcher(text);
        if (!form.matches()) {
            throw KernelNumber.malformed(path, text);
        }
        return KernelNumber.parse(path, form.group(1)).movePointLeft(MILLI);
    }

    /** The one that the profile names, or the first of the family that is there. */
    private String id() {
        if (wiring instanceof Wiring.OneWire(String id)) {
            return id;
        }
        return kernel.children(DEVICES).stream()
                .filter(name -> FAMILIES.stream().anyMatch(name::startsWith))
                .findFirst()
                .orElseThrow(
                        () -> new DriverException(DriverException.Reason.VANISHED, "no thermometer in " + DEVICES));
    }
}
