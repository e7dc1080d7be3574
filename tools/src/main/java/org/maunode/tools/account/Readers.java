package org.maunode.tools.account;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.maunode.openpgp.PublicIdentity;

/** Who may read a file besides its author. */
public sealed interface Readers {
    Readers EVERYBODY = new Everybody();

    /** A public file: signed, and readable by all. */
    record Everybody() implements Readers {}

    /**
     * A sealed file.
     *
     * @param known friends, and the account itself where it is not the author, in the order of the message
     * @param unknown key ids of nobody in the keyring
     */
    record Chosen(List<PublicIdentity> known, List<Long> unknown) implements Readers {
        public Chosen {
            known = List.copyOf(known);
            unknown = List.copyOf(unknown);
        }

        /** Unknown keys as people compare them. */
        public List<String> unknownIds() {
            return unknown.stream()
                    .map(id -> "0x" + HexFormat.of().toHexDigits(id))
                    .toList();
        }
    }

    /** {@code public}, {@code private}, or names. */
    default String describe() {
        return switch (this) {
            case Everybody _ -> "public";
            case Chosen chosen when chosen.known().isEmpty() && chosen.unknown().isEmpty() -> "private";
            case Chosen chosen ->
                Stream.concat(
                                chosen.known().stream().map(People::display),
                                chosen.unknownIds().stream().map(id -> "unknown key " + id))
                        .collect(Collectors.joining(", "));
        };
    }

    /** Adds {@code public}, {@code readers} and {@code unknownReaders} to a record. */
    default JsonObject addTo(JsonObject record) {
        JsonArray readers = new JsonArray();
        JsonArray unknown = new JsonArray();
        if (this instanceof Chosen chosen) {
            chosen.known().forEach(key -> readers.add(Records.person(key)));
            chosen.unknownIds().forEach(unknown::add);
        }
        return record.add("public", this instanceof Everybody)
                .add("readers", readers)
                .add("unknownReaders", unknown);
    }
}
