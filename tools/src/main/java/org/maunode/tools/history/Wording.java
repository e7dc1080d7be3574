package org.maunode.tools.history;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import org.maunode.device.driver.Sample;

/** Values as people and programs read them; every digit is written out. */
final class Wording {
    private Wording() {}

    static String of(Sample sample, String unit) {
        return switch (sample) {
            case Sample.Switch(boolean on) -> on ? "on" : "off";
            case Sample.Amount(BigDecimal number) -> amount(number, unit);
        };
    }

    static String amount(BigDecimal number, String unit) {
        return unit.isEmpty() ? number.toPlainString() : number.toPlainString() + " " + unit;
    }

    static String left(String text, int width) {
        return text + blanks(text, width);
    }

    static String right(String text, int width) {
        return blanks(text, width) + text;
    }

    private static String blanks(String text, int width) {
        return " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }

    /** A number, {@code true} or {@code false}, or {@code null}. */
    static JsonValue json(Optional<Sample> sample) {
        return sample.map(value -> switch (value) {
                    case Sample.Switch(boolean on) -> Json.value(on);
                    case Sample.Amount(BigDecimal number) -> json(number);
                })
                .orElse(Json.NULL);
    }

    static JsonValue json(BigDecimal number) {
        return Json.parse(number.toPlainString());
    }
}
