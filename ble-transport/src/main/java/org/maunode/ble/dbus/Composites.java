package org.maunode.ble.dbus;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What values made of values must keep. */
final class Composites {
    private Composites() {}

    static void checkElement(String element) {
        Signature.single("a" + element);
        if (element.equals("y") || element.startsWith("{")) {
            throw new IllegalArgumentException("an array of " + element + " has a class of its own");
        }
    }

    static void checkEntry(String key, String value) {
        Signature.single("a{" + key + value + "}");
        if (!Signature.isBasic(key)) {
            throw new IllegalArgumentException(key + " is no basic type");
        }
    }

    static void checkAll(List<Value> values, String type) {
        values.forEach(value -> check(value, type));
    }

    static void check(Value value, String type) {
        if (!value.signature().equals(type)) {
            throw new IllegalArgumentException("a value of type " + value.signature() + " where " + type + " belongs");
        }
    }

    static String struct(List<Value> values) {
        return "(" + of(values) + ")";
    }

    /** The signature of values in a row. */
    static String of(List<Value> values) {
        return values.stream().map(Value::signature).collect(Collectors.joining());
    }

    static Value.Dictionary.Entry property(Map.Entry<String, Value> property) {
        return new Value.Dictionary.Entry(
                Value.of(property.getKey()), Value.variant(property.getValue().bare()));
    }

    static <T> T isNot(Value value, String wanted) {
        throw new DBusException(
                DBusException.Reason.WRONG_TYPE,
                "a value of type " + value.bare().signature() + " where " + wanted + " belongs");
    }
}
