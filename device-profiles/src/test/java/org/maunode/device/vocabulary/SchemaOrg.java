package org.maunode.device.vocabulary;

import com.eclipsesource.json.JsonObject;
import com.eclipsesource.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks documents against the part of schema.org 30.0 that they use: every key without a prefix is a property whose
 * domain covers one of the object's types, and every typed value lies in the property's range.
 */
final class SchemaOrg {
    private final JsonObject types;
    private final JsonObject properties;
    private final List<String> problems = new ArrayList<>();

    private SchemaOrg() {
        JsonObject terms = Documents.schemaOrg();
        types = terms.get("types").asObject();
        properties = terms.get("properties").asObject();
    }

    static List<String> problemsOf(JsonObject document) {
        SchemaOrg check = new SchemaOrg();
        check.value(document, "");
        return check.problems;
    }

    private void value(JsonValue value, String where) {
        if (value.isArray()) {
            value.asArray().forEach(each -> value(each, where));
        }
        if (value.isObject()) {
            Set<String> known = kindsOf(value.asObject(), where);
            value.asObject().forEach(member -> {
                if (!member.getName().startsWith("@")) {
                    member(known, member, where + "/" + member.getName());
                }
            });
        }
    }

    private void member(Set<String> known, JsonObject.Member member, String where) {
        if (!member.getName().contains(":")) {
            JsonValue property = properties.get(member.getName());
            if (property == null) {
                problems.add(where + ": unknown property");
            } else {
                property(known, property.asObject(), member.getValue(), where);
            }
        }
        value(member.getValue(), where);
    }

    private void property(Set<String> known, JsonObject property, JsonValue value, String where) {
        if (!known.isEmpty() && !meets(property.get("domains"), known)) {
            problems.add(where + ": does not belong to " + known);
        }
        for (JsonValue each : value.isArray() ? value.asArray() : List.of(value)) {
            Set<String> kinds = each.isObject() ? kindsOf(each.asObject(), where) : Set.of();
            if (!kinds.isEmpty() && !meets(property.get("ranges"), kinds)) {
                problems.add(where + ": may not be " + kinds);
            }
        }
    }

    private static boolean meets(JsonValue allowed, Set<String> kinds) {
        return allowed.asArray().values().stream().map(JsonValue::asString).anyMatch(kinds::contains);
    }

    /** All that an object is by its types without a prefix, ancestors included. */
    private Set<String> kindsOf(JsonObject object, String where) {
        Set<String> kinds = new TreeSet<>();
        JsonValue type = object.get("@type");
        for (JsonValue each : type == null ? List.<JsonValue>of() : type.isArray() ? type.asArray() : List.of(type)) {
            if (!each.asString().contains(":")) {
                addKind(kinds, each.asString(), where);
            }
        }
        return kinds;
    }

    private void addKind(Set<String> kinds, String type, String where) {
        JsonValue ancestors = types.get(type);
        if (ancestors == null) {
            problems.add(where + ": unknown type " + type);
        } else {
            ancestors.asArray().forEach(each -> kinds.add(each.asString()));
        }
    }
}
