package org.maunode.ble.dbus;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One value with its D-Bus type. Made by the static methods; read by the {@code as...} ones, which look through variants and
 * throw {@link DBusException} with {@code WRONG_TYPE} where the value is of another type.
 */
public sealed interface Value {
    /** The value's type: one complete type. */
    String signature();

    /** {@code b}. */
    record Bool(boolean value) implements Value {
        @Override
        public String signature() {
            return "b";
        }
    }

    /**
     * An integer.
     *
     * @param type one of {@code y n q i u x t}
     * @param value within the type's range; for {@code t} its 64 bits
     */
    record Whole(char type, long value) implements Value {
        public Whole {
            Numbers.checkRange(type, value);
        }

        @Override
        public String signature() {
            return String.valueOf(type);
        }
    }

    /** {@code d}. */
    record Real(double value) implements Value {
        @Override
        public String signature() {
            return "d";
        }
    }

    /**
     * Characters.
     *
     * @param type {@code s}, {@code o} or {@code g}
     * @param value of the type's grammar, without U+0000
     */
    record Text(char type, String value) implements Value {
        public Text {
            Texts.check(type, value);
        }

        @Override
        public String signature() {
            return String.valueOf(type);
        }
    }

    /** {@code ay}. */
    record Bytes(byte[] value) implements Value {
        public Bytes {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public String signature() {
            return "ay";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }
    }

    /**
     * An array of anything but bytes and entries.
     *
     * @param element the type of each value
     */
    record Sequence(String element, List<Value> values) implements Value {
        public Sequence {
            Composites.checkElement(element);
            values = List.copyOf(values);
            Composites.checkAll(values, element);
        }

        @Override
        public String signature() {
            return "a" + element;
        }
    }

    /**
     * An array of entries, in their order; where a key stands twice the last one counts.
     *
     * @param key a basic type
     */
    record Dictionary(String key, String value, List<Entry> entries) implements Value {
        public Dictionary {
            Composites.checkEntry(key, value);
            entries = List.copyOf(entries);
            for (Entry entry : entries) {
                Composites.check(entry.key(), key);
                Composites.check(entry.value(), value);
            }
        }

        /** One entry. */
        public record Entry(Value key, Value value) {
            public Entry {
                Objects.requireNonNull(key);
                Objects.requireNonNull(value);
            }
        }

        @Override
        public String signature() {
            return "a{" + key + value + "}";
        }
    }

    /** At least one value. */
    record Struct(List<Value> values) implements Value {
        public Struct {
            values = List.copyOf(values);
            Signature.single(Composites.struct(values));
        }

        @Override
        public String signature() {
            return Composites.struct(values);
        }
    }

    /** {@code v}. */
    record Variant(Value value) implements Value {
        public Variant {
            Objects.requireNonNull(value);
        }

        @Override
        public String signature() {
            return "v";
        }
    }

    static Value of(boolean value) {
        return new Bool(value);
    }

    static Value of(String value) {
        return new Text('s', value);
    }

    static Value of(byte[] value) {
        return new Bytes(value);
    }

    static Value path(String value) {
        return new Text('o', value);
    }

    static Value int16(int value) {
        return new Whole('n', value);
    }

    static Value uint16(int value) {
        return new Whole('q', value);
    }

    static Value int32(int value) {
        return new Whole('i', value);
    }

    static Value uint32(long value) {
        return new Whole('u', value);
    }

    static Value variant(Value value) {
        return new Variant(value);
    }

    /** {@code as}. */
    static Value strings(List<String> values) {
        return new Sequence("s", values.stream().map(Value::of).toList());
    }

    /** {@code a{sv}}; each value is put into a variant. */
    static Value properties(Map<String, Value> values) {
        return new Dictionary(
                "s", "v", values.entrySet().stream().map(Composites::property).toList());
    }

    /** What stands in the variant, or in the variant within it; or this. */
    default Value bare() {
        return this instanceof Variant(Value inner) ? inner.bare() : this;
    }

    default boolean asBoolean() {
        return bare() instanceof Bool(boolean value) ? value : Composites.isNot(this, "a boolean");
    }

    /** Of any integer type. */
    default long asLong() {
        return bare() instanceof Whole(char type, long value) ? value : Composites.isNot(this, "an integer");
    }

    default double asDouble() {
        return bare() instanceof Real(double value) ? value : Composites.isNot(this, "a double");
    }

    /** Of a string, an object path or a signature. */
    default String asText() {
        return bare() instanceof Text(char type, String value) ? value : Composites.isNot(this, "text");
    }

    default byte[] asBytes() {
        return bare() instanceof Bytes bytes ? bytes.value() : Composites.isNot(this, "bytes");
    }

    /** Of an array of anything but bytes and entries, or of a struct. */
    default List<Value> asList() {
        return switch (bare()) {
            case Sequence(String element, List<Value> values) -> values;
            case Struct(List<Value> values) -> values;
            default -> Composites.isNot(this, "a list");
        };
    }

    /** Of a dictionary whose keys are text; variants are taken off its values. In its order. */
    default Map<String, Value> asMap() {
        if (!(bare() instanceof Dictionary dictionary)) {
            return Composites.isNot(this, "a dictionary");
        }
        return dictionary.entries().stream()
                .collect(Collectors.toMap(
                        entry -> entry.key().asText(),
                        entry -> entry.value().bare(),
                        (first, last) -> last,
                        LinkedHashMap::new));
    }
}
