package org.maunode.tools.command;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import org.maunode.device.profile.Channel;
import org.maunode.device.profile.Profile;
import org.maunode.device.profile.ProfileText;
import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.output.Rows;
import picocli.CommandLine.Parameters;

/** Tells what a profile comes to, with everything that it includes and leaves to be filled in. */
@picocli.CommandLine.Command(name = "show", description = "tell the channels of a profile")
final class ProfileShow implements Command {
    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "a ready profile, or a file (default: host)")
    String nameOrFile = "host";

    @Override
    public ExitCode run(Session session) {
        Profile profile = ProfileCommand.named(session, nameOrFile);
        if (session.output().isJson()) {
            session.output().record(record(profile));
            return ExitCode.OK;
        }
        session.output().line(profile.id() + ": " + profile.title());
        try (Rows rows = session.output().rows()) {
            profile.channels()
                    .forEach(channel ->
                            rows.add(new JsonObject(), channel.name().value(), driver(channel), channel.summary()));
        }
        return ExitCode.OK;
    }

    private static String driver(Channel channel) {
        String place = String.join(
                ", ",
                channel.device().wiring().claims().stream()
                        .map(claim -> claim.what())
                        .toList());
        return channel.driver().id() + (place.isEmpty() ? "" : " at " + place);
    }

    private static JsonObject record(Profile profile) {
        JsonArray channels = new JsonArray();
        JsonObject written = Json.parse(ProfileText.of(profile)).asObject();
        written.get("channels")
                .asObject()
                .forEach(member -> channels.add(new JsonObject()
                        .add("name", member.getName())
                        .merge(member.getValue().asObject())));
        return new JsonObject()
                .add("profile", profile.id())
                .add("title", profile.title())
                .add("channels", channels);
    }
}
