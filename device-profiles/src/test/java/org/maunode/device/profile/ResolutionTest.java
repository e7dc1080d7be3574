package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResolutionTest {
    private static Resolution steps(String precision) {
        return new Resolution(new BigDecimal(precision), BigDecimal.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 21.44, 21.4",
        "0.1, 21, 21.0",
        "0.5, 21.3, 21.5",
        "1, 1073.53, 1074",
        "1000, 266077434, 266077000",
        "1e6, 884342784, 884000000",
        "0.01, -0.004, 0.00",
        "0.1, -9.46, -9.5"
    })
    void roundsToTheNearestStepAndWritesItsDecimals(String precision, String value, String rounded) {
        assertEquals(rounded, steps(precision).round(new BigDecimal(value)).toPlainString());
    }

    @Test
    void staysWithinHalfAStepAndOnTheGrid() {
        Random random = new Random(11);
        for (String precision : new String[] {"0.1", "0.25", "3", "1000", "0.000001"}) {
            BigDecimal step = new BigDecimal(precision);
            for (int round = 0; round < 1000; round++) {
                BigDecimal value = BigDecimal.valueOf(random.nextLong(-1L << 50, 1L << 50), random.nextInt(10));
                BigDecimal rounded = steps(precision).round(value);
                assertEquals(0, rounded.remainder(step).signum());
                assertTrue(rounded.subtract(value)
                                .abs()
                                .add(rounded.subtract(value).abs())
                                .compareTo(step)
                        <= 0);
            }
        }
    }

    @Test
    void refusesStepsOfNothingAndBandsBelowIt() {
        assertThrows(IllegalArgumentException.class, () -> steps("0"));
        assertThrows(IllegalArgumentException.class, () -> new Resolution(BigDecimal.ONE, BigDecimal.valueOf(-1)));
    }
}
