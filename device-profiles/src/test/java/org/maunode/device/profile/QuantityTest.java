package org.maunode.device.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class QuantityTest {
    /** The vocabulary's own list of measured properties, as its page has it. */
    private static final String PAGE =
            "airTemperature CEL, relativeHumidity P1, airPressure A97, illuminance LUX, co2 59,"
                    + " pm25 GQ, voltage VLT, current AMP, power WTT, energy KWH, distance CMT, angle DD, duration SEC, level P1,"
                    + " cpuTemperature CEL, signalStrength DBM, storageFree AD, count C62";

    @Test
    void haveTheUnitsOfTheVocabularyInItsOrder() {
        String ours = Arrays.stream(Quantity.values())
                .limit(18)
                .map(quantity ->
                        quantity.term() + " " + quantity.unit().orElseThrow().code())
                .collect(Collectors.joining(", "));
        assertEquals(PAGE, ours);
    }

    @Test
    void haveNoUnitWhereTheyAreTrueOrFalse() {
        for (Quantity quantity : new Quantity[] {Quantity.ON_OFF, Quantity.MOTION, Quantity.CONTACT}) {
            assertFalse(quantity.unit().isPresent());
        }
    }

    @Test
    void areNamedOnce() {
        assertEquals(
                Quantity.values().length,
                Arrays.stream(Quantity.values()).map(Quantity::term).distinct().count());
        assertEquals(
                Unit.values().length,
                Arrays.stream(Unit.values()).map(Unit::code).distinct().count());
    }
}
