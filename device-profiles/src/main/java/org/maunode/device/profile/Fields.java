package org.maunode.device.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The members of one JSON object, taken one by one; what is missing, of the wrong kind or out of its limits becomes a
 * problem and an empty answer, and {@link #refuseOthers} reports what nobody took.
 */
final class Fields {
    /** Characters of a number: enough for every one that is meant, too few for one that is an attack. */
    static final int MAX_DIGITS = 32;

    /** Digits behind the point, an exponent counted in. */
    static final int MAX_DECIMALS = 40;

    private final Node.Members object;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Node.Members object, Problems problems) {
        this.object = object;
        this.problems = problems;
    }

    /** The place of the whole object. */
    Place place() {
        return object.place();
    }

    /** Whether an optional key is there; asking makes it a known one. */
    boolean offers(String key) {
        known.add(key);
        return object.values().containsKey(key);
    }

    /** Whether a key is there, which stays unknown. */
    boolean has(String key) {
        return object.values().containsKey(key);
    }

    /** The place of a key, or of the whole object where the key is missing. */
    Place placeOf(String key) {
        return Optional.ofNullable(object.values().get(key))
                .map(Node.Member::keyPlace)
                .orElse(object.place());
    }

    /** A sentence of 1 to {@code max} characters. */
    Optional<String> text(String key, int max) {
        return take(key).flatMap(node -> {
            if (node instanceof Node.Text(Place place, String value)) {
                if (!value.isBlank() && value.length() <= max) {
                    return Optional.of(value);
                }
                problems.add(place, quoted(key) + " is empty or too long", "write 1 to " + max + " characters");
                return Optional.empty();
            }
            return wrongKind(key, node, "text in quotes");
        });
    }

    /** One of a set of words, each standing for something. */
    <T> Optional<T> word(String key, SequencedMap<String, T> choices) {
        return take(key).flatMap(node -> {
            if (node instanceof Node.Text(Place place, String value)) {
                if (!choices.containsKey(value)) {
                    problems.add(
                            place,
                            "unknown " + key + " " + Problems.quote(value),
                            Suggestion.among(choices.keySet(), value));
                }
                return Optional.ofNullable(choices.get(value));
            }
            return wrongKind(key, node, "a word in quotes");
        });
    }

    /** A decimal number, both ends included. */
    Optional<BigDecimal> number(String key, Range limits) {
        return take(key).flatMap(node -> {
            if (node instanceof Node.Numeral(Place place, String text)) {
                Optional<BigDecimal> value = finite(text).filter(limits::contains);
                if (value.isEmpty()) {
                    problems.add(place, quoted(key) + " may not be " + shortened(text), "write " + inWords(limits));
                }
                return value;
            }
            return wrongKind(key, node, "a number");
        });
    }

    /** A whole number, both ends included. */
    Optional<Integer> whole(String key, int least, int most) {
        return number(key, Range.of(least, most)).flatMap(value -> {
            if (value.stripTrailingZeros().scale() > 0) {
                problems.add(valuePlace(key), quoted(key) + " is not a whole number", "write it without decimals");
                return Optional.empty();
            }
            return Optional.of(value.intValueExact());
        });
    }

    /** A nested object. */
    Optional<Node.Members> members(String key) {
        return take(key)
                .flatMap(node -> node instanceof Node.Members members
                        ? Optional.of(members)
                        : wrongKind(key, node, "an object in braces"));
    }

    /** True or false. */
    Optional<Boolean> flag(String key) {
        return take(key)
                .flatMap(node -> node instanceof Node.Flag flag
                        ? Optional.of(flag.value())
                        : wrongKind(key, node, "true or false, without quotes"));
    }

    /** Text that a rule judges, with the rule in words for those who break it. */
    Optional<String> text(String key, Predicate<String> rule, String suggestion) {
        return take(key).flatMap(node -> {
            if (node instanceof Node.Text(Place place, String value)) {
                if (rule.test(value)) {
                    return Optional.of(value);
                }
                problems.add(place, quoted(key) + " may not be " + Problems.quote(value), suggestion);
                return Optional.empty();
            }
            return wrongKind(key, node, "text in quotes");
        });
    }

    /** A list of text, each at most {@code max} characters. */
    Optional<List<String>> texts(String key, int most, int max) {
        return take(key).flatMap(node -> {
            if (!(node instanceof Node.Items(Place place, List<Node> values))) {
                return wrongKind(key, node, "a list in brackets");
            }
            if (values.size() > most) {
                problems.add(place, quoted(key) + " has too many entries", "write at most " + most);
                return Optional.empty();
            }
            List<String> texts = new ArrayList<>();
            values.forEach(value -> entry(key, value, max).ifPresent(texts::add));
            return texts.size() == values.size() ? Optional.of(texts) : Optional.empty();
        });
    }

    private Optional<String> entry(String key, Node node, int max) {
        if (node instanceof Node.Text(Place place, String value)) {
            if (value.length() <= max && value.indexOf(0) < 0) {
                return Optional.of(value);
            }
            problems.add(place, "an entry of " + quoted(key) + " is too long", "write at most " + max + " characters");
            return Optional.empty();
        }
        problems.add(node.place(), "an entry of " + quoted(key) + " is " + kindOf(node), "write text in quotes");
        return Optional.empty();
    }

    /** A list. */
    Optional<Node.Items> items(String key) {
        return take(key)
                .flatMap(node -> node instanceof Node.Items items
                        ? Optional.of(items)
                        : wrongKind(key, node, "a list in brackets"));
    }

    /** Reports that a key, though known, has no place in this object. */
    void refuse(String key, String why, String suggestion) {
        if (offers(key)) {
            problems.add(placeOf(key), quoted(key) + " " + why, suggestion);
        }
    }

    /** Reports every key that was not asked for. */
    void refuseOthers() {
        object.values().forEach((key, member) -> {
            if (!known.contains(key)) {
                problems.add(member.keyPlace(), "unknown key " + Problems.quote(key), Suggestion.among(known, key));
            }
        });
    }

    private Optional<Node> take(String key) {
        if (!offers(key)) {
            problems.add(object.place(), quoted(key) + " is missing", "add it to this object");
            return Optional.empty();
        }
        return Optional.of(object.values().get(key).value());
    }

    /** The place of the value of a key that is there. */
    Place valuePlace(String key) {
        return object.values().get(key).value().place();
    }

    private <T> Optional<T> wrongKind(String key, Node node, String wanted) {
        problems.add(node.place(), quoted(key) + " is " + kindOf(node), "write " + wanted);
        return Optional.empty();
    }

    /**
     * The double is asked first: {@code 1e999999999} costs nothing there, and gigabytes as decimal digits. So would
     * {@code 1e-999999999}, which is no mistake for a double: digits behind the point are counted.
     */
    private static Optional<BigDecimal> finite(String text) {
        return text.length() <= MAX_DIGITS && Double.isFinite(Double.parseDouble(text))
                ? Optional.of(new BigDecimal(text)).filter(value -> value.scale() <= MAX_DECIMALS)
                : Optional.empty();
    }

    private static String inWords(Range limits) {
        return "a number from " + limits.least().toPlainString() + " to "
                + limits.most().toPlainString();
    }

    private static String shortened(String numeral) {
        return numeral.length() <= MAX_DIGITS ? numeral : numeral.substring(0, MAX_DIGITS) + "...";
    }

    private static String quoted(String key) {
        return '"' + key + '"';
    }

    private static String kindOf(Node node) {
        return switch (node) {
            case Node.Text text -> "text";
            case Node.Numeral numeral -> "a number";
            case Node.Flag flag -> "true or false";
            case Node.Nothing nothing -> "null";
            case Node.Items items -> "a list";
            case Node.Members members -> "an object";
        };
    }
}
