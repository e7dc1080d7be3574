package org.maunode.device.profile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The text of a profile to a {@link Draft}, with all that is wrong with it. */
final class ProfileReader {
    private static final int MAX_VERSION = 1_000_000;
    private static final Node.Members NONE = new Node.Members(Place.START, new LinkedHashMap<>());

    private final Problems problems;
    private final Includes includes;

    ProfileReader(Problems problems, Includes includes) {
        this.problems = problems;
        this.includes = includes;
    }

    /**
     * The profile, if it could be understood so far; what is wrong was reported.
     *
     * @throws ProfileException if it is not even JSON
     */
    Optional<Draft> parse(byte[] utf8) {
        if (utf8.length > Profiles.MAX_BYTES) {
            throw problems.fatal(
                    ProfileException.Reason.OVER_LIMIT,
                    Place.START,
                    "longer than " + Profiles.MAX_BYTES + " bytes",
                    "shorten it, or split it in two profiles");
        }
        Node document = NodeParser.parse(decode(utf8), problems);
        return document instanceof Node.Members members
                ? draft(new Fields(members, problems))
                : refuse(document.place());
    }

    private String decode(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problems.fatal(
                    ProfileException.Reason.NOT_JSON, Place.START, "not text in UTF-8", "save it as UTF-8");
        }
    }

    private Optional<Draft> refuse(Place place) {
        problems.add(place, "a profile is a JSON object", "begin with {\"name\": ...");
        return Optional.empty();
    }

    private Optional<Draft> draft(Fields fields) {
        Optional<String> name = fields.text("name", ChannelName.MAX_LENGTH).filter(value -> isName(fields, value));
        Optional<Integer> version = fields.whole("version", 1, MAX_VERSION);
        Optional<String> title = fields.text("title", ChannelReader.MAX_TITLE);
        Optional<Node.Items> include = include(fields);
        boolean mayBeMissing = include.isPresent() && !fields.has("channels");
        Optional<Node.Members> channels = mayBeMissing ? Optional.of(NONE) : fields.members("channels");
        fields.refuseOthers();
        SequencedMap<String, Draft.Entry> all = channels.map(own -> channels(include, own, fields.placeOf("channels")))
                .orElseGet(LinkedHashMap::new);
        return name.flatMap(n -> version.flatMap(v -> title.map(t -> new Draft(n, v, t, all))));
    }

    private boolean isName(Fields fields, String value) {
        boolean wellFormed = ChannelName.isWellFormed(value);
        if (!wellFormed) {
            problems.add(fields.placeOf("name"), Problems.quote(value) + " cannot name a profile", nameRule());
        }
        return wellFormed;
    }

    private static Optional<Node.Items> include(Fields fields) {
        return fields.offers("include") ? fields.items("include") : Optional.empty();
    }

    private SequencedMap<String, Draft.Entry> channels(Optional<Node.Items> include, Node.Members own, Place place) {
        SequencedMap<String, Draft.Entry> all =
                include.map(items -> includes.inherited(items, own, problems)).orElseGet(LinkedHashMap::new);
        own.values().forEach((name, member) -> place(all, name, member));
        requireCount(all.size(), include.isPresent() ? place : own.place());
        Composition.check(all);
        return all;
    }

    private void requireCount(int count, Place place) {
        if (count == 0) {
            problems.add(place, "there is no channel", "describe at least one");
        }
        if (count > Profile.MAX_CHANNELS) {
            problems.add(place, count + " channels are too many", "describe at most " + Profile.MAX_CHANNELS);
        }
    }

    /** A channel of one's own takes the place of an inherited one of its name; null takes it away. */
    private void place(SequencedMap<String, Draft.Entry> all, String name, Node.Member member) {
        switch (member.value()) {
            case Node.Nothing _ -> leaveOut(all, name, member.keyPlace());
            case Node.Members settings -> all.put(name, channel(name, member.keyPlace(), settings));
            case Node other -> all.put(name, refused(name, other.place()));
        }
    }

    private Draft.Entry refused(String name, Place place) {
        problems.add(place, "channel " + Problems.quote(name) + " is not an object", "write its settings in braces");
        return new Draft.Entry(name, Optional.empty(), Optional.empty(), problems, place);
    }

    private void leaveOut(SequencedMap<String, Draft.Entry> all, String name, Place place) {
        if (all.remove(name) == null) {
            problems.add(
                    place,
                    "channel " + Problems.quote(name) + " is null, and no included profile has it",
                    Suggestion.among(all.keySet(), name));
        }
    }

    private Draft.Entry channel(String name, Place place, Node.Members settings) {
        Fields fields = new Fields(settings, problems);
        ChannelReader reader = new ChannelReader(fields, problems);
        Optional<Channel> channel = reader.read(channelName(name, place));
        Place wiring = fields.has("wiring") ? fields.placeOf("wiring") : place;
        return new Draft.Entry(name, reader.device(), channel, problems, wiring);
    }

    private Optional<ChannelName> channelName(String name, Place place) {
        if (ChannelName.isWellFormed(name)) {
            return Optional.of(new ChannelName(name));
        }
        problems.add(place, Problems.quote(name) + " cannot name a channel", nameRule());
        return Optional.empty();
    }

    private static String nameRule() {
        return "use a-z, 0-9 and single hyphens, a letter first, at most " + ChannelName.MAX_LENGTH
                + " characters, and not node, account, cmd-... or res-...";
    }
}
