package org.maunode.device.profile;

import com.eclipsesource.json.JsonHandler;
import com.eclipsesource.json.JsonParser;
import com.eclipsesource.json.Location;
import com.eclipsesource.json.ParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** JSON text to {@link Node}s with their places; keys that come twice are reported, nesting is limited. */
final class NodeParser extends JsonHandler<List<Node>, SequencedMap<String, Node.Member>> {
    /** A profile needs 4; minimal-json itself would go to 1000. */
    static final int MAX_NESTING = 8;

    private final Problems problems;
    private final Deque<Place> starts = new ArrayDeque<>();
    private final Deque<Place> keys = new ArrayDeque<>();
    private int nesting;
    private Node last = new Node.Nothing(Place.START);

    private NodeParser(Problems problems) {
        this.problems = problems;
    }

    static Node parse(String text, Problems problems) {
        NodeParser handler = new NodeParser(problems);
        try {
            new JsonParser(handler).parse(text);
            return handler.last;
        } catch (ParseException e) {
            Place place = place(e.getLocation());
            // The library appends the place to its message; ours stands in front already.
            String message = e.getMessage().replaceFirst(" at \\d+:\\d+$", "");
            throw problems.fatal(
                    ProfileException.Reason.NOT_JSON,
                    place,
                    "not JSON: " + message,
                    "check commas, quotes and brackets");
        }
    }

    private static Place place(Location location) {
        return new Place(location.line, location.column);
    }

    private void begin() {
        starts.push(place(getLocation()));
    }

    private void enter() {
        begin();
        if (++nesting > MAX_NESTING) {
            throw problems.fatal(
                    ProfileException.Reason.OVER_LIMIT,
                    starts.peek(),
                    "nested deeper than " + MAX_NESTING,
                    "a profile is flat: channels by name, and their settings");
        }
    }

    @Override
    public void startNull() {
        begin();
    }

    @Override
    public void endNull() {
        last = new Node.Nothing(starts.pop());
    }

    @Override
    public void startBoolean() {
        begin();
    }

    @Override
    public void endBoolean(boolean value) {
        last = new Node.Flag(starts.pop(), value);
    }

    @Override
    public void startString() {
        begin();
    }

    @Override
    public void endString(String string) {
        last = new Node.Text(starts.pop(), string);
    }

    @Override
    public void startNumber() {
        begin();
    }

    @Override
    public void endNumber(String string) {
        last = new Node.Numeral(starts.pop(), string);
    }

    @Override
    public List<Node> startArray() {
        enter();
        return new ArrayList<>();
    }

    @Override
    public void endArrayValue(List<Node> array) {
        array.add(last);
    }

    @Override
    public void endArray(List<Node> array) {
        nesting--;
        last = new Node.Items(starts.pop(), array);
    }

    @Override
    public SequencedMap<String, Node.Member> startObject() {
        enter();
        return new LinkedHashMap<>();
    }

    @Override
    public void startObjectName(SequencedMap<String, Node.Member> object) {
        keys.push(place(getLocation()));
    }

    @Override
    public void endObjectValue(SequencedMap<String, Node.Member> object, String name) {
        Place key = keys.pop();
        Node.Member first = object.putIfAbsent(name, new Node.Member(key, last));
        if (first != null) {
            problems.add(
                    key,
                    "key " + Problems.quote(name) + " stands here a second time",
                    "the first is in line " + first.keyPlace().line() + ": remove or rename one");
        }
    }

    @Override
    public void endObject(SequencedMap<String, Node.Member> object) {
        nesting--;
        last = new Node.Members(starts.pop(), object);
    }
}
