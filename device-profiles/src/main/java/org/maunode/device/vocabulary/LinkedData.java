package org.maunode.device.vocabulary;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import com.eclipsesource.json.WriterConfig;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.maunode.device.driver.Sample;
import org.maunode.device.profile.Setting;
import org.maunode.device.profile.Unit;

/** The parts that our JSON-LD documents are put together from. Keys keep the order in which they are added. */
final class LinkedData {
    private static final String VOCABULARY = "https://w3id.org/mau-device/v1#";

    /** Both are in use. */
    private static final Set<String> SCHEMA_ORG = Set.of("\"https://schema.org\"", "\"https://schema.org/\"");

    /** Above 2^53 - 1 a JSON number is no longer exact for every reader (RFC 8259 section 6). */
    static final long MAX_EXACT = (1L << 53) - 1;

    private LinkedData() {}

    /** A document that carries its context inside, so that no reader has to fetch one. */
    static JsonObject document(String id) {
        JsonArray context = new JsonArray().add("https://schema.org").add(new JsonObject().add("mau", VOCABULARY));
        return new JsonObject().add("@context", context).add("@id", id);
    }

    /** Whether a context, if it is written inside, makes {@code mau:} and the words without a prefix what they are here. */
    static boolean isContext(JsonValue context) {
        return context.isArray()
                && context.asArray().size() == 2
                && SCHEMA_ORG.contains(context.asArray().get(0).toString())
                && context.asArray().get(1).equals(new JsonObject().add("mau", VOCABULARY));
    }

    static JsonObject typed(String type) {
        return new JsonObject().add("@type", type);
    }

    static JsonObject reference(String id) {
        return new JsonObject().add("@id", id);
    }

    static JsonArray types(String schemaType, Term ours) {
        return new JsonArray().add(schemaType).add(ours.key());
    }

    /** Every digit written out: an exponent is legal JSON, and a surprise to half of its readers. */
    static JsonValue number(BigDecimal value) {
        return Json.parse(value.toPlainString());
    }

    /** {@code value}: true or false, or a number. */
    static void addSetting(JsonObject object, Setting setting) {
        switch (setting) {
            case Setting.OnOff(boolean on) -> object.add("value", on);
            case Setting.Level(BigDecimal level) -> object.add("value", number(level));
        }
    }

    /** {@code value}: true or false, or a number. */
    static void addSample(JsonObject object, Sample sample) {
        switch (sample) {
            case Sample.Switch(boolean on) -> object.add("value", on);
            case Sample.Amount(BigDecimal number) -> object.add("value", number(number));
        }
    }

    static void addUnit(JsonObject object, Unit unit) {
        object.add("unitCode", unit.code());
        if (!unit.text().isEmpty()) {
            object.add("unitText", unit.text());
        }
    }

    /** ISO 8601 in whole seconds of UTC; a sensor file knows no better. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String text(JsonObject document) {
        return document.toString(WriterConfig.PRETTY_PRINT) + "\n";
    }
}
