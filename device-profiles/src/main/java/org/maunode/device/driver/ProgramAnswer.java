package org.maunode.device.driver;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.maunode.device.profile.Wiring;
import org.maunode.device.wire.Programs;

/** The last line that a program writes: a plain number, or one of on, off, true, false. */
record ProgramAnswer(Programs programs, Wiring.Program wiring) implements Probe {

    @Override
    public BigDecimal measure() {
        String output = programs.run(wiring.path(), wiring.arguments(), wiring.timeout());
        String last = output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (_, line) -> line);
        return switch (last.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> BigDecimal.ONE;
            case "off", "false" -> BigDecimal.ZERO;
            default -> KernelNumber.parse("the last line of " + wiring.path(), last);
        };
    }

    @Override
    public String technique() {
        return "program " + wiring.path().substring(wiring.path().lastIndexOf('/') + 1);
    }

    @Override
    public Duration patience() {
        return wiring.timeout();
    }
}
