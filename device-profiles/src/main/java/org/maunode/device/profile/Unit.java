package org.maunode.device.profile;

import java.math.BigDecimal;

/** The units of the vocabulary, by their UN/CEFACT Recommendation 20 codes. */
public enum Unit {
    CELSIUS("CEL", "°C"),
    PERCENT("P1", "%"),
    HECTOPASCAL("A97", "hPa"),
    LUX("LUX", "lx"),
    PARTS_PER_MILLION("59", "ppm"),
    MICROGRAM_PER_CUBIC_METRE("GQ", "µg/m³"),
    VOLT("VLT", "V"),
    AMPERE("AMP", "A"),
    WATT("WTT", "W"),
    KILOWATT_HOUR("KWH", "kWh"),
    CENTIMETRE("CMT", "cm"),
    DEGREE("DD", "°"),
    SECOND("SEC", "s"),
    DECIBEL_MILLIWATT("DBM", "dBm"),
    BYTE("AD", "bytes"),
    ONE("C62", "");

    private final String code;
    private final String text;

    Unit(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The code that {@code unitCode} carries. */
    public String code() {
        return code;
    }

    /** The unit as people write it behind a number; empty where things are merely counted. */
    public String text() {
        return text;
    }

    /** A number of this unit as people say it: {@code 21.4 °C}, {@code 24.5 GB}, {@code 3 d 4 h}. */
    public String spell(BigDecimal number) {
        return Spelling.of(number, this);
    }
}
