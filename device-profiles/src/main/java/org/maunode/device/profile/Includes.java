package org.maunode.device.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The profiles that a profile includes, and those that they include. Each is read once, however often it is named; its
 * channels are inherited, and where two bring different channels of one name, the including profile must decide.
 */
final class Includes {
    static final int MAX_NESTING = 8;
    static final int MAX_ENTRIES = 16;

    private final Library library;
    private final Map<String, Optional<Draft>> read = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();

    Includes(Library library, String mainSource) {
        this.library = library;
        path.push(mainSource);
    }

    /** What an {@code include} brings. */
    SequencedMap<String, Draft.Entry> inherited(Node.Items include, Node.Members channels, Problems problems) {
        if (include.values().size() > MAX_ENTRIES) {
            problems.add(include.place(), "too many profiles are included", "include at most " + MAX_ENTRIES);
            return new LinkedHashMap<>();
        }
        SequencedMap<String, Draft.Entry> inherited = new LinkedHashMap<>();
        for (Node entry : include.values()) {
            included(entry, problems).ifPresent(draft -> merge(inherited, draft, entry.place(), channels, problems));
        }
        return inherited;
    }

    private static void merge(
            SequencedMap<String, Draft.Entry> inherited,
            Draft draft,
            Place place,
            Node.Members channels,
            Problems problems) {
        draft.channels().forEach((name, entry) -> {
            Draft.Entry first = inherited.putIfAbsent(name, entry);
            boolean decided = channels.values().containsKey(name);
            if (first != null && !first.channel().equals(entry.channel()) && !decided) {
                problems.add(
                        place,
                        "another included profile has a different channel \"" + name + "\"",
                        "describe \"" + name + "\" here, or write null for it");
            }
        });
    }

    private Optional<Draft> included(Node entry, Problems problems) {
        if (entry instanceof Node.Text(Place place, String name)) {
            return ChannelName.isWellFormed(name) ? named(name, place, problems) : unknown(name, place, problems);
        }
        problems.add(entry.place(), "what is included is named in quotes", "write for example \"host\"");
        return Optional.empty();
    }

    private Optional<Draft> named(String name, Place place, Problems problems) {
        try {
            Optional<Library.Source> source = library.find(name);
            return source.isEmpty() ? unknown(name, place, problems) : follow(source.get(), name, place, problems);
        } catch (ProfileException unreadable) {
            problems.take(unreadable);
            return Optional.empty();
        }
    }

    private static Optional<Draft> unknown(String name, Place place, Problems problems) {
        problems.add(
                place,
                "there is no profile " + Problems.quote(name) + " to include",
                Suggestion.among(Profiles.NAMES, name) + "; or put NAME.json beside this file");
        return Optional.empty();
    }

    private Optional<Draft> follow(Library.Source source, String name, Place place, Problems problems) {
        if (path.contains(source.id())) {
            problems.add(place, "profiles include each other: " + circle(source.id()), "remove one of the includes");
            return Optional.empty();
        }
        if (path.size() > MAX_NESTING) {
            problems.add(place, "profiles include each other deeper than " + MAX_NESTING, "include fewer");
            return Optional.empty();
        }
        return Optional.ofNullable(read.get(source.id())).orElseGet(() -> read(source, problems));
    }

    private Optional<Draft> read(Library.Source source, Problems problems) {
        path.push(source.id());
        try {
            Optional<Draft> draft = new ProfileReader(problems.in(source.id()), this).parse(source.utf8());
            read.put(source.id(), draft);
            return draft;
        } finally {
            path.pop();
        }
    }

    private String circle(String again) {
        List<String> steps = new ArrayList<>(path.reversed());
        List<String> circle = steps.subList(steps.indexOf(again), steps.size());
        return String.join(" includes ", circle) + " includes " + again;
    }
}
