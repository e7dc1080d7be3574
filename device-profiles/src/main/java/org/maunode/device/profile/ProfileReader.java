package org.maunode.device.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A parsed JSON document to a {@link Profile}, with all that is wrong with it. */
final class ProfileReader {
    private static final int MAX_VERSION = 1_000_000;

    private final Problems problems;

    ProfileReader(Problems problems) {
        this.problems = problems;
    }

    /** @throws ProfileException with every problem of the document */
    Profile read(Node document) {
        Optional<Profile> profile = document instanceof Node.Members members
                ? profile(new Fields(members, problems))
                : refuse(document.place());
        problems.refuseIfAny();
        return profile.orElseThrow();
    }

    private Optional<Profile> refuse(Place place) {
        problems.add(place, "a profile is a JSON object", "begin with {\"name\": ...");
        return Optional.empty();
    }

    private Optional<Profile> profile(Fields fields) {
        Optional<String> name = fields.text("name", ChannelName.MAX_LENGTH).filter(value -> isName(fields, value));
        Optional<Integer> version = fields.whole("version", 1, MAX_VERSION);
        Optional<String> title = fields.text("title", ChannelReader.MAX_TITLE);
        List<Channel> channels = fields.members("channels").map(this::channels).orElse(List.of());
        fields.refuseOthers();
        return name.flatMap(n -> version.flatMap(v -> title.map(t -> new Profile(n, v, t, channels))));
    }

    private boolean isName(Fields fields, String value) {
        boolean wellFormed = ChannelName.isWellFormed(value);
        if (!wellFormed) {
            problems.add(fields.placeOf("name"), Problems.quote(value) + " cannot name a profile", nameRule());
        }
        return wellFormed;
    }

    private List<Channel> channels(Node.Members object) {
        requireCount(object);
        List<Channel> channels = new ArrayList<>();
        object.values().forEach((name, member) -> channel(name, member).ifPresent(channels::add));
        return channels;
    }

    private void requireCount(Node.Members object) {
        int count = object.values().size();
        if (count == 0) {
            problems.add(object.place(), "there is no channel", "describe at least one");
        }
        if (count > Profile.MAX_CHANNELS) {
            problems.add(object.place(), count + " channels are too many", "describe at most " + Profile.MAX_CHANNELS);
        }
    }

    private Optional<Channel> channel(String name, Node.Member member) {
        Optional<ChannelName> channelName = channelName(name, member.keyPlace());
        if (member.value() instanceof Node.Members members) {
            ChannelReader reader = new ChannelReader(new Fields(members, problems), problems);
            return reader.read(channelName);
        }
        problems.add(
                member.value().place(),
                "channel " + Problems.quote(name) + " is not an object",
                "write its settings in braces");
        return Optional.empty();
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
