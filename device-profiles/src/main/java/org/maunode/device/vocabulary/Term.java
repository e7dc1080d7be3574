package org.maunode.device.vocabulary;

import org.maunode.device.profile.Quantity;

/** The words of our own vocabulary that documents use beside schema.org's; {@code mau-device.jsonld} defines them. */
enum Term {
    NODE("Node"),
    SENSOR_CHANNEL("SensorChannel"),
    READING("Reading"),
    BATCH("Batch"),
    RUNTIME_VERSION("runtimeVersion"),
    PROFILE("profile"),
    TRANSPORTS("transports"),
    DRIVER("driver"),
    PERIOD_SECONDS("periodSeconds"),
    FILE("file"),
    CHANNEL("channel"),
    SEQUENCE("sequence"),
    QUALITY("quality"),
    ACTUATOR_CHANNEL("ActuatorChannel"),
    FAIL_SAFE("failSafe"),
    MAX_ON_SECONDS("maxOnSeconds"),
    STATE("State"),
    CAUSED_BY("causedBy"),
    AUTO_OFF_AT("autoOffAt"),
    COMMAND_CLASS("Command"),
    RECIPIENT("recipient"),
    EXPIRES("expires"),
    COUNTER("counter"),
    DURATION_SECONDS("durationSeconds"),
    SET_VALUE("setValue"),
    COMMAND_RESULT("CommandResult"),
    COMMAND("command"),
    COMMAND_SHA256("commandSha256"),
    RESULT_CODE("resultCode");

    private static final String PREFIX = "mau:";

    private final String word;

    Term(String word) {
        this.word = word;
    }

    /** The word with its prefix, without which schema.org's {@code @vocab} would take it for its own. */
    String key() {
        return PREFIX + word;
    }

    /** The measured property as the documents name it. */
    static String of(Quantity quantity) {
        return PREFIX + quantity.term();
    }

    /** A result code as documents name it where they need a term, not a word. */
    static String of(ResultCode code) {
        return PREFIX + code.word();
    }
}
