package org.maunode.exchange;

import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.Location;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.maunode.identity.FileName;
import org.maunode.identity.InvalidNameException;
import org.maunode.identity.VersionHash;

/**
 * Listens to the parser of a listing. The depth says what an event is about:
 *
 * <pre>
 *   [ {"path":..., "size":..., "sum":...}, ... ]          array form:  1 list, 2 entry
 *   {"files": [ {"path":...}, ... ], ...}                 object form: 1 wrapper, 2 list, 3 entry
 * </pre>
 *
 * What lies deeper, and members nobody asked for, are passed over.
 */
final class ListingReader extends JsonHandler<Object, Object> {
    private static final String LIST = "files";
    private static final Set<String> FIELDS = Set.of("path", "size", "sum", "modified");
    /** Digits of a size; more do not fit a file. */
    private static final int MAX_DIGITS = 18;

    private final List<ListedFile> files = new ArrayList<>();
    private final List<String> flaws = new ArrayList<>();
    private final Map<String, String> entry = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private int depth;
    private int listDepth;
    private boolean listSeen;
    private boolean wrapped;
    private int entries;
    private int unsaid;
    private String member = "";
    private String value = "";
    private String flaw = "";

    ListingJson.Parsed result() {
        if (!listSeen) {
            throw protocol("there is no list in it");
        }
        if (unsaid > 0) {
            flaws.add(unsaid + " more entries are not well formed");
        }
        return new ListingJson.Parsed(List.copyOf(files), List.copyOf(flaws));
    }

    private ExchangeException protocol(String what) {
        Location at = getLocation();
        return new ExchangeException(
                ExchangeException.Reason.PROTOCOL, "the listing is not well formed at " + at + ": " + what);
    }

    private boolean inEntry() {
        return listDepth > 0 && depth == listDepth + 1;
    }

    @Override
    public Object startArray() {
        depth++;
        if (depth == 1 || wrapped && depth == 2 && member.equals(LIST)) {
            listDepth = depth;
            listSeen = true;
        }
        return this;
    }

    @Override
    public void endArray(Object array) {
        if (depth == listDepth) {
            listDepth = 0;
        }
        depth--;
        value = "[";
    }

    @Override
    public Object startObject() {
        depth++;
        wrapped |= depth == 1;
        if (inEntry()) {
            startEntry();
        }
        return this;
    }

    private void startEntry() {
        if (++entries > ListingJson.MAX_ENTRIES) {
            throw new ExchangeException(
                    ExchangeException.Reason.OVER_LIMIT,
                    "more than " + ListingJson.MAX_ENTRIES + " entries in one page");
        }
        entry.clear();
        names.clear();
        flaw = "";
    }

    @Override
    public void endObject(Object object) {
        value = inEntry() ? "" : "{";
        if (inEntry()) {
            endEntry();
        }
        depth--;
    }

    @Override
    public void endObjectName(Object object, String name) {
        if (depth == 1) {
            member = name;
            if (name.equals(LIST) && listSeen) {
                throw protocol("two lists");
            }
        } else if (inEntry()) {
            flaw = names.add(name) ? flaw : "two members named \"" + shown(name) + "\"";
        }
    }

    @Override
    public void endObjectValue(Object object, String name) {
        if (inEntry() && FIELDS.contains(name)) {
            entry.put(name, value);
        } else if (depth == 1 && name.equals(LIST) && value.equals("null")) {
            listSeen = true;
        }
        value = "";
    }

    @Override
    public void endString(String string) {
        value = '"' + string;
    }

    @Override
    public void endNumber(String number) {
        value = number;
    }

    @Override
    public void endBoolean(boolean bool) {
        value = Boolean.toString(bool);
    }

    @Override
    public void endNull() {
        value = "null";
        listSeen |= depth == 0;
    }

    @Override
    public void endArrayValue(Object array) {
        if (depth == listDepth && !value.isEmpty()) {
            startEntry();
            flawed("it is not an object");
        }
        value = "";
    }

    private void endEntry() {
        try {
            if (!flaw.isEmpty()) {
                throw new IllegalArgumentException(flaw);
            }
            files.add(new ListedFile(name(), size(), VersionHash.of(string("sum")), modified()));
        } catch (IllegalArgumentException notWellFormed) {
            flawed(notWellFormed.getMessage());
        }
    }

    private void flawed(String why) {
        if (flaws.size() < ListingJson.MAX_FLAWS) {
            flaws.add("entry " + entries + ": " + why);
        } else {
            unsaid++;
        }
    }

    private FileName name() throws InvalidNameException {
        String path = string("path");
        return new FileName(path.substring(path.lastIndexOf('/') + 1));
    }

    private String string(String field) {
        String text = entry.getOrDefault(field, "");
        if (!text.startsWith("\"")) {
            throw new IllegalArgumentException("no text \"" + field + "\"");
        }
        return text.substring(1);
    }

    /** Whole bytes only: what a JSON number may be besides is no size of a file. */
    private long size() {
        String digits = entry.getOrDefault("size", "");
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> '0' <= c && c <= '9')) {
            throw new IllegalArgumentException("\"size\" is not a number of bytes: " + shown(digits));
        }
        return Long.parseLong(digits);
    }

    /** An extra of ours: an entry without it, or with another idea of it, is as good. */
    private Optional<Instant> modified() {
        try {
            return Optional.of(Instant.parse(string("modified")));
        } catch (DateTimeException | IllegalArgumentException unsaidOrStrange) {
            return Optional.empty();
        }
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }
}
