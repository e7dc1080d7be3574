package org.maunode.device.profile;

import java.util.Optional;

/** What can be measured: the vocabulary's properties, each with its one unit, or with none if it is on or off. */
public enum Quantity {
    AIR_TEMPERATURE("airTemperature", Unit.CELSIUS),
    RELATIVE_HUMIDITY("relativeHumidity", Unit.PERCENT),
    AIR_PRESSURE("airPressure", Unit.HECTOPASCAL),
    ILLUMINANCE("illuminance", Unit.LUX),
    CO2("co2", Unit.PARTS_PER_MILLION),
    PM25("pm25", Unit.MICROGRAM_PER_CUBIC_METRE),
    VOLTAGE("voltage", Unit.VOLT),
    CURRENT("current", Unit.AMPERE),
    POWER("power", Unit.WATT),
    ENERGY("energy", Unit.KILOWATT_HOUR),
    DISTANCE("distance", Unit.CENTIMETRE),
    ANGLE("angle", Unit.DEGREE),
    DURATION("duration", Unit.SECOND),
    LEVEL("level", Unit.PERCENT),
    CPU_TEMPERATURE("cpuTemperature", Unit.CELSIUS),
    SIGNAL_STRENGTH("signalStrength", Unit.DECIBEL_MILLIWATT),
    STORAGE_FREE("storageFree", Unit.BYTE),
    COUNT("count", Unit.ONE),
    SYSTEM_LOAD("systemLoad", Unit.ONE),
    MEMORY_AVAILABLE("memoryAvailable", Unit.BYTE),
    UPTIME("uptime", Unit.SECOND),
    NETWORK_RECEIVED("networkReceived", Unit.BYTE),
    NETWORK_SENT("networkSent", Unit.BYTE),
    ON_OFF("onOff"),
    MOTION("motion"),
    CONTACT("contact");

    private final String term;
    private final Optional<Unit> unit;

    Quantity(String term, Unit unit) {
        this.term = term;
        this.unit = Optional.of(unit);
    }

    Quantity(String term) {
        this.term = term;
        this.unit = Optional.empty();
    }

    /** The property's name in the vocabulary, without its prefix: {@code cpuTemperature}. */
    public String term() {
        return term;
    }

    /** The unit of its numbers; empty for what is only on or off. */
    public Optional<Unit> unit() {
        return unit;
    }
}
